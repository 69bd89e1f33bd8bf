"""The flowchart: every step once, nothing on top of anything else, readable to machines."""

from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from agent.procedure import End, Procedure
from agent.procedures.boxes import CHAR, boxes_of
from agent.procedures.compile import compile_procedure
from agent.procedures.drawing import draw
from agent.procedures.layout import arrange
from agent.procedures.routing import Drawing, route_all
from tests.agent.procedures.shop import KNOWN, procedure
from tests.agent.procedures.trades.actions import SPECS

FILES = sorted((Path(__file__).parent / "trades").glob("*.md"))
SVG = "{http://www.w3.org/2000/svg}"


def trade(file: Path) -> Procedure:
    found, _ = compile_procedure(file.stem, file.read_text(encoding="utf-8"), SPECS)
    assert found is not None
    return found


def placed(found: Procedure) -> tuple[Drawing, list[tuple[float, float, float, float]]]:
    """The drawing, and each box as left, top, right, bottom."""
    boxes, arrows = boxes_of(found)
    successors = {name: [item.target for item in arrows if item.source == name] for name in boxes}
    layout = arrange(successors, found.start, {name: box.width for name, box in boxes.items()})
    drawing = route_all(boxes, arrows, layout)
    return drawing, [
        (
            drawing.x[name] - box.width / 2,
            drawing.top[name],
            drawing.x[name] + box.width / 2,
            drawing.top[name] + box.height,
        )
        for name, box in boxes.items()
    ]


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_box_label_or_line_lies_on_a_box(file: Path) -> None:
    drawing, boxes = placed(trade(file))
    labels = [(x, y - 10, x + len(text) * CHAR, y + 2) for text, (x, y) in drawing.labels]
    lines = [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for _, points in drawing.lines
        for a, b in pairwise(points)
    ]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    assert not [(a, b) for a in labels for b in boxes if overlap(a, b)]
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    inner = [(a + 1, b + 1, c - 1, d - 1) for a, b, c, d in boxes]
    assert not [(a, b) for a in lines for b in inner if overlap(a, b)]
    assert all(box[0] >= 0 and box[2] <= drawing.width for box in boxes)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_lines_going_down_in_the_same_place_lead_to_the_same_box(file: Path) -> None:
    drawing, _ = placed(trade(file))
    uprights = [
        (arrow.target, a[0], min(a[1], b[1]), max(a[1], b[1]))
        for arrow, points in drawing.lines
        for a, b in pairwise(points)
        if a[0] == b[0]
    ]
    for (first, x, top, bottom), (second, other, above, below) in combinations(uprights, 2):
        if first != second and abs(x - other) < 1:
            assert min(bottom, below) - max(top, above) <= 0.1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_step_is_drawn_once_and_told_to_screen_readers(file: Path) -> None:
    found = trade(file)
    root = ElementTree.fromstring(draw(found))
    names = [item.text for item in root.iter(f"{SVG}text") if item.get("class") == "id"]
    for name, step in found.steps.items():
        assert names.count(name) == (0 if isinstance(step, End) else 1)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == found.title
    assert all(name in (root.findtext(f"{SVG}desc") or "") for name in found.steps)


def test_what_operators_write_can_not_break_out_of_the_drawing() -> None:
    found = procedure(f'{KNOWN}7. Tell the customer "<script>alert(1)</script> & ]]>".\n')
    svg = draw(found)
    assert "<script" not in svg
    ElementTree.fromstring(svg)
