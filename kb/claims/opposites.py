"""Words of opposite meaning: enabled and disabled, required and optional."""

import re
from functools import cache

from kb.claims import lexicon

# Pairs that say no more than can and can't.
SOFT = frozenset({"available", "supported", "possible", "allowed", "included"})
# Of their words, those that need not be said of something ("is optional") to count.
_VERBAL = lexicon.words("verbal_opposites")
_SAID_OF = re.compile(
    r"(?:\b(?:is|are|be|been|was|were|being|stays?|remains?|becomes?|set|turned|stored|sent|"
    r"comes?|made|isn[’']t|"
    r"aren[’']t)(?: \w+){0,2}|:) (?:not )?$",
    re.IGNORECASE,
)


@cache
def sides_of_words() -> dict[str, tuple[str, int]]:
    """Word to its pair of opposites and the side it stands on."""
    sides: dict[str, tuple[str, int]] = {}
    for yes, no in lexicon.pairs("opposites"):
        pair = yes[0]
        sides.update(dict.fromkeys(yes, (pair, 1)) | dict.fromkeys(no, (pair, -1)))
    return sides


def is_predicative(word: str, before: str, after: str) -> bool:
    """Whether a word of a pair is said of something ("is optional"), and no mere epithet."""
    if word in _VERBAL or word.endswith("ly") or not re.search(r"\w", after):
        return True
    return bool(_SAID_OF.search(before)) or after.strip().startswith("by default")
