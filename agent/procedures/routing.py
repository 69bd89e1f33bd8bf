"""The lines between boxes: down through the gaps of the layers, and around for what leads up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.procedures.boxes import CHAR, PORT, Arrow, Box
from agent.procedures.layout import Layout

Point = tuple[float, float]
_STUB = 24.0
"""Room below a box for the labels of its arrows."""
_LANE = 11.0
_APPROACH = 16.0
"""Room above a box for the heads of arrows."""
_MARGIN = 24.0


@dataclass(slots=True)
class Drawing:
    """Everything with its place. `top` is each box's upper edge; `lines` the corners of each
    arrow; `labels` the left end of each arrow's label."""

    width: float = 0.0
    height: float = 0.0
    x: dict[str, float] = field(default_factory=dict)
    top: dict[str, float] = field(default_factory=dict)
    lines: list[tuple[Arrow, list[Point]]] = field(default_factory=list)
    labels: list[tuple[str, Point]] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """A piece of an arrow through one gap: from `start` along a lane to `end`."""

    arrow: Arrow
    start: float
    end: float
    target: str
    lane: int = 0


def route_all(boxes: Mapping[str, Box], arrows: Sequence[Arrow], layout: Layout) -> Drawing:
    """No line passes through a box: all that is level runs in the gaps between layers."""
    drawing = Drawing()
    right = max(layout.x[name] + box.width / 2 for name, box in boxes.items() if name in layout.x)
    back = [item for item in arrows if (item.source, item.target) in layout.back]
    ports = _ports(boxes, arrows, layout)
    channels = _channels(back, layout, right)
    gaps: list[list[_Run]] = [[] for _ in range(len(layout.layers) + 1)]
    runs = {id(item): _runs(item, ports, channels, layout, gaps) for item in arrows}
    for gap in gaps:
        _lanes(gap)
    tops, starts = _heights(boxes, layout, gaps)
    for name in boxes:
        if name in layout.x:
            drawing.x[name] = layout.x[name] + _MARGIN
            drawing.top[name] = tops[layout.layer[name]]
    for item in arrows:
        box = boxes[item.source]
        bottom = drawing.top[item.source] + box.height
        points = _points(item, runs[id(item)], starts, bottom, drawing, layout, channels)
        drawing.lines.append((item, points))
        if item.label:
            drawing.labels.append((item.label, (points[0][0] + 5, bottom + 15)))
    widest = max((channel for channel in channels.values()), default=right)
    ends = [point[0] + len(label) * CHAR for label, point in drawing.labels]
    drawing.width = max([widest + 2 * _MARGIN, right + 2 * _MARGIN, *(end + 10 for end in ends)])
    drawing.height = max(drawing.top[name] + boxes[name].height for name in drawing.top) + _MARGIN
    return drawing


def _ports(boxes: Mapping[str, Box], arrows: Sequence[Arrow], layout: Layout) -> dict[int, float]:
    """Where each arrow leaves its box: the main one in the middle, the others beside it in the
    order of where they go, with room for their labels."""
    ports: dict[int, float] = {}
    for name in boxes:
        mine = [item for item in arrows if item.source == name]
        mine.sort(key=lambda item: _heading(item, layout))
        if not mine:
            continue
        middle = next((n for n, item in enumerate(mine) if item.target == layout.main.get(name)), 0)
        ports[id(mine[middle])] = at = layout.x[name]
        for before, item in zip(mine[middle:], mine[middle + 1 :], strict=False):
            at += len(before.label) * CHAR + PORT
            ports[id(item)] = at
        at = layout.x[name]
        for item in reversed(mine[:middle]):
            at -= len(item.label) * CHAR + PORT
            ports[id(item)] = at
    return ports


def _heading(item: Arrow, layout: Layout) -> float:
    """Where an arrow goes first; what leads up goes right."""
    if (item.source, item.target) in layout.back:
        return float("inf")
    return layout.x[layout.forward[item.source, item.target][1]]


def _channels(back: Sequence[Arrow], layout: Layout, right: float) -> dict[int, float]:
    """A vertical for each arrow that leads up, right of everything; long ones further out."""
    ordered = sorted(back, key=lambda item: layout.layer[item.source] - layout.layer[item.target])
    return {id(item): right + 26 + place * 16 for place, item in enumerate(ordered)}


def _runs(
    item: Arrow,
    ports: Mapping[int, float],
    channels: Mapping[int, float],
    layout: Layout,
    gaps: list[list[_Run]],
) -> list[_Run]:
    """The pieces of an arrow; gap n lies above layer n."""
    start = ports[id(item)]
    made: list[_Run] = []
    if (channel := channels.get(id(item))) is not None:
        below = _Run(item, start, channel, item.source)
        above = _Run(item, channel, layout.x[item.target] + 18, item.target)
        gaps[layout.layer[item.source] + 1].append(below)
        gaps[layout.layer[item.target]].append(above)
        return [below, above]
    for station in layout.forward[item.source, item.target][1:]:
        run = _Run(item, start, layout.x[station], station)
        gaps[layout.layer[station]].append(run)
        made.append(run)
        start = layout.x[station]
    return made


def _lanes(gap: list[_Run]) -> None:
    """Level pieces that would lie on each other get lanes of their own, and one that starts above
    another's end runs above it: their uprights would lie on each other else."""
    level = [run for run in gap if abs(run.start - run.end) > 0.5]
    level.sort(key=lambda item: (min(item.start, item.end), abs(item.start - item.end)))
    waiting = list(level)
    busy: list[list[_Run]] = []
    while waiting:
        free = [run for run in waiting if not any(_above(other, run) for other in waiting)]
        run = (free or waiting)[0]
        waiting.remove(run)
        least = max((other.lane + 1 for other in level if _above(other, run)), default=0)
        while least < len(busy) and any(_touch(run, other) for other in busy[least]):
            least += 1
        busy += [[] for _ in range(least + 1 - len(busy))]
        busy[least].append(run)
        run.lane = least


def _above(first: _Run, second: _Run) -> bool:
    return first is not second and abs(first.start - second.end) < 6


def _touch(first: _Run, second: _Run) -> bool:
    low, high = sorted((first.start, first.end))
    start, end = sorted((second.start, second.end))
    return low - 8 <= end and start <= high + 8


def _heights(
    boxes: Mapping[str, Box], layout: Layout, gaps: Sequence[Sequence[_Run]]
) -> tuple[list[float], list[float]]:
    """The upper edge of each layer, and where the lanes of each gap begin."""
    tops: list[float] = []
    starts: list[float] = []
    at = _MARGIN / 2
    for level, row in enumerate([*layout.layers, []]):
        lanes = max((run.lane for run in gaps[level]), default=0) + 1
        starts.append(at + (_STUB if level else 8))
        at = starts[-1] + lanes * _LANE + _APPROACH
        tops.append(at)
        at += max((boxes[name].height for name in row if name in boxes), default=0.0)
    return tops, starts


def _points(
    item: Arrow,
    runs: Sequence[_Run],
    starts: Sequence[float],
    bottom: float,
    drawing: Drawing,
    layout: Layout,
    channels: Mapping[int, float],
) -> list[Point]:
    """The corners of an arrow, from its box to the next, without those on a straight line."""
    points: list[Point] = [(runs[0].start + _MARGIN, bottom)]
    for run in runs:
        level = layout.layer[run.target]
        gap = level + 1 if run.target == item.source and id(item) in channels else level
        y = starts[gap] + run.lane * _LANE
        if abs(run.start - run.end) > 0.5:
            points += [(run.start + _MARGIN, y), (run.end + _MARGIN, y)]
    points.append((points[-1][0], drawing.top[item.target]))
    return points
