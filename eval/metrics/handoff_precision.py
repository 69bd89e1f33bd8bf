"""Share of the handoffs made that were due."""

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import handoff, right, wrong
from eval.scoring.metric import Metric, Models


class HandoffPrecision(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one handoff: 1 when it was due, 0 when not. The mean over handoffs is the precision."""

    def __init__(self) -> None:
        super().__init__(name="handoff_precision")

    async def ascore(self, decision: str, expected_decision: str) -> MetricResult:
        if decision != Decision.HANDOFF:
            raise ValueError("precision is of handoffs")
        return MetricResult(value=float(expected_decision == Decision.HANDOFF))


def _due(_case: Case) -> bool:
    """Of no case: where nothing was handed over there is no precision, and recall says so."""
    return False


def _applies(_case: Case, turn: Turn) -> bool:
    return turn.decision is Decision.HANDOFF


def _build(_models: Models) -> HandoffPrecision:
    return HandoffPrecision()


plugin = Metric(
    summary="Share of the handoffs made that were due.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a handoff that was due", handoff(decision=Decision.HANDOFF)),
        wrong("a handoff where an answer was due", handoff()),
    ),
)
