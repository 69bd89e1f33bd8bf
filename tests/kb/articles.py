"""Articles for tests, built from simple Markdown without the parser."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256

from kb.types import Article, Block, BlockKind, Cell, Section, Sentence

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"^\s*([-*]|\d+[.)])\s+(.*)$")
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*")
_MARKUP = re.compile(r"\*\*|`|\[(?P<text>[^\]]*)\]\([^)]*\)")


def article(
    path: str,
    text: str,
    *,
    title: str | None = None,
    product: tuple[str, ...] = (),
    owner: str = "",
    updated: date | None = None,
    reviewed: date | None = None,
) -> Article:
    """An article of headings, paragraphs, list items and pipe tables; a paragraph is one line."""
    return Article(
        id=f"test:{path}",
        source="test",
        path=path,
        title=path.rsplit("/", 1)[-1].rsplit(".", 1)[0] if title is None else title,
        text=text,
        sections=tuple(_sections(text)),
        content_hash=sha256(text.encode()).hexdigest(),
        owner=owner,
        product=product,
        updated_at=datetime(updated.year, updated.month, updated.day, tzinfo=UTC)
        if updated
        else None,
        reviewed_on=reviewed,
    )


def _sections(text: str) -> list[Section]:
    sections: list[Section] = []
    trail: list[tuple[int, str]] = []
    blocks: list[Block] = []
    header: list[str] = []
    start = offset = 0

    def close(end: int) -> None:
        path = tuple(name for _, name in trail)
        anchor = path[-1].lower().replace(" ", "-") if path else ""
        level = trail[-1][0] if trail else 0
        sections.append(Section(path, anchor, level, start, end, tuple(blocks)))

    for line in text.splitlines(keepends=True):
        body = line.rstrip("\n")
        heading = _HEADING.match(body)
        if heading:
            close(offset)
            start, blocks = offset, []
            level = len(heading[1])
            trail = [item for item in trail if item[0] < level] + [(level, heading[2])]
            blocks.append(_block(BlockKind.HEADING, body, offset + heading.start(2), heading[2]))
        elif body.startswith("|"):
            cells = [cell.strip() for cell in body.strip().strip("|").split("|")]
            if not header:
                header = cells
            elif not set("".join(cells)) <= set("-: "):
                blocks.append(_row(body, offset, header))
        elif body.strip():
            item = _ITEM.match(body)
            kind = BlockKind.PARAGRAPH
            if item:
                kind = BlockKind.STEP if item[1][0].isdigit() else BlockKind.LIST_ITEM
            begin = item.start(2) if item else 0
            blocks.append(_block(kind, body, offset + begin, body[begin:]))
        if not body.startswith("|"):
            header = []
        offset += len(line)
    close(offset)
    return sections


def _block(kind: BlockKind, line: str, start: int, body: str) -> Block:
    end = start + len(body)
    found = [Sentence(start, end, _plain(body))]
    if kind is not BlockKind.HEADING:
        found = []
        for match in _SENTENCE.finditer(body):
            piece = match[0].rstrip()
            if piece:
                at = start + match.start()
                found.append(Sentence(at, at + len(piece), _plain(piece)))
    marker = line.split()[0] if kind in (BlockKind.STEP, BlockKind.LIST_ITEM) else ""
    return Block(kind, start, end, _plain(body), tuple(found), marker=marker)


def _row(line: str, offset: int, header: list[str]) -> Block:
    cells: list[Cell] = []
    at = line.index("|") + 1
    for column, piece in zip(header, line[at:].rstrip("|").split("|"), strict=True):
        body = piece.strip()
        start = offset + at + (len(piece) - len(piece.lstrip()) if body else 0)
        row = cells[0].text if cells else ""
        cells.append(Cell(start, start + len(body), _plain(body), column=column, row=row))
        at += len(piece) + 1
    end = offset + len(line)
    sentence = Sentence(offset, end, " | ".join(cell.text for cell in cells))
    return Block(BlockKind.TABLE_ROW, offset, end, sentence.text, (sentence,), cells=tuple(cells))


def _plain(source: str) -> str:
    return _MARKUP.sub(lambda m: m["text"] or "", source)
