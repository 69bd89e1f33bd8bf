"""Which slot a phrase asks for."""

import re
from collections.abc import Mapping

from agent.procedure import Slot
from agent.procedures.people import NAMED
from agent.procedures.roots import content, roots, words


def find_slot(phrase: str, slots: Mapping[str, Slot]) -> str | None:
    """The slot that `phrase` names, by its name or label."""
    said = content(re.sub(rf"^(?:the\s+)?{NAMED}'s\s+", "", phrase.strip(), flags=re.I))
    called = {name: (words(name), content(slot.label)) for name, slot in slots.items()}
    for alike in (_equal, _akin, _shorter, _wanted, _turned):
        fits = [name for name, known in called.items() if any(alike(said, item) for item in known)]
        if len(fits) == 1 or (fits and alike is _equal):
            return fits[0]
    return None


def mentioned_slot(phrase: str, slots: Mapping[str, Slot]) -> str | None:
    """The only slot that `the colour of the light` speaks of, where the question is given."""
    said = set(roots(words(phrase)))
    fits = [name for name in slots if set(roots(words(name))) <= said]
    return fits[0] if len(fits) == 1 else None


def _equal(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return said == known


def _akin(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return bool(said) and roots(said) == roots(known)


def _wanted(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """`the new meter reading` is `meter reading`."""
    return said[:1] in (("new",), ("preferred",), ("desired",)) and _akin(said[1:], known)


def _turned(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """`the number of the order` is `order number`, and so is `the order number of the parcel`."""
    small = {"of", "the", "on", "for"}
    head = next((place for place, word in enumerate(said) if word in ("of", "for", "on")), 0)
    if head and said[:head] == known:
        return True
    return "of" in said and sorted(roots(known)) == sorted(
        roots(tuple(word for word in said if word not in small))
    )


def _shorter(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """`email address` is `email`, and `phone` is `phone number`."""
    longer, shorter = (said, known) if len(said) > len(known) else (known, said)
    return (
        bool(shorter)
        and longer[-1:] in (("address",), ("number",))
        and roots(longer[:-1]) == roots(shorter)
    )
