"""Inputs that nothing said can fill."""

from collections.abc import Mapping
from dataclasses import replace

from agent.action import Action, ActionSpec, Parameter, Value, Values
from agent.identity import Identity

CUSTOMER, KEY = "identity.customer_id", "call.key"
BINDABLE = (CUSTOMER, "identity.email", "identity.name", "identity.plan", "identity.locale", KEY)
"""What an input may be bound to."""
_KEY_INPUTS = ("idempotency_key", "idempotencyKey")


class BoundAction:
    """An action with its inputs bound. `looks_up`: it tells of other calls by their key, so that
    an input `key` means theirs."""

    def __init__(self, action: Action, bind: Mapping[str, str], *, looks_up: bool) -> None:
        names = (*_KEY_INPUTS, "key") if looks_up else _KEY_INPUTS
        whole = {**dict.fromkeys(names, KEY), **bind}
        inputs = tuple(_bound(item, whole) for item in action.spec.inputs)
        self._action, self._spec = action, replace(action.spec, inputs=inputs)

    @property
    def spec(self) -> ActionSpec:
        return self._spec

    def __call__(self, arguments: Values, key: str) -> Values:
        return self._action(arguments, key)


def bound_values(spec: ActionSpec, identity: Identity, key: str) -> dict[str, Value]:
    """The bound inputs, from who the customer verifiably is. What is not known is left out."""
    found = {item.name: _value(item.bound, identity, key) for item in spec.inputs if item.bound}
    return {name: value for name, value in found.items() if value is not None}


def _bound(parameter: Parameter, bind: Mapping[str, str]) -> Parameter:
    bound = bind.get(parameter.name, parameter.bound)
    return replace(parameter, bound=bound) if bound else parameter


def _value(bound: str, identity: Identity, key: str) -> str | None:
    if bound == KEY:
        return key or None
    if not identity.verified:
        return None
    return (
        identity.customer_id if bound == CUSTOMER else identity.claims.get(bound.partition(".")[2])
    )
