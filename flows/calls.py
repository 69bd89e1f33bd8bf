"""Actions and their calls, as lines of text and as JSON."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.action import ActionSpec, Call, Parameter, Values


def spec_line(spec: "ActionSpec") -> str:
    """Name, effect, who may, and what holds it back."""
    asks = "confirmed" if spec.confirm else "-"
    return (
        f"{spec.name:<24}  {spec.effect.value:<6}  {spec.identity.label:<9}  {asks:<9}  "
        f"{'; '.join(_rules(spec)) or '-'}  {spec.description}"
    )


def spec_to_json(spec: "ActionSpec") -> dict[str, Any]:
    """All that the file and the backend's document say of it."""
    limits = spec.limits
    return {
        "name": spec.name,
        "description": spec.description,
        "effect": spec.effect.value,
        "identity": spec.identity.label,
        "confirm": spec.confirm,
        "verifies": spec.verifies,
        "result": spec.result,
        "limits": {
            "amount_input": limits.amount_input,
            "most": None if limits.most is None else str(limits.most),
            "per_customer_per_day": limits.per_customer_per_day,
            "tries_per_conversation": limits.tries_per_conversation,
        },
        "undo": spec.undo,
        "lookup": spec.lookup,
        "before": spec.before,
        "timeout_s": spec.timeout_s,
        "retries": spec.retries,
        "inputs": [_parameter(item) for item in spec.inputs],
        "outputs": [_parameter(item) for item in spec.outputs],
    }


def call_lines(call: "Call") -> Iterator[str]:
    """Who, what, before and after; the first line tells the call from all others."""
    by = call.customer_id or "nobody known"
    yield (
        f"{call.created_at:%Y-%m-%d %H:%M:%S}  {call.status.value:<11}  {call.action}  {call.id}"
    )
    yield f"  for {by} ({call.who}) in conversation {call.conversation_id}"
    if call.procedure:
        yield f"  step {call.step} of {call.procedure}"
    if call.confirmation:
        yield f"  agreed: {call.confirmation}"
    yield f"  with {_flat(call.arguments)}"
    if call.reason:
        yield f"  because: {call.reason}"
    for name, values in (("got", call.output), ("before", call.before), ("after", call.after)):
        if values:
            yield f"  {name} {_flat(values)}"


def call_to_json(call: "Call") -> dict[str, Any]:
    """Everything that is kept of it; times in ISO 8601, UTC."""
    return {
        "id": call.id,
        "key": call.key,
        "action": call.action,
        "status": call.status.value,
        "conversation": call.conversation_id,
        "customer": call.customer_id,
        "who": call.who,
        "procedure": call.procedure,
        "step": call.step,
        "intent": call.intent,
        "confirmation": call.confirmation,
        "arguments": dict(call.arguments),
        "output": dict(call.output),
        "reason": call.reason,
        "before": call.before,
        "after": call.after,
        "tries": call.tries,
        "created_at": call.created_at.isoformat(),
        "settled_at": call.settled_at.isoformat() if call.settled_at else None,
    }


def _rules(spec: "ActionSpec") -> Iterator[str]:
    limits = spec.limits
    if limits.most is not None:
        yield f"{limits.amount_input} at most {limits.most:f}"
    if limits.per_customer_per_day is not None:
        yield f"{limits.per_customer_per_day} a day"
    if limits.tries_per_conversation is not None:
        yield f"{limits.tries_per_conversation} tries a conversation"
    if spec.undo:
        yield f"undone by {spec.undo}"


def _parameter(item: "Parameter") -> dict[str, Any]:
    return {
        "name": item.name,
        "type": item.type.value,
        "required": item.required,
        "bound": item.bound,
        "choices": list(item.choices),
        "fields": [_parameter(inner) for inner in item.fields],
    }


def _flat(values: "Values") -> str:
    return json.dumps(dict(values), ensure_ascii=False)
