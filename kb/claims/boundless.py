"""Counts without a limit: "unlimited projects", "any number of groups", "as many as you like"."""

import math
import re

from kb.claims.values import Bound, Value, ValueKind
from kb.claims.words import stem

_BOUNDLESS = re.compile(
    r"\b(?:unlimited|an unlimited (?:number|amount) of|any number of|an infinite number of|"
    r"infinitely many|no (?:\w+ )?limits? (?:on|to) (?:the )?(?:number|amount) of|as many)\s+"
    r"(?:(?P<modifier>[a-z][a-z-]*) )?(?P<what>[a-z][a-z-]*[a-rt-z]s)\b",
    re.IGNORECASE,
)
_AS_YOU_LIKE = re.compile(r"(?i)[^,.;:]{0,20}?\bas (?:you|they) (?:like|want|need|wish|please)\b")


def boundless(text: str) -> list[Value]:
    """A count that may be as high as one likes, for each thing that a sentence says so of."""
    found = []
    for match in _BOUNDLESS.finditer(text):
        if match[0].lower().startswith("as many") and not _AS_YOU_LIKE.match(text, match.end()):
            continue
        modifier = match["modifier"]
        found.append(
            Value(
                match.start(),
                match.end(),
                ValueKind.COUNT,
                stem(match["what"]),
                math.inf,
                math.inf,
                match[0],
                Bound.AT_MOST,
                modifiers=frozenset({stem(modifier)}) if modifier else frozenset(),
            )
        )
    return found
