"""Values that a message gives for slots. A value only ever comes from the message itself."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from agent.action import Value, ValueType
from agent.dialogue.consent import consents
from agent.dialogue.cues import pick
from agent.dialogue.questions import is_question
from agent.dialogue.slots.choices import choose, telling
from agent.dialogue.slots.dates import dates
from agent.dialogue.slots.fit import EMAIL, fits
from agent.dialogue.slots.numbers import amounts, numbers
from agent.dialogue.slots.pattern import Found, find, is_vague
from agent.dialogue.slots.words import declines, free_text
from agent.procedure import Slot

# Bare digits need no name when a message says hardly anything else.
_FEW = 2


def read(message: str, slots: Sequence[Slot], asked: Slot | None, today: date) -> dict[str, Value]:
    """Values by the name of their slot. For the slot that was asked for the message is read
    kindly; others are filled only by what can be nothing else."""
    found: dict[str, Value] = {}
    for slot in slots:
        wanted = asked is not None and slot.name == asked.name
        if wanted:
            value = _asked(message, slot, today)
        else:
            value = _volunteered(message, slot, slots, alone=asked is None)
        if value is not None and fits(value, slot):
            found[slot.name] = value
    if asked and not asked.required and asked.name not in found and declines(message):
        found[asked.name] = None
    return _without_shared(found, asked)


def _asked(message: str, slot: Slot, today: date) -> Value:
    if slot.choices or slot.type is ValueType.CHOICE:
        return _typed(choose(message, slot.choices, asked=True), slot.type)
    match slot.type:
        case ValueType.BOOLEAN:
            return consents(message)
        case ValueType.INTEGER | ValueType.NUMBER | ValueType.MONEY:
            return _number(message, slot.type)
        case ValueType.DATE:
            days = {span: day.isoformat() for span, day in dates(message, today).items()}
            return pick(message, days)
        case ValueType.EMAIL:
            return _email(message)
        case ValueType.TEXT if slot.pattern:
            return _patterned(message, slot.pattern)
        case ValueType.TEXT if not is_question(message):
            return free_text(message)
        case _:
            return None


def _volunteered(message: str, slot: Slot, slots: Sequence[Slot], *, alone: bool) -> Value:
    """What was said without having been asked for, and can be meant for no other slot. `alone`:
    nothing else was asked for."""
    if slot.choices or slot.type is ValueType.CHOICE:
        return _typed(choose(message, slot.choices, asked=False), slot.type)
    if slot.type is ValueType.EMAIL and sum(other.type is slot.type for other in slots) == 1:
        return _email(message)
    if slot.type is not ValueType.TEXT or not slot.pattern or is_vague(slot.pattern):
        return None
    if sum(other.pattern == slot.pattern for other in slots) > 1:
        return None
    spans = {
        (item.start, item.end): item.value
        for item in find(message, slot.pattern, beginning_optional=False)
        if _in_context(message, item, slot, alone=alone)
    }
    return pick(message, spans)


def _in_context(message: str, found: Found, slot: Slot, *, alone: bool) -> bool:
    """Whether bare digits are named as what the slot takes or, where nothing else was asked for,
    are nearly all of the message; anything with letters speaks for itself."""
    said = message[found.start : found.end]
    if any(char.isalpha() for char in said):
        return True
    named = telling(slot.label) | telling(slot.name.replace("_", " "))
    before = telling(message[max(0, found.start - 40) : found.start])
    if named & before or message[: found.start].endswith("#"):
        return True
    return alone and len(telling(message[: found.start] + " " + message[found.end :])) <= _FEW


def _patterned(message: str, pattern: str) -> str | None:
    """When everything fits the pattern, the whole answer, or the part with digits in it."""
    if is_vague(pattern) and is_question(message):
        return None
    whole = free_text(message) if is_vague(pattern) else None
    if whole and re.fullmatch(pattern, whole):
        return whole
    found = find(message, pattern, beginning_optional=True)
    if is_vague(pattern):
        found = [item for item in found if any(char.isdigit() for char in item.value)]
    return pick(message, {(item.start, item.end): item.value for item in found})


def _email(message: str) -> str | None:
    return pick(message, {match.span(): match[0] for match in EMAIL.finditer(message)})


def _number(message: str, type_: ValueType) -> Value:
    marked = amounts(message) if type_ is ValueType.MONEY else {}
    found = marked or numbers(message)
    one = pick(message, {span: str(value) for span, value in found.items()})
    return _typed(one, type_)


def _typed(value: str | None, type_: ValueType) -> Value:
    """A number as a number, money as an exact text."""
    if value is None or type_ not in (ValueType.INTEGER, ValueType.NUMBER):
        return value
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return int(exact)
    return None if type_ is ValueType.INTEGER else float(exact)


def _without_shared(found: Mapping[str, Value], asked: Slot | None) -> dict[str, Value]:
    """The same words fill one slot: the one that was asked for."""
    if asked is None or not isinstance(taken := found.get(asked.name), str):
        return dict(found)
    return {
        name: value
        for name, value in found.items()
        if name == asked.name or not (isinstance(value, str) and value in taken)
    }
