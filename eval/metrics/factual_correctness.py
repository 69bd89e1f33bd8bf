"""ragas' factual correctness: F1 of the answer's claims against the reference's, by a judge."""

from ragas.metrics.collections import FactualCorrectness

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _due(case: Case) -> bool:
    return is_due_answer(case) and bool(case.reference)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and is_answer(case, turn)


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = FactualCorrectness(llm=models.judge)
    return metric


plugin = Metric(
    summary="F1 of the answer's claims and the reference's.",
    due=_due,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right("an answer in the words of the reference", answer(), low=0.6),
        wrong("an answer about shipping for a reference about refunds", answer(SHIPPING), high=0.4),
    ),
)
