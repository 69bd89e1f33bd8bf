"""Whether a call took place whose outcome is unknown: its reading action tells, by the key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from agent.action import Action, ActionSpec, NothingFound, Value, Values, ValueType
from agent.backends.values import Unfit, fitted
from agent.execution.bound import bound_values
from agent.identity import Identity
from kb.errors import Transient

_FLAGS = frozenset({"found", "exists", "present"})


class Trace(Enum):
    """What a lookup tells. Absent: it did not take place until now."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """With the call's own output where it is present."""

    trace: Trace
    output: Values = field(default_factory=dict)


def look_up(
    actions: Mapping[str, Action],
    spec: ActionSpec,
    arguments: Values,
    identity: Identity,
    key: str,
) -> LookedUp:
    """Asks the action's `lookup` about this key, and once more when it does not answer. Unsure
    without one, and whenever it says neither yes nor no. Never raises."""
    reading = actions.get(spec.lookup)
    if reading is None or reading.spec.writes:
        return LookedUp(Trace.UNSURE)
    given = inputs_of(reading.spec, arguments, identity, key)
    for _ in range(1 + reading.spec.retries):
        try:
            return _read(spec, reading.spec, reading(given, key))
        except NothingFound:
            return LookedUp(Trace.ABSENT)
        except Transient:
            continue
        except Exception:  # noqa: BLE001 whatever it is, it is no answer
            break
    return LookedUp(Trace.UNSURE)


def inputs_of(
    spec: ActionSpec, arguments: Values, identity: Identity, key: str
) -> dict[str, Value]:
    """For a reading action beside a call: its bound inputs, and of the call's arguments those of
    the same name."""
    free = {item.name for item in spec.inputs if not item.bound}
    shared = {name: value for name, value in arguments.items() if name in free}
    return {**shared, **bound_values(spec, identity, key)}


def _read(spec: ActionSpec, reading: ActionSpec, output: Values) -> LookedUp:
    """What does not clearly say no is no absence: the call would be made again."""
    if any(output.get(name) is False for name in _FLAGS):
        return LookedUp(Trace.ABSENT)
    if spec.outputs and _fits(spec, output):
        return LookedUp(Trace.PRESENT, fitted(spec.outputs, output, strict=False))
    listed = _listed(reading, output)
    if listed is None:
        return LookedUp(Trace.UNSURE if spec.outputs else Trace.PRESENT)
    if not listed:
        return LookedUp(Trace.ABSENT)
    only = listed[0]
    if len(listed) == 1 and isinstance(only, dict) and _fits(spec, only):
        return LookedUp(Trace.PRESENT, fitted(spec.outputs, only, strict=False))
    return LookedUp(Trace.UNSURE)


def _listed(reading: ActionSpec, output: Values) -> list[Value] | None:
    """The items of an answer that is a list of what was found, with at most counts beside it."""
    lists = [item.name for item in reading.outputs if item.type is ValueType.LIST]
    if len(lists) != 1:
        return None
    beside = [value for name, value in output.items() if name != lists[0]]
    items = output.get(lists[0])
    plain = not any(isinstance(value, str | dict | list) and value for value in beside)
    return items if plain and isinstance(items, list) else None


def _fits(spec: ActionSpec, output: Values) -> bool:
    try:
        fitted(spec.outputs, output, strict=False)
    except Unfit:
        return False
    return True
