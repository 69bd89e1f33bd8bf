"""Which value a customer wants to change without saying the new one."""

import re
from collections.abc import Sequence

from agent.dialogue.cues import corrects
from agent.dialogue.slots.choices import telling
from agent.procedure import Slot

_WRONG = re.compile(
    r"\b(?:wrong|incorrect|not right|isn'?t right|not correct|changed?|different|mistake|typo"
    r"|correct)\b",
    re.I,
)


def reopened(message: str, slots: Sequence[Slot]) -> Slot | None:
    """The one slot whose name the message holds beside saying that it is not right, or without
    saying anything else."""
    text = " ".join(message.replace("’", "'").lower().split())
    said = telling(text)
    named = [slot for slot in slots if _is_named(slot, said)]
    if len(named) != 1:
        return None
    alone = not said - telling(f"{named[0].label} {named[0].name.replace('_', ' ')}")
    return named[0] if alone or corrects(text) or _WRONG.search(text) else None


def _is_named(slot: Slot, said: set[str]) -> bool:
    """Whether all words of its label or of its name are among these."""
    names = (telling(slot.label), telling(slot.name.replace("_", " ")))
    return any(name and name <= said for name in names)
