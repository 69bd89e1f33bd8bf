"""ragas' faithfulness: share of the answer's statements that a judge infers from the quotes."""

from ragas.metrics.collections import Faithfulness

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _applies(case: Case, turn: Turn) -> bool:
    """An answer without a quote has nothing to be faithful to; grounding scores it 0."""
    return is_answer(case, turn) and bool(turn.citations)


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = Faithfulness(llm=models.judge)
    return metric


plugin = Metric(
    summary="Share of the answer's statements that the judge infers from the cited quotes.",
    due=is_due_answer,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right("a sentence and the quote that says it", answer(), low=0.6),
        wrong("a sentence about shipping cited to one about refunds", answer(SHIPPING), high=0.4),
    ),
)
