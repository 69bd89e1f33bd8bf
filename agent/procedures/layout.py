"""Where the boxes of a flowchart stand: layers from top to bottom, few crossings, straight lines.

The layered drawing of Sugiyama, Tagawa and Toda (1981): backward edges set aside, layers by the
longest way, crossings lessened by barycentres, places by the weighted least squares that keep
each layer's order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

NodeId = str
Link = tuple[NodeId, NodeId]
GAP_X = 34.0
_SWEEPS = 12


@dataclass(slots=True)
class Layout:
    """`layers` hold boxes and, on long edges, the bends `A>B#2` between them, from left to right;
    `x` is the middle of each. `forward` gives each forward edge's stations from box to box;
    `back` are the edges that lead up; `main` is
    where the way from a box goes that has most behind it."""

    layers: list[list[NodeId]] = field(default_factory=list)
    x: dict[NodeId, float] = field(default_factory=dict)
    layer: dict[NodeId, int] = field(default_factory=dict)
    forward: dict[Link, list[NodeId]] = field(default_factory=dict)
    back: list[Link] = field(default_factory=list)
    main: dict[NodeId, NodeId] = field(default_factory=dict)


def arrange(
    successors: Mapping[NodeId, Sequence[NodeId]], start: NodeId, widths: Mapping[NodeId, float]
) -> Layout:
    """Places for all boxes that `start` leads to; the way with most behind it stands left."""
    layout = Layout()
    order = _depth_first(successors, start, layout)
    _layers(successors, order, layout)
    pairs = _bends(successors, order, layout)
    _lessen_crossings(layout, pairs)
    _place(layout, pairs, widths)
    return layout


def _depth_first(
    successors: Mapping[NodeId, Sequence[NodeId]], start: NodeId, layout: Layout
) -> list[NodeId]:
    """Boxes in an order in which each stands before what it leads to, backward edges apart."""
    weight = {name: _behind(successors, name) for name in successors}
    finished: list[NodeId] = []
    state = {start: 1}
    stack = [(start, iter(_heaviest(successors[start], weight)))]
    while stack:
        name, rest = stack[-1]
        to = next(rest, None)
        if to is None:
            state[name] = 2
            finished.append(name)
            stack.pop()
        elif to not in state:
            state[to] = 1
            stack.append((to, iter(_heaviest(successors[to], weight))))
        elif state[to] == 1 and (name, to) not in layout.back:
            layout.back.append((name, to))
    return finished[::-1]


def _heaviest(names: Sequence[NodeId], weight: Mapping[NodeId, int]) -> list[NodeId]:
    """Lightest first: what is finished last stands first in the order, and so leftmost."""
    return sorted(dict.fromkeys(names), key=lambda name: weight[name])


def _behind(successors: Mapping[NodeId, Sequence[NodeId]], start: NodeId) -> int:
    seen = {start}
    ahead = [start]
    while ahead:
        for to in successors[ahead.pop()]:
            if to not in seen:
                seen.add(to)
                ahead.append(to)
    return len(seen)


def _layers(
    successors: Mapping[NodeId, Sequence[NodeId]], order: Sequence[NodeId], layout: Layout
) -> None:
    back = set(layout.back)
    for name in order:
        layout.layer.setdefault(name, 0)
        for to in successors[name]:
            if (name, to) not in back:
                layout.layer[to] = max(layout.layer.get(to, 0), layout.layer[name] + 1)
    layout.layers = [[] for _ in range(max(layout.layer.values()) + 1)]
    for name in order:
        layout.layers[layout.layer[name]].append(name)


def _bends(
    successors: Mapping[NodeId, Sequence[NodeId]], order: Sequence[NodeId], layout: Layout
) -> list[tuple[NodeId, NodeId, float]]:
    """Pairs of neighbouring stations with how straight they should be."""
    back = set(layout.back)
    pairs: list[tuple[NodeId, NodeId, float]] = []
    for name in order:
        main = max(
            (to for to in successors[name] if (name, to) not in back),
            key=lambda to: _behind(successors, to),
            default=None,
        )
        if main is not None:
            layout.main[name] = main
        for to in dict.fromkeys(successors[name]):
            if (name, to) in back:
                continue
            stations = [name]
            for level in range(layout.layer[name] + 1, layout.layer[to]):
                bend = f"{name}>{to}#{level}"
                layout.layer[bend] = level
                layout.layers[level].append(bend)
                stations.append(bend)
            stations.append(to)
            layout.forward[name, to] = stations
            for upper, lower in pairwise(stations):
                long = is_bend(upper) or is_bend(lower)
                pairs.append((upper, lower, 6.0 if long else 24.0 if to == main else 0.5))
    return pairs


def is_bend(name: NodeId) -> bool:
    return "#" in name


def _lessen_crossings(layout: Layout, pairs: Sequence[tuple[NodeId, NodeId, float]]) -> None:
    above: dict[NodeId, list[NodeId]] = {}
    below: dict[NodeId, list[NodeId]] = {}
    for upper, lower, _ in pairs:
        below.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    best = [list(row) for row in layout.layers]
    fewest = _crossings(best, below)
    rows = [list(row) for row in best]
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        near = above if down else below
        sequence = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
        for level in sequence:
            fixed = rows[level - 1] if down else rows[level + 1]
            place = {name: index for index, name in enumerate(fixed)}
            rows[level] = _by_barycentre(rows[level], near, place)
        count = _crossings(rows, below)
        if count < fewest:
            fewest, best = count, [list(row) for row in rows]
    layout.layers = best


def _by_barycentre(
    row: list[NodeId], near: Mapping[NodeId, Sequence[NodeId]], place: Mapping[NodeId, int]
) -> list[NodeId]:
    def middle(index: int, name: NodeId) -> float:
        found = [place[other] for other in near.get(name, ()) if other in place]
        return sum(found) / len(found) if found else float(index)

    keyed = sorted((middle(index, name), index, name) for index, name in enumerate(row))
    return [name for _, _, name in keyed]


def _crossings(rows: Sequence[Sequence[NodeId]], below: Mapping[NodeId, Sequence[NodeId]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        place = {name: index for index, name in enumerate(lower)}
        ends = [sorted(place[to] for to in below.get(name, ()) if to in place) for name in upper]
        flat = [index for group in ends for index in group]
        total += sum(
            1 for i, first in enumerate(flat) for second in flat[i + 1 :] if second < first
        )
    return total


def _place(
    layout: Layout,
    pairs: Sequence[tuple[NodeId, NodeId, float]],
    widths: Mapping[NodeId, float],
) -> None:
    near: dict[NodeId, list[tuple[NodeId, float]]] = {}
    for upper, lower, weight in pairs:
        near.setdefault(upper, []).append((lower, weight))
        near.setdefault(lower, []).append((upper, weight))
    for row in layout.layers:
        at = 0.0
        for name in row:
            layout.x[name] = at + widths.get(name, 0) / 2
            at += widths.get(name, 0) + GAP_X
    for sweep in range(12 * _SWEEPS):
        rows = layout.layers if sweep % 2 == 0 else layout.layers[::-1]
        for row in rows:
            _settle(row, near, layout.x, widths)
    _straighten(layout, pairs, widths)
    left = min(layout.x[name] - widths.get(name, 0) / 2 for name in layout.x)
    for name in layout.x:
        layout.x[name] -= left


def _straighten(
    layout: Layout,
    pairs: Sequence[tuple[NodeId, NodeId, float]],
    widths: Mapping[NodeId, float],
) -> None:
    """From top to bottom: what goes on straight below stands exactly below, where there is room;
    the rest stays where it is."""
    above: dict[NodeId, list[tuple[NodeId, float]]] = {}
    for upper, lower, weight in pairs:
        if weight > 1 and (is_bend(upper) or layout.main.get(upper, lower) == lower):
            above.setdefault(lower, []).append((upper, weight * 100))
    for row in layout.layers:
        for name in row:
            own = f"{name} now"
            layout.x[own] = layout.x[name]
        near = {name: [above[name][0]] if name in above else [(f"{name} now", 1.0)] for name in row}
        _settle(row, near, layout.x, widths)
        for name in row:
            del layout.x[f"{name} now"]


def _settle(
    row: Sequence[NodeId],
    near: Mapping[NodeId, Sequence[tuple[NodeId, float]]],
    x: dict[NodeId, float],
    widths: Mapping[NodeId, float],
) -> None:
    """The places nearest to the middle of each one's neighbours that keep order and distance:
    isotonic regression by pooling adjacent violators."""
    offsets: list[float] = []
    for index, name in enumerate(row):
        before = row[index - 1] if index else name
        step = (widths.get(before, 0) + widths.get(name, 0)) / 2 + GAP_X if index else 0.0
        offsets.append((offsets[-1] if offsets else 0.0) + step)
    blocks: list[tuple[float, float, int]] = []
    for name, offset in zip(row, offsets, strict=True):
        weights = [weight for _, weight in near.get(name, ())]
        total = sum(weights) or 0.1
        wish = sum(x[other] * weight for other, weight in near.get(name, ())) / total
        blocks.append(((wish if weights else x[name]) - offset, total, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, weight, count = blocks.pop()
            earlier, heavier, number = blocks.pop()
            both = weight + heavier
            blocks.append(((value * weight + earlier * heavier) / both, both, count + number))
    settled = [value for value, _, count in blocks for _ in range(count)]
    for name, offset, value in zip(row, offsets, settled, strict=True):
        x[name] = value + offset
