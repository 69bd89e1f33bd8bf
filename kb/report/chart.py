"""The findings over time as a drawing: positions for the template, which writes the SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.report.timeline import Period

WIDTH, HEIGHT = 360, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 8, 10, 24
_MOST_LABELS = 6
_STEPS = (1, 2, 3, 4, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `kind` is new or fixed."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place; `line` tells of a label of the vertical axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for what came and what was fixed, a line for what was open; `periods` is the same as a
    table."""

    bars: tuple[Bar, ...]
    points: tuple[tuple[float, float], ...]
    across: tuple[Label, ...]
    up: tuple[Label, ...]
    periods: tuple[Period, ...]
    summary: str

    @property
    def line(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


def chart(periods: Sequence[Period]) -> Chart | None:
    """None for fewer than two periods: there is nothing to compare."""
    if len(periods) < 2:
        return None
    top = _ceiling(max(max(p.open, p.new, p.fixed) for p in periods))
    band = (WIDTH - _LEFT - _RIGHT) / len(periods)
    bars, points = [], []
    for number, period in enumerate(periods):
        left = _LEFT + number * band
        width = min(14.0, band * 0.36)
        middle = left + band / 2
        for x, count, kind in (
            (middle - width - 0.5, period.new, "new"),
            (middle + 0.5, period.fixed, "fixed"),
        ):
            if count:
                y = _y(count, top)
                bars.append(Bar(_r(x), y, _r(width), _r(_y(0, top) - y), kind))
        points.append((_r(middle), _y(period.open, top)))
    return Chart(
        tuple(bars), tuple(points), _across(periods, band), _up(top), tuple(periods), _told(periods)
    )


def _told(periods: Sequence[Period]) -> str:
    first, last = periods[0], periods[-1]
    new, fixed = sum(p.new for p in periods), sum(p.fixed for p in periods)
    return (
        f"Open findings: {first.open} in the period from {first.label}, {last.open} in the one "
        f"from {last.label}. In between {new} came and {fixed} were fixed."
    )


def _across(periods: Sequence[Period], band: float) -> tuple[Label, ...]:
    every = -(-len(periods) // _MOST_LABELS)
    return tuple(
        Label(_r(_LEFT + number * band + band / 2), HEIGHT - 8, period.label)
        for number, period in enumerate(periods)
        if (len(periods) - 1 - number) % every == 0
    )


def _up(top: int) -> tuple[Label, ...]:
    half = (top // 2,) if top % 2 == 0 else ()
    return tuple(Label(_LEFT - 5, _y(count, top), str(count)) for count in (0, *half, top))


def _ceiling(count: int) -> int:
    """The next round number."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= count:
                return step * scale
        scale *= 10


def _y(count: int, top: int) -> float:
    return _r(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - count / top))


def _r(number: float) -> float:
    return round(number, 1)
