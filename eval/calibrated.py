"""A calibration told to people and to programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from eval.calibration import Calibrated, Point
from eval.interval import mean_interval

_HEADER = (
    "threshold",
    "answered",
    "no answer due",
    "other article",
    "handed over",
    "of these due",
    "of all due",
)
_HALF_STEP = 0.0251


def to_json(calibrated: Calibrated) -> dict[str, Any]:
    """The calibration, why, the points in counts, and what to mind."""
    return {
        "calibration": calibrated.calibration.model_dump(),
        "why": list(calibrated.why),
        "points": [asdict(point) for point in calibrated.points],
        "warnings": list(calibrated.warnings),
    }


def render_text(calibrated: Calibrated) -> str:
    """The table of thresholds with 95 % intervals, what was chosen, and why."""
    return "\n".join(_lines(calibrated))


def _lines(calibrated: Calibrated) -> Iterator[str]:
    chosen = calibrated.calibration
    made = chosen.made
    yield (
        f"{made['cases']} cases, {made['handoffs_due']} of them due a person. With one threshold "
        "for all, cross-validated:"
    )
    rows = [_HEADER, *(_row(point, chosen.answer, chosen.clarify) for point in calibrated.points)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  " + "  ".join(cell.rjust(width) for cell, width in cells)
    yield ""
    for why in calibrated.why:
        yield f"It {why}."
    yield (
        f"Chance = 1 / (1 + exp(-({chosen.slope:g} x + {chosen.intercept:g}))), "
        "x being the log-odds of the shipped model."
    )


def _row(point: Point, answer: float, clarify: float) -> tuple[str, ...]:
    mark = "*" if any(abs(point.threshold - it) < _HALF_STEP for it in (answer, clarify)) else ""
    return (
        f"{mark}{point.threshold:.2f}",
        _share(point.answered, point.cases),
        _share(point.wrong, point.answered),
        str(point.elsewhere),
        str(point.handed),
        _share(point.rightly, point.handed),
        _share(point.rightly, point.due),
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return "–"
    low, high = mean_interval([1.0] * part + [0.0] * (whole - part), [1.0] * whole)
    return f"{part}/{whole} {part / whole:.2f} ({low:.2f}–{high:.2f})"
