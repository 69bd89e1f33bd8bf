"""Share of the questions that got the decision they were due: answer, clarify or handoff."""

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, handoff, right, wrong
from eval.scoring.metric import Metric, Models


class DecisionAccuracy(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one turn: 1 when its decision is the one that was due, else 0."""

    def __init__(self) -> None:
        super().__init__(name="decision_accuracy")

    async def ascore(self, decision: str, expected_decision: str) -> MetricResult:
        return MetricResult(value=float(decision == expected_decision))


def _due(_case: Case) -> bool:
    return True


def _applies(_case: Case, _turn: Turn) -> bool:
    return True


def _build(_models: Models) -> DecisionAccuracy:
    return DecisionAccuracy()


plugin = Metric(
    summary="Share of the questions that got the decision they were due.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("an answer that was due", answer()),
        wrong("a handoff where an answer was due", handoff()),
        wrong("an answer where a handoff was due", answer(decision=Decision.HANDOFF)),
    ),
)
