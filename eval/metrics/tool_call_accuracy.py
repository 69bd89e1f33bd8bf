"""ragas' tool call accuracy: share of the arguments that were right, of calls made in the order
due. Without a judge.

It tells how far off a call was; `action_correctness` is right or wrong.
"""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue
from ragas.messages import AIMessage, ToolCall
from ragas.metrics.collections import BaseMetric
from ragas.metrics.collections import ToolCallAccuracy as RagasToolCallAccuracy
from ragas.metrics.result import MetricResult

from agent.types import Attempt, Turn
from eval.golden.case import Case, ExpectedCall
from eval.playing.calls import unlike
from eval.scoring.control import acted, right, wrong
from eval.scoring.metric import Metric, Models
from eval.simulation.differences import same

_CANCEL = ExpectedCall("cancel_order", {"order": 1001, "refund": True})


class ToolCallAccuracy(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """ragas' metric over the calls that changed something, in [0, 1]; 0 for other calls or another
    order. Arguments that the case does not name may be any."""

    def __init__(self) -> None:
        super().__init__(name="tool_call_accuracy")
        self._accuracy = RagasToolCallAccuracy()

    async def ascore(
        self, changed: Sequence[Attempt] | None, expected_calls: Sequence[ExpectedCall]
    ) -> MetricResult:
        if changed is None:
            raise ValueError("the case was not played on a backend")
        reason = "; ".join(unlike(changed, expected_calls)) or None
        if [it.action for it in changed] != [it.action for it in expected_calls]:
            # What ragas gives it too, with a warning.
            return MetricResult(value=0.0, reason=reason)
        pairs = list(zip(changed, expected_calls, strict=True))
        said = AIMessage(content="", tool_calls=[_made(call, due) for call, due in pairs])
        wanted = [ToolCall(name=due.action, args=dict(due.arguments)) for due in expected_calls]
        found = await self._accuracy.ascore([said], wanted)
        return MetricResult(value=found.value, reason=reason)


def _made(call: Attempt, due: ExpectedCall) -> ToolCall:
    return ToolCall(name=call.action, args=_alike(call.arguments, due.arguments))


def _alike(made: Mapping[str, str], due: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The arguments that matter; one that is the same in other letters, as `$12.00` or `12`, as it
    was due, since ragas compares letters."""
    return {
        name: value if same(value, made[name]) else made[name]
        for name, value in due.items()
        if name in made
    }


def _due(case: Case) -> bool:
    return case.actions is not None


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> ToolCallAccuracy:
    return ToolCallAccuracy()


plugin = Metric(
    summary="Share of the arguments that were right, of the calls made in the order due.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right(
            "the call that was due",
            acted((_CANCEL.action, {"order": "1001", "refund": "true"}), actions=(_CANCEL,)),
        ),
        right(
            "a call with one of two arguments right",
            acted((_CANCEL.action, {"order": "1002", "refund": "true"}), actions=(_CANCEL,)),
            0.5,
            0.5,
        ),
        wrong("no call where one was due", acted(actions=(_CANCEL,))),
        wrong(
            "a call that nothing asked for", acted((_CANCEL.action, {"order": "1001"}), actions=())
        ),
    ),
)
