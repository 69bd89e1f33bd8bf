"""Values that customers correct in passing, named or only alike: "no, the postal code is 43004",
"14 Oak Street, sorry"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from agent.action import Value, ValueType
from agent.dialogue.slots.choices import telling
from agent.dialogue.slots.fit import fits
from agent.dialogue.slots.read import read
from agent.procedure import Slot

_LEAD = re.compile(
    r"^\W*(?:(?:no+|nope|sorry|oops|wait|actually|not quite|i meant?|i mean|correction|it's|it is"
    r"|it should be|make it|to)\W+)+",
    re.IGNORECASE,
)
_IS = re.compile(
    r"^\W*(?:(?:is|are|was|should be|to|must be|actually|wrong|incorrect|not right|it's|it is|but"
    r"|make it)(?:\W+|$))+|^\s*[:=]\s*",
    re.IGNORECASE,
)
# From here on, 0 to 100, a text is another version of what was said before.
_ALIKE = 60


def corrected(
    message: str, slots: Sequence[Slot], values: Mapping[str, Value], today: date
) -> dict[str, Value]:
    """New values for slots that have one already, where the message names the slot or, without a
    name, begins like a correction and is much like what was said before."""
    text = " ".join(message.replace("’", "'").split())
    known = [slot for slot in slots if values.get(slot.name) is not None]
    found = _named(text, known, today) or _alike(text, known, values)
    return {name: value for name, value in found.items() if value != values.get(name)}


def _named(text: str, slots: Sequence[Slot], today: date) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for slot in slots:
        for name in (slot.label, slot.name.replace("_", " ")):
            match = name and re.search(rf"\b{re.escape(name)}\b(?P<rest>.*)", text, re.IGNORECASE)
            rest = _IS.sub("", match["rest"]) if match else ""
            said = _IS.match(match["rest"]) if match else None
            if said and telling(rest):
                found |= read(rest, [slot], slot, today)
    return found


def _alike(text: str, slots: Sequence[Slot], values: Mapping[str, Value]) -> dict[str, Value]:
    lead = _LEAD.match(text)
    rest = text[lead.end() :].strip(" .!") if lead else ""
    if not any(char.isdigit() for char in rest):
        return {}
    free = [slot for slot in slots if slot.type is ValueType.TEXT and not slot.pattern]
    scores = {slot.name: fuzz.ratio(rest.lower(), str(values[slot.name]).lower()) for slot in free}
    best = max(free, key=lambda slot: scores[slot.name], default=None)
    if best is None or scores[best.name] < _ALIKE or not fits(rest, best):
        return {}
    return {best.name: rest}
