"""Scores by slice as bars: positions for the template, which writes the SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.gate.comparison import Row
from eval.gate.slices import DIMENSIONS, Slice, slices
from eval.gate.verdict import Rule
from eval.interval import Interval

# A slice of fewer cases says too little to be drawn.
_LEAST = 3
_MOST = 8


@dataclass(frozen=True, slots=True)
class Panel:
    """One dimension: the lowest slices of all `known` ones."""

    dimension: str
    shown: tuple[Slice, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Chart:
    """One metric by slice. `floor` is None where it has none."""

    metric: str
    mean: float
    interval: Interval | None
    n: int
    floor: float | None
    panels: tuple[Panel, ...]


def charts(rows: Sequence[Row], rules: Sequence[Rule], first: str) -> list[Chart]:
    """A chart for each metric that not every case has in full, `first` first, then in the order
    of the rules. Slices of fewer than three cases are left out."""
    scored = {
        rule.metric: rule
        for rule in rules
        if rule.score is not None and any(rule.metric in row["scores"] for row in rows)
    }
    order = sorted(scored, key=lambda name: name != first)
    drawn = (_chart(rows, scored[name]) for name in order if _varies(rows, name))
    return [chart for chart in drawn if chart.panels]


def _varies(rows: Sequence[Row], metric: str) -> bool:
    values = {row["scores"].get(metric) for row in rows} - {None}
    return bool(values - {1.0})


def _chart(rows: Sequence[Row], rule: Rule) -> Chart:
    found = slices(rows, rule.metric, _LEAST)
    panels = []
    for dimension in DIMENSIONS:
        same = [item for item in found if item.dimension == dimension]
        if len(same) > 1:
            panels.append(Panel(dimension, tuple(same[:_MOST]), len(same)))
    return Chart(
        rule.metric, rule.score or 0.0, rule.interval, rule.n, rule.threshold, tuple(panels)
    )
