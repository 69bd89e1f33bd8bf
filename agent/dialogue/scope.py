"""What a procedure knows at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.action import Value
from agent.identity import ANONYMOUS, Identity


@dataclass(frozen=True, slots=True)
class Scope:
    """Values by name, who the customer is, and the time. What is not there, and what a backend
    returned as null, is `None`."""

    values: Mapping[str, Value]
    now: datetime
    identity: Identity = ANONYMOUS

    def look_up(self, path: str) -> Value:
        """The value at a path such as `order.total`, `orders.0.number`, `orders.count` or
        `identity.email`."""
        noun, *fields = path.split(".")
        if noun == "identity":
            return self._of_identity(".".join(fields))
        return _within(self.values.get(noun), fields)

    def _of_identity(self, name: str) -> Value:
        if name == "customer_id":
            return self.identity.customer_id
        if name == "level":
            return self.identity.level.label
        # What customers claim of themselves is kept for people, and decides nothing.
        return self.identity.claims.get(name) if self.identity.verified else None


def _within(value: Value, fields: Sequence[str]) -> Value:
    for name in fields:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list):
            value = _item(value, name)
        else:
            return None
    return value


def _item(values: list[Value], name: str) -> Value:
    if name == "count":
        return len(values)
    return values[int(name)] if name.isdigit() and int(name) < len(values) else None
