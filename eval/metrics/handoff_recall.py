"""Share of the handoffs due that were made."""

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, handoff, right, wrong
from eval.scoring.metric import Metric, Models


class HandoffRecall(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one handoff due: 1 when it was made, 0 when not. The mean over those is the recall."""

    def __init__(self) -> None:
        super().__init__(name="handoff_recall")

    async def ascore(self, decision: str, expected_decision: str) -> MetricResult:
        if expected_decision != Decision.HANDOFF:
            raise ValueError("recall is of handoffs that are due")
        return MetricResult(value=float(decision == Decision.HANDOFF))


def _due(case: Case) -> bool:
    return case.decision is Decision.HANDOFF


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> HandoffRecall:
    return HandoffRecall()


plugin = Metric(
    summary="Share of the handoffs due that were made.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a handoff that was due and made", handoff(decision=Decision.HANDOFF)),
        wrong("an answer where a handoff was due", answer(decision=Decision.HANDOFF)),
    ),
)
