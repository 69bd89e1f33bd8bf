"""The confusion matrix of decisions, ready for a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.gate.comparison import Row
from eval.gate.confusion import confusion, labels
from eval.page.filters import Filter

_SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """`shade` grows from 1 to 4 with the share of the row, 0 is empty; `codes` choose its cases
    in the filters."""

    count: int
    right: bool
    shade: int
    codes: str


@dataclass(frozen=True, slots=True)
class Line:
    """What was due, what was decided instead, and how many of all were right."""

    due: str
    cells: tuple[Cell, ...]
    total: int

    @property
    def right(self) -> int:
        return sum(cell.count for cell in self.cells if cell.right)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines are the decisions that were due, columns those that were made."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def matrix(rows: Sequence[Row], filters: Mapping[str, Filter]) -> Matrix:
    """Of all cases, crashes as a column of their own."""
    found = confusion(rows)
    counts = {(due, made): count for due, made, count in found}
    due, made = labels(found)
    lines = []
    for expected in due:
        total = sum(counts.get((expected, name), 0) for name in made)
        cells = (
            _cell(counts.get((expected, name), 0), total, expected, name, filters) for name in made
        )
        lines.append(Line(expected, tuple(cells), total))
    return Matrix(tuple(made), tuple(lines))


def _cell(count: int, total: int, expected: str, made: str, filters: Mapping[str, Filter]) -> Cell:
    shade = -(-_SHADES * count // total) if count else 0
    codes = [
        filters[name].code(label)
        for name, label in (("expected", expected), ("got", made))
        if name in filters
    ]
    return Cell(count, expected == made, shade, " ".join(filter(None, codes)))
