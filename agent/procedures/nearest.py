"""The known name that an operator most likely meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from agent.procedures.roots import roots, words

_ALIKE = 60.0
# A name's first word says what is done, and counts more than what it is done to: `refund_order`
# is rather `issue_refund` than `find_order`.
_FIRST, _OTHER = 60.0, 20.0


def nearest(name: str, known: Iterable[str]) -> str:
    """The closest of `known` by spelling and by words, empty when none is close; of equals the
    first in alphabetical order."""
    scored = [(_likeness(name, other), other) for other in sorted(set(known))]
    best = max(scored, key=lambda item: item[0], default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else ""


def _likeness(name: str, other: str) -> float:
    said, there = roots(words(name)), set(roots(words(other)))
    shared = sum(_OTHER if place else _FIRST for place, word in enumerate(said) if word in there)
    return fuzz.WRatio(name.lower(), other.lower()) + shared


def did_you_mean(name: str, known: Iterable[str], quote: str = "`") -> str:
    """A question that names the nearest, or else all that there are, or nothing at all."""
    names = sorted(set(known))
    if close := nearest(name, names):
        return f"did you mean {quote}{close}{quote}?"
    return f"known are {listed(names, quote)}" if names else ""


def listed(names: Iterable[str], quote: str = "`", most: int = 8) -> str:
    """Names in the order given, at most `most` of them."""
    every = [f"{quote}{name}{quote}" for name in names]
    return ", ".join(every[:most]) + (" …" if len(every) > most else "")
