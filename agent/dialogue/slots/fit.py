"""Whether a value is one that a slot can hold, wherever it came from."""

import re

from agent.action import Value, ValueType
from agent.dialogue.quantities import moment, number
from agent.procedure import Slot

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_LONGEST = 1_000


def fits(value: Value, slot: Slot) -> bool:
    """Null fits what is not required."""
    if value is None:
        return not slot.required
    if slot.choices or slot.type is ValueType.CHOICE:
        return not isinstance(value, bool) and str(value) in slot.choices
    match slot.type:
        case ValueType.BOOLEAN:
            return isinstance(value, bool)
        case ValueType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ValueType.NUMBER | ValueType.MONEY:
            return number(value) is not None
        case ValueType.DATE:
            return moment(value) is not None
        case ValueType.EMAIL:
            return isinstance(value, str) and EMAIL.fullmatch(value) is not None
        case ValueType.TEXT:
            return isinstance(value, str) and _text_fits(value, slot.pattern)
        case _:
            return False


def _text_fits(value: str, pattern: str) -> bool:
    if not value.strip() or len(value) > _LONGEST:
        return False
    return not pattern or re.fullmatch(pattern, value) is not None
