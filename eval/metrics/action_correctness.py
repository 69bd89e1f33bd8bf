"""Share of the cases in which just the actions that were due took place: without a model."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Attempt, Turn
from eval.golden.case import Case, ExpectedCall
from eval.playing.calls import unlike
from eval.scoring.control import acted, right, wrong
from eval.scoring.metric import Metric, Models


class ActionCorrectness(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one conversation: 1 when exactly the changing actions that were due took place, in order
    and with the arguments that matter, else 0. Where nobody could act it raises."""

    def __init__(self) -> None:
        super().__init__(name="action_correctness")

    async def ascore(
        self, changed: Sequence[Attempt] | None, expected_calls: Sequence[ExpectedCall]
    ) -> MetricResult:
        if changed is None:
            raise ValueError("the case was not played on a backend")
        wrong = list(unlike(changed, expected_calls))
        return MetricResult(value=float(not wrong), reason="; ".join(wrong) or None)


def _due(case: Case) -> bool:
    return case.actions is not None


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> ActionCorrectness:
    return ActionCorrectness()


_REFUND = ("issue_refund", {"amount": "20.00", "order_number": "LH-1"})
_DUE = (ExpectedCall("issue_refund", {"amount": 20}),)

plugin = Metric(
    summary="Share of the cases in which just the actions that were due took place.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("the refund that was due", acted(_REFUND, actions=_DUE)),
        right("no action where none was due", acted(actions=())),
        wrong("no refund where one was due", acted(actions=_DUE)),
        wrong("a second refund where one was due", acted(_REFUND, _REFUND, actions=_DUE)),
        wrong(
            "a refund of 20.00 where one of 5.00 was due",
            acted(_REFUND, actions=(ExpectedCall("issue_refund", {"amount": 5}),)),
        ),
    ),
)
