"""ragas' context recall: share of the reference answer that a judge finds in the cited quotes.

`context_recall` is the share of the reference articles that search returned.
"""

from ragas.metrics.collections import ContextRecall

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _due(case: Case) -> bool:
    return is_due_answer(case) and bool(case.reference)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and is_answer(case, turn) and bool(turn.citations)


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = ContextRecall(llm=models.judge, name="llm_context_recall")
    return metric


plugin = Metric(
    summary="Share of the reference's statements that the judge finds in the cited quotes.",
    due=_due,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right("a quote that says what the reference says", answer(), low=0.6),
        wrong(
            "a quote about shipping for a reference about refunds",
            answer(quotes=(SHIPPING,)),
            high=0.4,
        ),
    ),
)
