"""Two texts laid beside each other, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w[\w'’./:@-]*\w|\s+|\w|[^\w\s]")
# Below this the texts have little in common, and marking every other word helps nobody.
_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text; `differs` where the other text says something else. Runs joined are
    the text."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Both texts in runs, and how many words went and came."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]
    removed: int = 0
    added: int = 0


def compare_words(before: str, after: str) -> Words:
    """Marks the words that only one of them has. Texts with little in common are marked whole."""
    was, now = _TOKEN.findall(before), _TOKEN.findall(after)
    left, right = [True] * len(was), [True] * len(now)
    for first, second, size in _shared(was, now):
        left[first : first + size] = [False] * size
        right[second : second + size] = [False] * size
    gone, come, words = _count(was, left), _count(now, right), _words(was) + _words(now)
    if words and 1 - (gone + come) / words < _ALIKE:
        left, right = [True] * len(was), [True] * len(now)
    return Words(_runs(was, left), _runs(now, right), _count(was, left), _count(now, right))


def _shared(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(place before, place after, length) of what both have. Beginnings and ends that are the same
    are set aside first: what lies between takes quadratic time."""
    least = min(len(was), len(now))
    head = next((n for n in range(least) if was[n] != now[n]), least)
    least -= head
    tail = next((n for n in range(least) if was[-1 - n] != now[-1 - n]), least)
    yield 0, 0, head
    between = was[head : len(was) - tail], now[head : len(now) - tail]
    for block in SequenceMatcher(None, *between, autojunk=False).get_matching_blocks():
        yield head + block.a, head + block.b, block.size
    yield len(was) - tail, len(now) - tail, tail


def _runs(tokens: Sequence[str], differs: list[bool]) -> tuple[Run, ...]:
    """A blank between two marked words is marked with them."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].isspace():
            differs[place] = differs[place - 1] and differs[place + 1]
    found: list[Run] = []
    for token, marked in zip(tokens, differs, strict=True):
        if found and found[-1].differs == marked:
            found[-1] = Run(found[-1].text + token, marked)
        else:
            found.append(Run(token, marked))
    return tuple(found)


def _words(tokens: Sequence[str]) -> int:
    return _count(tokens, [True] * len(tokens))


def _count(tokens: Sequence[str], differs: Sequence[bool]) -> int:
    return sum(marked and token[0].isalnum() for token, marked in zip(tokens, differs, strict=True))
