"""What every reader of a format makes: a flat list of drafts, which become sections and blocks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.parse.plain import Plain
from kb.parse.sentences import split
from kb.types import Block, BlockKind, Cell, Section, Sentence

WHOLE = frozenset({BlockKind.HEADING, BlockKind.TABLE_ROW})
"""Kinds that are one statement, however they are punctuated."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has found its section. `start` and `end` are source offsets.

    `anchors` are the explicit ones of a heading. `until` is set for the heading of a tab or an
    accordion: what stands from that source offset on belongs to the heading above again.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    plain: Plain | None = None
    depth: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()
    anchors: tuple[str, ...] = ()
    until: int | None = None


def draft(kind: BlockKind, plain: Plain, **details: object) -> Draft:
    """A draft that spans exactly what `plain` came from."""
    return Draft(kind, plain.text, plain.start, plain.end, plain, **details)  # type: ignore[arg-type]  # passed through to the fields above


def row(cells: Sequence[Cell], start: int, end: int) -> Draft:
    """A table row; its text names each cell's column, as a reader who looks up would."""
    shown = [cell for cell in cells if cell.text]
    text = "; ".join(f"{cell.column}: {cell.text}" if cell.column else cell.text for cell in shown)
    return Draft(BlockKind.TABLE_ROW, text, start, end, cells=tuple(cells))


@dataclass(frozen=True, slots=True)
class _Level:
    number: int
    title: str
    anchor: str
    until: int | None


@dataclass
class _Outline:
    title: str
    text: str
    sections: list[Section] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    _stack: list[_Level] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _head: tuple[str, int] = ("", 0)
    _used: dict[str, int] = field(default_factory=dict)

    def add(self, item: Draft) -> None:
        left = self._leave_scopes(item.start)
        if item.kind is BlockKind.HEADING:
            self._enter(item)
        elif left:
            self.flush()
            top = self._stack[-1] if self._stack else None
            self._head = (top.anchor, top.number) if top else ("", 0)
        self._blocks.append(_block(item, self._head[1], self.text))

    def flush(self) -> None:
        if self._blocks:
            path = tuple(level.title for level in self._stack)
            anchor, number = self._head
            start, end = self._blocks[0].start, self._blocks[-1].end
            self.sections.append(Section(path, anchor, number, start, end, tuple(self._blocks)))
        self._blocks = []

    def _leave_scopes(self, start: int) -> bool:
        for index, level in enumerate(self._stack):
            if level.until is not None and level.until <= start:
                self.flush()
                del self._stack[index:]
                return True
        return False

    def _enter(self, item: Draft) -> None:
        self.flush()
        number = self._number(item)
        while self._stack and self._stack[-1].number >= number:
            self._stack.pop()
        anchor = self._anchor(item)
        self._head = (anchor, number)
        if not (item.until is None and number == 1 and _same(item.text, self.title)):
            self._stack.append(_Level(number, item.text, anchor, item.until))

    def _number(self, item: Draft) -> int:
        top = self._stack[-1].number if self._stack else min(self._head[1], 1)
        if item.until is not None:
            return max(item.depth, top + 1)
        scopes = [level.number for level in self._stack if level.until is not None]
        return max([item.depth, *(number + 1 for number in scopes)])

    def _anchor(self, item: Draft) -> str:
        if item.anchors:
            self.anchors.extend(item.anchors)
            return item.anchors[0]
        slug = slugify(item.text)
        count = self._used.get(slug, 0)
        if item.until is None:
            self._used[slug] = count + 1
        anchor = f"{slug}-{count}" if count and item.until is None else slug
        self.anchors.append(anchor)
        return anchor


def outline(
    drafts: Iterable[Draft], title: str, text: str
) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """Sections in order of the source `text`, and the anchors of their headings.

    A first-level heading that repeats the title is a block, but no part of any path. The second
    heading with the same slug gets `-1`, the third `-2`, as on the usual renderers.
    """
    result = _Outline(title, text)
    for item in drafts:
        result.add(item)
    result.flush()
    return tuple(result.sections), tuple(dict.fromkeys(filter(None, result.anchors)))


def slugify(text: str) -> str:
    """The anchor of a heading: lower case, hyphens for spaces, no other punctuation."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()


def _block(item: Draft, number: int, text: str) -> Block:
    depth = number if item.kind is BlockKind.HEADING else item.depth
    start, end = _trim(text, item.start, item.end)
    sentences = tuple(_sentences(item, text))
    return Block(item.kind, start, end, item.text, sentences, depth, item.marker, item.cells)


def _sentences(item: Draft, text: str) -> Iterator[Sentence]:
    if item.kind in WHOLE or (item.plain is None and item.kind is not BlockKind.CODE):
        yield Sentence(*_trim(text, item.start, item.end), item.text)
    elif item.kind is not BlockKind.CODE and item.plain:
        plain = item.plain
        for start, end in split(plain.text):
            places = _trim(text, plain.starts[start], plain.ends[end - 1])
            yield Sentence(*places, plain.text[start:end])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without whitespace at either end: what was masked there can have held some."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
