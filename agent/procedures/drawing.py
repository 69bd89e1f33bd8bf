"""A compiled procedure as a flowchart: SVG that a browser shows and a screen reader reads."""

from html import escape

from agent.procedure import Procedure
from agent.procedures.boxes import LINE, Box, boxes_of
from agent.procedures.layout import arrange
from agent.procedures.outline import outline
from agent.procedures.routing import Drawing, Point, route_all

# Fill, border, and what a kind of step is called in the legend. Text is #1b1f24 on all of them:
# a contrast of at least 12 to 1.
_KINDS = {
    "ask": ("#e3f0ff", "#3a78c2", "asks the customer"),
    "confirm": ("#fff0cf", "#c08a1e", "needs a yes or no"),
    "call": ("#e6f6e8", "#3f9150", "calls an action"),
    "check": ("#f2ebff", "#7d5bc0", "decides"),
    "tell": ("#f4f5f7", "#7b8591", "tells the customer"),
    "person": ("#ffe6e3", "#c2503f", "a person takes over"),
    "end": ("#e4e7eb", "#4d5661", "the end"),
}
_STYLE = (
    "text{font:13px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b1f24}"
    ".id{font-size:11px;font-weight:700;fill:#4d5661}.name{font-size:18px;font-weight:600}"
    ".label{font-size:12px;font-weight:600;fill:#333b45;paint-order:stroke;stroke:#fff;"
    "stroke-width:4px;stroke-linejoin:round}"
    ".line{fill:none;stroke:#5b6672;stroke-width:1.5;stroke-linejoin:round}"
)
_HEAD = 74.0
_LEGEND = 150.0


def draw(procedure: Procedure) -> str:
    """The SVG document. Its description holds every step in words."""
    boxes, arrows = boxes_of(procedure)
    successors: dict[str, list[str]] = {name: [] for name in boxes}
    for arrow in arrows:
        successors[arrow.source].append(arrow.target)
    widths = {name: box.width for name, box in boxes.items()}
    layout = arrange(successors, procedure.start, widths)
    placed = {name: box for name, box in boxes.items() if name in layout.x}
    kept = [item for item in arrows if item.source in placed]
    drawing = route_all(placed, kept, layout)
    kinds = [kind for kind in _KINDS if any(box.kind == kind for box in placed.values())]
    width = max(drawing.width, len(kinds) * _LEGEND + 48, len(procedure.title) * 10 + 48)
    height = drawing.height + _HEAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{_text(procedure.title)}</title>',
        f'<desc id="desc">{_text(" · ".join(outline(procedure)))}</desc>',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#5b6672"/></marker></defs>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
        f'<text class="name" x="24" y="32">{_text(procedure.title)}</text>',
        *_legend(kinds),
        f'<g transform="translate(0 {_HEAD:.0f})">',
        *(_line(points) for _, points in drawing.lines),
        *(_box(box, drawing) for box in placed.values()),
        *(_label(label, at) for label, at in drawing.labels),
        "</g></svg>",
    ]
    return "\n".join(parts)


def _legend(kinds: list[str]) -> list[str]:
    parts = []
    for place, kind in enumerate(kinds):
        fill, border, name = _KINDS[kind]
        x = 24 + place * _LEGEND
        parts.append(
            f'<rect x="{x:.0f}" y="46" width="14" height="14" rx="3" fill="{fill}" '
            f'stroke="{border}"/><text class="id" x="{x + 20:.0f}" y="57">{name}</text>'
        )
    return parts


def _box(box: Box, drawing: Drawing) -> str:
    fill, border, _ = _KINDS[box.kind]
    left = drawing.x[box.id] - box.width / 2
    top = drawing.top[box.id]
    paint = f'fill="{fill}" stroke="{border}" stroke-width="1.5"'
    shape = (
        f'<path d="{_hexagon(left, top, box)}" {paint}/>'
        if box.kind == "check"
        else f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="{15 if box.kind == "end" else 6}" {paint}/>'
    )
    middle = drawing.x[box.id]
    if box.kind == "end":
        return f"<g>{shape}{_centred('End', middle, top + 20)}</g>"
    lines = "".join(
        _centred(line, middle, top + 31 + row * LINE) for row, line in enumerate(box.lines)
    )
    name = _centred(box.step, middle, top + 14, ' class="id"')
    return f"<g><title>{_text(box.full)}</title>{shape}{name}{lines}</g>"


def _centred(text: str, x: float, y: float, more: str = "") -> str:
    return f'<text{more} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{_text(text)}</text>'


def _hexagon(left: float, top: float, box: Box) -> str:
    right, bottom, middle = left + box.width, top + box.height, top + box.height / 2
    return (
        f"M{left + 16:.1f} {top:.1f}L{right - 16:.1f} {top:.1f}L{right:.1f} {middle:.1f}"
        f"L{right - 16:.1f} {bottom:.1f}L{left + 16:.1f} {bottom:.1f}L{left:.1f} {middle:.1f}z"
    )


def _line(points: list[Point]) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path class="line" d="M{path}" marker-end="url(#head)"/>'


def _label(label: str, at: Point) -> str:
    return f'<text class="label" x="{at[0]:.1f}" y="{at[1]:.1f}">{_text(label)}</text>'


def _text(text: str) -> str:
    return escape("".join(mark for mark in text if mark.isprintable()))
