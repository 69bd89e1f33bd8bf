"""What differs between copies of one text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from kb.claims.marks import Writing
from kb.evidence import Span
from kb.types import Article, Block

SAME_BLOCK = 70.0
LEAST_CHARS = 25
LONGEST_CHANGE = 60
WORD = re.compile(r"\S+")
# A word that turns a sentence around, so that its absence is a difference by itself.
WEIGHTY = re.compile(r"\d|\b(?:not|no|never|only|cannot|without|except|unless)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of one text that stand where another has other words, by their spans; one of the two
    is empty where words were added or left out."""

    before: str
    after: str
    at: Span
    other_at: Span

    @property
    def is_replaced(self) -> bool:
        return bool(self.before and self.after)


@dataclass(frozen=True, slots=True)
class Drift:
    """`blocks` has one block for each copy (None where a copy has nothing alike), chosen to show
    the difference, or the longest common one, and `marks` the differing words of each, as spans of
    the articles' texts. `changes` are (before, after) in words; one is empty for words that only
    one has. `alone` are (number of the copy, block) of what only that copy says."""

    blocks: tuple[Block | None, ...]
    marks: tuple[tuple[Span, ...], ...]
    changes: tuple[tuple[str, str], ...]
    alone: tuple[tuple[int, Block], ...]


def compare(articles: Sequence[Article], copies: Sequence[Sequence[Block]]) -> Drift:
    """Lays the copies beside the first; `articles` are where they stand. Blocks that changed a
    number come first, then other changes, then the longest common block; ties go to the earlier
    block."""
    shown = [block for block in copies[0] if len(block.text) >= LEAST_CHARS] or list(copies[0])
    rows = [(block, [_partner(block, copy) for copy in copies[1:]]) for block in shown]
    changed = [_changes(block, row) for block, row in rows]

    def telling(index: int) -> tuple[int, bool, int, int, int]:
        block, row = rows[index]
        found = sum(partner is not None for partner in row)
        numbers = any(_digits(edit.before) != _digits(edit.after) for edit in changed[index])
        return found, numbers, min(len(changed[index]), 1), len(block.text), -index

    best = max(range(len(rows)), key=telling)
    block, row = rows[best]
    order = [best, *(index for index in range(len(rows)) if index != best)]
    pairs = ((edit.before, edit.after) for index in order for edit in changed[index])
    return Drift(
        blocks=(block, *row),
        marks=tuple(_marks(articles, (block, *row))),
        changes=tuple(dict.fromkeys(pairs)),
        alone=tuple(_alone(copies)),
    )


def word_changes(one: str, other: str) -> list[tuple[str, str]]:
    """Runs of words that were replaced, as (before, after); not case, not punctuation alone."""
    return [(edit.before, edit.after) for edit in edits(one, other) if edit.is_replaced]


def edits(one: str, other: str) -> Iterator[Edit]:
    """Runs of words that differ, in order; not case, not punctuation alone, not long runs."""
    before, after = list(WORD.finditer(one)), list(WORD.finditer(other))
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag != "equal":
            at, other_at = _span(before[start:end]), _span(after[other_start:other_end])
            words, others = one[slice(*at)], other[slice(*other_at)]
            if max(len(words), len(others)) <= LONGEST_CHANGE:
                yield Edit(" ".join(words.split()), " ".join(others.split()), at, other_at)


def _partner(block: Block, copy: Sequence[Block]) -> Block | None:
    """The block of a copy that is most like this one; None when none is."""
    scored = [(fuzz.ratio(block.text, other.text), -n) for n, other in enumerate(copy)]
    score, place = max(scored, default=(0.0, 0))
    return copy[-place] if score >= SAME_BLOCK else None


def _changes(block: Block, row: Sequence[Block | None]) -> list[Edit]:
    return [edit for other in row if other for edit in _telling(block, other)]


def _telling(block: Block, other: Block) -> Iterator[Edit]:
    for edit in edits(block.text, other.text):
        if edit.is_replaced or WEIGHTY.search(edit.before + edit.after):
            yield edit


def _marks(articles: Sequence[Article], row: Sequence[Block | None]) -> Iterator[tuple[Span, ...]]:
    """Of the first block every word that differs from any other; of the others what differs from
    the first."""
    first = row[0]
    found: list[list[Edit]] = [
        list(_telling(first, other)) if first and other else [] for other in row[1:]
    ]
    plain = [{edit.at for some in found for edit in some}]
    plain += [{edit.other_at for edit in some} for some in found]
    for article, block, spans in zip(articles, row, plain, strict=True):
        if block is None:
            yield ()
            continue
        writing = Writing(block.start, article.text[block.start : block.end], block.text)
        places = (writing.place(start, end) for start, end in sorted(spans) if start < end)
        yield tuple(place for place in places if place)


def _alone(copies: Sequence[Sequence[Block]]) -> Iterator[tuple[int, Block]]:
    for number, copy in enumerate(copies):
        others = [block for n, other in enumerate(copies) if n != number for block in other]
        for block in copy:
            if len(block.text) >= LEAST_CHARS and _partner(block, others) is None:
                yield number, block


def _span(words: Sequence[re.Match[str]]) -> Span:
    return (words[0].start(), words[-1].end()) if words else (0, 0)


def _bare(tokens: Sequence[re.Match[str]]) -> list[str]:
    """Words as they are compared: "API's" is "APIs"."""
    bare = (token.group().strip(".,;:!?()\"'“”*_`").casefold() for token in tokens)
    return [re.sub(r"['’](?=s$)", "", word) for word in bare]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
