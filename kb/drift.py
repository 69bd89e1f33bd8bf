"""What differs between copies of one text."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from kb.types import Block

SAME_BLOCK = 70.0
LEAST_CHARS = 25
LONGEST_CHANGE = 60


@dataclass(frozen=True, slots=True)
class Drift:
    """`blocks` has one block for each copy (None where a copy has nothing alike), chosen to show
    the difference, or the longest common one; `changes` are (before, after) in words."""

    blocks: tuple[Block | None, ...]
    changes: tuple[tuple[str, str], ...]


def compare(copies: Sequence[Sequence[Block]]) -> Drift:
    """Lays the copies beside the first. Blocks that changed a number come first, then other
    changes, then the longest common block; ties go to the earlier block."""
    shown = [block for block in copies[0] if len(block.text) >= LEAST_CHARS] or list(copies[0])
    rows = [(block, [_partner(block, copy) for copy in copies[1:]]) for block in shown]
    changed = {index: _changes(block, row) for index, (block, row) in enumerate(rows)}

    def telling(index: int) -> tuple[int, bool, int, int]:
        block, row = rows[index]
        found = sum(partner is not None for partner in row)
        pairs = changed[index]
        numbers = any(_digits(before) != _digits(after) for before, after in pairs)
        return (found, numbers, min(len(pairs), 1), len(block.text))

    best = max(range(len(rows)), key=lambda index: (telling(index), -index))
    block, row = rows[best]
    order = [best, *(index for index in changed if index != best)]
    every = tuple(pair for index in order for pair in changed[index])
    return Drift((block, *row), every)


def _partner(block: Block, copy: Sequence[Block]) -> Block | None:
    """The block of a copy that is most like this one; None when none is."""
    scored = [(fuzz.ratio(block.text, other.text), -n) for n, other in enumerate(copy)]
    score, place = max(scored, default=(0.0, 0))
    return copy[-place] if score >= SAME_BLOCK else None


def _changes(block: Block, row: Sequence[Block | None]) -> list[tuple[str, str]]:
    return [pair for other in row if other for pair in word_changes(block.text, other.text)]


def word_changes(one: str, other: str) -> list[tuple[str, str]]:
    """Runs of words that were replaced, as (before, after); not case, not punctuation alone."""
    before, after = one.split(), other.split()
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    found = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        pair = (" ".join(before[start:end]), " ".join(after[other_start:other_end]))
        if tag == "replace" and max(map(len, pair)) <= LONGEST_CHANGE:
            found.append(pair)
    return found


def _bare(tokens: Sequence[str]) -> list[str]:
    return [token.strip(".,;:!?()\"'“”*_`").casefold() for token in tokens]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
