"""Tables to rows whose cells know their column and row."""

import re
from collections.abc import Iterator, Sequence

from kb.parse.drafts import Draft, row
from kb.parse.plain import Plain
from kb.types import Cell

_CELL = re.compile(r"<(?P<close>/?)(?P<name>tr|td|th|table)\b[^<>]*>", re.IGNORECASE)


def rows(header: Sequence[str], body: Sequence[Sequence[Plain]]) -> Iterator[Draft]:
    """One draft per row of `body` that says anything. The row header is its first cell."""
    for cells in body:
        shown = [cell for cell in cells if cell.text]
        if not shown:
            continue
        name = cells[0].text
        made = [
            Cell(
                cell.start,
                cell.end,
                cell.text,
                column=header[index] if index < len(header) else "",
                row=name if index else "",
            )
            for index, cell in enumerate(cells)
            if cell.text
        ]
        yield row(made, shown[0].start, shown[-1].end)


def html_rows(source: str, start: int, end: int) -> list[tuple[bool, list[tuple[int, int]]]]:
    """Rows of the HTML table at `source[start:end]`: whether all cells are headers, and the
    source spans of the cells."""
    found: list[tuple[bool, list[tuple[int, int]]]] = []
    opened: int | None = None
    for match in _CELL.finditer(source, start, end):
        name = match["name"].lower()
        if opened is not None:
            found[-1][1].append((opened, match.start()))
            opened = None
        if not match["close"] and name == "tr":
            found.append((True, []))
        elif not match["close"] and name in ("td", "th"):
            if not found:
                found.append((True, []))
            if name == "td":
                found[-1] = (False, found[-1][1])
            opened = match.end()
    return [(header, cells) for header, cells in found if cells]
