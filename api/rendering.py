"""An article as a page: its blocks, with the quoted words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.types import Article, Block, BlockKind, Section

_LISTS = {BlockKind.STEP: "steps", BlockKind.LIST_ITEM: "items", BlockKind.TABLE_ROW: "table"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `column` is the header of a table's cell."""

    text: str
    marked: bool
    column: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A block: its runs, nesting and number."""

    runs: tuple[Run, ...]
    depth: int
    marker: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks that make one list or table, or a single block. `columns` heads a
    table."""

    kind: str
    items: tuple[Item, ...]
    columns: tuple[str, ...] = ()


def groups(article: Article, start: int, end: int) -> list[Group]:
    """The article in reading order, what overlaps [start, end) marked."""
    blocks = [(block, section) for section in article.sections for block in section.blocks]
    found = []
    for kind, run in groupby(blocks, key=lambda pair: _LISTS.get(pair[0].kind, "")):
        if kind:
            found.append(_group(kind, [block for block, _ in run], start, end))
        else:
            found.extend(_single(block, section, start, end) for block, section in run)
    return [group for group in found if group.items]


def _group(kind: str, blocks: Sequence[Block], start: int, end: int) -> Group:
    columns: tuple[str, ...] = ()
    if kind == "table":
        widest = max(blocks, key=lambda block: len(block.cells))
        columns = tuple(cell.column for cell in widest.cells)
    return Group(kind, tuple(_item(block, start, end) for block in blocks), columns)


def _single(block: Block, section: Section, start: int, end: int) -> Group:
    item = _item(block, start, end)
    if block.kind is BlockKind.HEADING:
        item = Item(item.runs, 0, "", min(6, max(2, section.level)))
    return Group(block.kind.value, (item,))


def _item(block: Block, start: int, end: int) -> Item:
    return Item(tuple(_runs(block, start, end)), min(block.depth, 4), block.marker.rstrip(".)"))


def _runs(block: Block, start: int, end: int) -> Iterator[Run]:
    if block.cells:
        for cell in block.cells:
            yield Run(cell.text, _overlap(cell.start, cell.end, start, end), cell.column)
    elif block.sentences and block.kind is not BlockKind.CODE:
        for sentence in block.sentences:
            yield Run(sentence.text, _overlap(sentence.start, sentence.end, start, end))
    else:
        yield Run(block.text, _overlap(block.start, block.end, start, end))


def _overlap(first: int, last: int, start: int, end: int) -> bool:
    return first < end and start < last
