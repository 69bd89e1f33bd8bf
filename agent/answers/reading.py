"""An article as statements that can be quoted one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.types import Article, Block, BlockKind, Section

# A header that stands further above its rows is another text with the same words.
_LONGEST_HEADER = 2000
_QUOTABLE = frozenset(BlockKind) - {BlockKind.HEADING}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item, step, note, table row or listing: what an answer is made of.

    `text` is what a customer reads; `spans` are the places in the article that say it, the first
    being its own (a table row is also supported by the headers of its columns). `block` counts
    the blocks of the section, `part` the sentences of the block.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    kind: BlockKind
    block: int
    part: int
    depth: int = 0
    marker: str = ""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[0][1]


def section_at(article: Article, position: int) -> Section | None:
    """The section that holds this offset; the nearest one before it when none does."""
    found = None
    for section in article.sections:
        if section.start <= position:
            found = section
        if section.start <= position < section.end:
            return section
    return found or (article.sections[0] if article.sections else None)


def statements(article: Article, section: Section) -> list[Statement]:
    """Everything that the section itself says, in order."""
    found: list[Statement] = []
    for number, block in enumerate(section.blocks):
        if block.kind in _QUOTABLE and block.text.strip():
            found.extend(_of_block(article, section, number, block))
    return found


def _of_block(article: Article, section: Section, number: int, block: Block) -> Iterator[Statement]:
    if block.kind is BlockKind.TABLE_ROW and block.cells:
        yield _of_row(article, section, number, block)
        return
    if block.kind is BlockKind.CODE or not block.sentences:
        spans = ((block.start, block.end),)
        yield Statement(block.text, spans, block.kind, number, 0, block.depth, block.marker)
        return
    for part, sentence in enumerate(block.sentences):
        spans = ((sentence.start, sentence.end),)
        text = " ".join(sentence.text.split())
        if text:
            yield Statement(text, spans, block.kind, number, part, block.depth, block.marker)


def _of_row(article: Article, section: Section, number: int, block: Block) -> Statement:
    """ "Starter – Price: $9; Seats: 3" for a row, so that it can be read without its table."""
    first, *others = [cell for cell in block.cells if cell.text.strip()] or [block.cells[0]]
    header = _header(article, section, number, [cell.column for cell in others if cell.column])
    said = "; ".join(
        f"{cell.column}: {cell.text}" if header and cell.column else cell.text for cell in others
    )
    text = " ".join((f"{first.text} – {said}" if said else first.text).split())
    spans = ((block.start, block.end), header) if header else ((block.start, block.end),)
    return Statement(text, spans, block.kind, number, 0, block.depth)


def _header(
    article: Article, section: Section, number: int, columns: Sequence[str]
) -> tuple[int, int] | None:
    """From the first to the last of a table's headers, which stand right above its first row."""
    first = number
    while first > 0 and section.blocks[first - 1].kind is BlockKind.TABLE_ROW:
        first -= 1
    start = end = section.blocks[first].start
    bounds = []
    for column in reversed(columns):
        start = article.text.rfind(column, 0, start)
        if start < 0:
            return None
        bounds.append((start, start + len(column)))
    if not bounds or end - bounds[-1][0] > _LONGEST_HEADER:
        return None
    return bounds[-1][0], bounds[0][1]
