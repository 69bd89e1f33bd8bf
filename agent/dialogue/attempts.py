"""Calls as people read them."""

from agent.action import ActionSpec, CallRequest, CallResult, Parameter, Value, ValueType
from agent.dialogue.wording import show
from agent.types import Attempt

_LONGEST = 300


def attempt(request: CallRequest, result: CallResult, spec: ActionSpec) -> Attempt:
    """What was tried, with what, and what came back."""
    inputs = {item.name: item for item in spec.inputs}
    output = Parameter(spec.result, ValueType.OBJECT, fields=spec.outputs)
    returned = show(dict(result.output), output) if result.done else result.reason
    return Attempt(
        request.action,
        {name: _plain(value, inputs.get(name)) for name, value in request.arguments.items()},
        str(result.status),
        _short(returned),
        result.call_id,
    )


def _plain(value: Value, kind: Parameter | None) -> str:
    return _short(show(value, kind))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
