"""How customers' words vary, and how replies are searched."""

import re
from functools import lru_cache
from random import Random

_NEIGHBOURS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o",
    "j": "k", "k": "l", "l": "k", "m": "n", "n": "b", "o": "p", "p": "o", "q": "w", "r": "t",
    "s": "d", "t": "y", "u": "i", "v": "c", "w": "e", "x": "z", "y": "u", "z": "x",
}  # fmt: skip
# Shorter words are kept: a slip there makes another word of it.
_SHORTEST = 4


def compiled(pattern: str) -> str:
    """The pattern as it stands. Raises `ValueError` when it is no regular expression."""
    try:
        _regex(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


def found(pattern: str, text: str) -> bool:
    """Whether the pattern is found, without regard to case; a space stands for any white space."""
    return _regex(pattern).search(" ".join(text.replace("’", "'").split())) is not None


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def mistyped(text: str, share: float, random: Random) -> str:
    """The text with about this share of its longer words mistyped: letters swapped, dropped,
    doubled or hit beside. Numbers, names in capitals and short words are left alone."""
    words = re.split(r"(\W+)", text)
    return "".join(
        _slip(word, random) if _may_slip(word, share, random) else word for word in words
    )


def _may_slip(word: str, share: float, random: Random) -> bool:
    plain = word.isascii() and word.isalpha() and len(word) >= _SHORTEST
    return plain and word[1:].islower() and random.random() < share


def _slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    match random.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + _NEIGHBOURS[word[at].lower()] + word[at + 1 :]
