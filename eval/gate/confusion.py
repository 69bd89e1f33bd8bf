"""Which decisions were due, and which were made instead."""

from collections import Counter
from collections.abc import Sequence

from agent.types import Decision
from eval.gate.comparison import Row

CRASHED = "crashed"
_ORDER = (*(item.value for item in Decision), CRASHED)

Confusion = tuple[tuple[str, str, int], ...]
"""(expected, decided, number of cases), each pair once."""


def confusion(rows: Sequence[Row]) -> Confusion:
    """Every pair that occurs, in the order of `Decision`, expected before decided; a case without
    a turn was decided as `crashed`."""
    counts = Counter((row["expected"], row["decision"] or CRASHED) for row in rows)
    pairs = sorted(counts, key=lambda pair: (_ORDER.index(pair[0]), _ORDER.index(pair[1])))
    return tuple((expected, decided, counts[expected, decided]) for expected, decided in pairs)


def labels(found: Confusion) -> tuple[list[str], list[str]]:
    """The decisions that were due and those that were made, as rows and columns of a table; what
    was due stands among the columns too, so that the diagonal is there."""
    due = {expected for expected, _, _ in found}
    made = {decided for _, decided, _ in found} | due
    return [name for name in _ORDER if name in due], [name for name in _ORDER if name in made]
