"""Whether a call may be made at all, and with which arguments. Pure: nothing is called or kept."""

import json
from hashlib import sha256

from agent.action import ActionSpec, CallRequest, CallStatus, Value, Values, ValueType
from agent.backends.values import Unfit, amount, fitted
from agent.execution.bound import KEY, bound_values
from agent.identity import IdentityLevel

_KEY_CHARS = 40


class Declined(Exception):
    """It is not made. `str` is for operators."""

    def __init__(self, status: CallStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def admitted(spec: ActionSpec, request: CallRequest) -> dict[str, Value]:
    """The arguments, each in its type's form, with those that are bound to who the customer is.
    Raises `Declined`."""
    _identify(spec, request)
    if spec.confirm and not request.confirmation:
        raise _not_allowed(f"`{spec.name}` is done only once the customer has agreed")
    arguments = _arguments(spec, request)
    _limit(spec, arguments)
    return arguments


def idempotency_key(spec: ActionSpec, request: CallRequest, arguments: Values) -> str:
    """The same for the same wish with the same arguments, however their amounts are written, and
    for nothing else."""
    money = {item.name for item in spec.inputs if item.type is ValueType.MONEY}
    same = {
        name: _exact(value) if name in money or isinstance(value, float) else value
        for name, value in arguments.items()
    }
    whole = [request.conversation_id, request.action, request.intent, same]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return f"wk-{sha256(text.encode()).hexdigest()[:_KEY_CHARS]}"


def _identify(spec: ActionSpec, request: CallRequest) -> None:
    level = request.identity.level
    if level is IdentityLevel.VERIFIED and not request.identity.customer_id:
        level = IdentityLevel.CLAIMED
    if level < spec.identity:
        needed = spec.identity.label
        raise _not_allowed(f"`{spec.name}` needs a {needed} customer; this one is {level.label}")


def _arguments(spec: ActionSpec, request: CallRequest) -> dict[str, Value]:
    free = {item.name: item for item in spec.inputs if not item.bound}
    for name in request.arguments:
        if name not in free:
            bound = any(item.name == name for item in spec.inputs)
            why = "comes from who the customer is" if bound else "is no input"
            raise _not_allowed(f"`{spec.name}` was given '{name}', which {why}")
    known = bound_values(spec, request.identity, key="")
    for item in spec.inputs:
        if item.bound and item.bound != KEY and item.required and item.name not in known:
            raise _not_allowed(f"`{spec.name}` needs {item.bound}, which is not known")
    try:
        return {**fitted(tuple(free.values()), request.arguments, strict=True), **known}
    except Unfit as error:
        raise Declined(CallStatus.REFUSED, str(error)) from None


def _limit(spec: ActionSpec, arguments: Values) -> None:
    """An amount that is limited must be given: what the backend would make of none is unknown."""
    name, most = spec.limits.amount_input, spec.limits.most
    if not name or most is None:
        return
    found = amount(arguments.get(name))
    if found is None:
        raise _not_allowed(f"`{spec.name}` is limited by '{name}', which was not given")
    if found <= 0:
        raise Declined(CallStatus.REFUSED, f"{name} is {found:f}, not above 0")
    if found > most:
        raise Declined(CallStatus.OVER_LIMIT, f"{name} is {found:f}; at most {most:f} is allowed")


def _exact(value: Value) -> Value:
    """12.50, 12.5 and "12.50" are one amount."""
    found = amount(value)
    return value if found is None else f"{found.normalize():f}"


def _not_allowed(reason: str) -> Declined:
    return Declined(CallStatus.NOT_ALLOWED, reason)
