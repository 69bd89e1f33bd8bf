"""PDF files to a plain HTML page: headings by size, paragraphs and lists put together again."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfparser import PDFParser, PDFSyntaxError
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from kb.errors import Permanent

_BULLET = re.compile(r"(?:[•●▪◦‣·\uf0b7]|[-–*](?=\s))\s*")
_NUMBER = re.compile(r"(\d{1,2}[.)]|[a-z][.)])\s+")
_HEADING_RATIO = 1.12
"""A line this much larger than the body is a heading; fonts of one text differ by less."""

_EDGE = 0.1
"""Share of the page's height at the top and bottom where running headers and footers stand."""

_CELL_CHARS = 40
"""Longest mean cell of a table; a line of a text column has 45 characters and more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from the lower left; `y` is its baseline's box bottom."""

    page: int
    text: str
    x: float
    y: float
    right: float
    height: float
    size: float
    bold: bool
    edge: bool


def to_html(data: bytes) -> str:
    """The document as a page. Raises `Permanent` when it is broken, locked or has no text."""
    try:
        title = _title(data)
        lines = [line for number, page in enumerate(_pages(data)) for line in _lines(page, number)]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise Permanent("the PDF is protected by a password") from None
    except (
        PSException,
        PDFSyntaxError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AssertionError,
        AttributeError,
        RecursionError,
        OverflowError,
        OSError,
    ) as error:
        reason = str(error) or type(error).__name__
        raise Permanent(f"not a readable PDF: {reason}") from None
    lines = _without_running(lines)
    if not any(any(map(str.isalpha, line.text)) for line in lines):
        raise Permanent("the PDF has no text; a scan must be recognised (OCR) first")
    body = "".join(_markup(lines))
    return f"<html><head><title>{escape(title)}</title></head><body>{body}</body></html>"


def _title(data: bytes) -> str:
    for info in PDFDocument(PDFParser(io.BytesIO(data))).info:
        value = info.get("Title")
        if isinstance(value, bytes):
            title = decode_text(value).strip()
            return "" if title.lower().startswith(("microsoft word", "untitled")) else title
    return ""


def _pages(data: bytes) -> Iterator[LTPage]:
    yield from extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=0.5))


def _lines(page: LTPage, number: int) -> Iterator[Line]:
    for box in page:
        if isinstance(box, LTTextContainer):
            for item in box:
                line = _line(item, page, number) if isinstance(item, LTTextLine) else None
                if line:
                    yield line


def _line(item: LTTextLine, page: LTPage, number: int) -> Line | None:
    chars = [char for char in item if isinstance(char, LTChar) and char.get_text().strip()]
    text = " ".join(item.get_text().split())
    if not chars or not text:
        return None
    size = Counter(round(char.size * 2) / 2 for char in chars).most_common(1)[0][0]
    bold = sum("bold" in char.fontname.lower() for char in chars) > len(chars) * 0.8
    edge = item.y0 > page.height * (1 - _EDGE) or item.y1 < page.height * _EDGE
    return Line(number, text, item.x0, item.y0, item.x1, item.height, size, bold, edge)


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """Without headers and footers: edge lines that repeat on other pages, and page numbers."""
    pages = {line.page for line in lines}
    seen = Counter(
        key for _, key in {(line.page, _running_key(line)) for line in lines if line.edge}
    )
    needed = max(2, len(pages) / 2)
    return [
        line
        for line in lines
        if not line.edge
        or not (
            seen[_running_key(line)] >= needed
            or re.fullmatch(r"(?i)(?:page )?\W*\d+(?:\W+|\s+of\s+)?\d*\W*", line.text)
        )
    ]


def _running_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _markup(lines: Sequence[Line]) -> Iterator[str]:
    body = Counter[float]()
    for line in lines:
        body[line.size] += len(line.text)
    normal = body.most_common(1)[0][0]
    sizes = sorted(
        {line.size for line in lines if line.size > normal * _HEADING_RATIO}, reverse=True
    )
    compounds = set(re.findall(r"[a-z]+-[a-z]+", " ".join(line.text for line in lines).lower()))
    for group in _groups(_with_tables(lines), normal):
        if isinstance(group, list):
            yield _paragraph(group, sizes, normal, compounds)
        else:
            yield _table(group.rows)


@dataclass(frozen=True, slots=True)
class _Table:
    rows: tuple[tuple[str, ...], ...]


def _with_tables(lines: Sequence[Line]) -> Iterator[Line | _Table]:
    """Lines in reading order; a run of aligned rows stands as a table where its first line did."""
    tables = {}
    rows = _rows(lines)
    index = 0
    while index < len(rows):
        last = index
        while last < len(rows) and _aligned(rows[index], rows[last]):
            last += 1
        if last - index >= 2:
            table = _Table(tuple(tuple(cell.text for cell in row) for row in rows[index:last]))
            tables.update({line: table for row in rows[index:last] for line in row})
        index = max(last, index + 1)
    written: set[int] = set()
    for line in lines:
        found = tables.get(line)
        if found is None:
            yield line
        elif id(found) not in written:
            written.add(id(found))
            yield found


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside each other, from left to right, in the order of the pages."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, -round(line.y), line.x)):
        last = rows[-1][-1] if rows else None
        if last and last.page == line.page and abs(last.y - line.y) < line.height / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _aligned(first: Sequence[Line], row: Sequence[Line]) -> bool:
    """Rows of one table: as many short cells, each beginning where the first row's begins.
    Columns of running text have long ones."""
    return (
        len(first) > 1
        and sum(len(cell.text) for cell in row) <= _CELL_CHARS * len(row)
        and len(row) == len(first)
        and row[0].page == first[0].page
        and all(abs(left.x - right.x) < 6 for left, right in zip(first, row, strict=True))
        and all(cell.right <= after.x for cell, after in pairwise(row))
    )


def _groups(items: Iterable[Line | _Table], normal: float) -> Iterator[list[Line] | _Table]:
    group: list[Line] = []
    for item in items:
        if isinstance(item, _Table):
            if group:
                yield group
            group = []
            yield item
        elif group and _continues(group, item, normal):
            group.append(item)
        else:
            if group:
                yield group
            group = [item]
    if group:
        yield group


def _continues(group: Sequence[Line], line: Line, normal: float) -> bool:
    last = group[-1]
    if line.size != last.size or line.bold != last.bold or _starts_item(line.text):
        return False
    if line.page != last.page:
        return not last.text.endswith((".", "!", "?", ":")) and line.size <= normal * _HEADING_RATIO
    return 0 < last.y - line.y < 1.7 * max(line.height, last.height)


def _starts_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _paragraph(
    group: Sequence[Line], sizes: Sequence[float], normal: float, compounds: set[str]
) -> str:
    text = _join([line.text for line in group], compounds)
    first = group[0]
    if first.size in sizes and len(text) < 200:
        level = min(sizes.index(first.size) + 1, 6)
        return f"<h{level}>{escape(text)}</h{level}>"
    number = _NUMBER.match(text)
    if number:
        return f'<ol><li data-marker="{number[1]}">{escape(text[number.end() :])}</li></ol>'
    bullet = _BULLET.match(text)
    if bullet:
        return f"<ul><li>{escape(text[bullet.end() :])}</li></ul>"
    if first.bold and len(text) < 90 and text[-1] not in ".:;,!" and first.size >= normal:
        level = min(len(sizes) + 1, 6)
        return f"<h{level}>{escape(text)}</h{level}>"
    return f"<p>{escape(text)}</p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:]
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _join(texts: Sequence[str], compounds: set[str]) -> str:
    """Lines to one text; a word that was broken at a line's end is whole again."""
    joined = texts[0]
    for text in texts[1:]:
        broken = re.search(r"([A-Za-z]+)[-\u00ad]$", joined)
        following = re.match(r"[a-z]+", text)
        if broken and following:
            compound = f"{broken[1]}-{following.group()}".lower()
            joined = joined if compound in compounds else joined[:-1]
            joined += text
        else:
            joined += " " + text
    return joined
