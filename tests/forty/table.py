"""The table of what was tried."""

from collections.abc import Sequence

from tests.forty.change import Judged

_HEAD = ("no", "change", "expected", "verdict", "through", "by", "cases named", "right", "s")
_SHOWN = 3


def render(tried: Sequence[Judged]) -> str:
    """A line each, in order, and how many came out as expected."""
    rows = [_HEAD, *map(_row, tried)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", _sum(tried)])


def _row(item: Judged) -> tuple[str, ...]:
    verdict = "refused" if item.refused else "passed"
    return (
        item.change.number,
        f"{item.change.name}: {item.way.told}",
        "refused" if item.change.refused else "passed",
        verdict if item.as_expected else f"{verdict} (!)",
        item.how,
        ", ".join(item.rules) or "–",
        _named(item),
        "–" if not item.refused else "yes" if item.right else "no",
        f"{item.seconds:.1f}",
    )


def _named(item: Judged) -> str:
    """The first few of those that are named rightly, and of how many."""
    if not item.named:
        return "–"
    shown = (item.rightly or item.named)[:_SHOWN]
    more = len(item.named) - len(shown)
    return ", ".join(shown) + (f" +{more}" if more > 0 else "")


def _sum(tried: Sequence[Judged]) -> str:
    bad = [item for item in tried if item.change.refused]
    good = [item for item in tried if not item.change.refused]
    caught = sum(item.refused and item.right for item in bad)
    passed = sum(not item.refused for item in good)
    return (
        f"{caught} of {len(bad)} changes for the worse refused with the right cases named, "
        f"{passed} of {len(good)} harmless changes passed."
    )
