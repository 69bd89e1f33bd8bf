"""Share of the cases after which the backend is as it should be: without a model."""

from collections.abc import Sequence
from dataclasses import replace

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import acted, right, wrong
from eval.scoring.metric import Metric, Models


class EndState(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one conversation: 1 when the backend differs from before exactly as the case says, else
    0. Where nobody looked it raises."""

    def __init__(self) -> None:
        super().__init__(name="end_state")

    async def ascore(self, end_state_differences: Sequence[str] | None) -> MetricResult:
        if end_state_differences is None:
            raise ValueError("the case was not played on a backend")
        return MetricResult(
            value=float(not end_state_differences),
            reason="; ".join(end_state_differences) or None,
        )


def _due(case: Case) -> bool:
    return case.end_state is not None


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> EndState:
    return EndState()


plugin = Metric(
    summary="Share of the cases after which the backend is as it should be.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a backend that is as it should be", acted(end_state={})),
        wrong(
            "a backend that has a refund nobody was due",
            replace(acted(end_state={}), end_state_differences=("refunds r-1 was added",)),
        ),
    ),
)
