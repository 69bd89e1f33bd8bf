"""The boxes of a flowchart: what stands in them, and how large they are."""

from dataclasses import dataclass
from textwrap import wrap

from agent.procedure import (
    AnyStep,
    Ask,
    Call,
    Check,
    Confirm,
    End,
    HandOver,
    Procedure,
    StepId,
    Tell,
    Wait,
    edges,
)
from agent.procedures.outline import route, said

LINE = 17.0
CHAR = 6.9
"""Width of an average letter of 13 px in the usual sans-serif faces, on the safe side."""
PORT = 26.0
"""Room between two arrows that leave a box, beside the first one's label."""
_COLUMNS = 32
_MOST_LINES = 7


@dataclass(frozen=True, slots=True)
class Box:
    """`kind` decides colour and shape; `full` is everything it says."""

    id: str
    step: StepId
    kind: str
    lines: tuple[str, ...]
    full: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box to box."""

    source: str
    target: str
    label: str


def boxes_of(procedure: Procedure) -> tuple[dict[str, Box], list[Arrow]]:
    """A box a step, and one end for each way to the end, so that no arrow has to go far for it."""
    boxes: dict[str, Box] = {}
    arrows: list[Arrow] = []
    for name, step in procedure.steps.items():
        if isinstance(step, End) and name != procedure.start:
            continue
        labels = [route(label) for label, _ in edges(step)]
        boxes[name] = _box(name, step, labels)
        for label, to in _joined(step):
            target = to
            if isinstance(procedure.steps[to], End):
                target = f"{to} of {name}"
                boxes.setdefault(target, _box(target, procedure.steps[to], []))
            arrows.append(Arrow(name, target, label))
    return boxes, arrows


def _joined(step: AnyStep) -> list[tuple[str, StepId]]:
    """Ways to the same step as one, with all their labels; the only way needs none."""
    ways: dict[StepId, list[str]] = {}
    for label, to in edges(step):
        ways.setdefault(to, []).append("" if label == "done" else route(label))
    if len(ways) == 1 and not isinstance(step, Call):
        return [("", to) for to in ways]
    return [(", ".join(filter(None, labels)), to) for to, labels in ways.items()]


def _box(name: str, step: AnyStep, labels: list[str]) -> Box:
    text = said(step)
    lines = wrap(text, _COLUMNS, break_long_words=True, break_on_hyphens=False) or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][: _COLUMNS - 1] + "…"]
    kind = _KINDS[type(step)]
    if kind == "end":
        return Box(name, step.id, kind, ("End",), "End", 64, 30)
    text_width = max(len(line) for line in lines) * CHAR + (64 if kind == "check" else 30)
    ports = 2 * sum(len(label) * CHAR + PORT for label in labels) - PORT
    width = max(150.0, text_width, ports if len(labels) > 1 else 0)
    return Box(name, step.id, kind, tuple(lines), text, width, len(lines) * LINE + 32)


_KINDS: dict[type[AnyStep], str] = {
    Ask: "ask",
    Wait: "ask",
    Confirm: "confirm",
    Call: "call",
    Check: "check",
    Tell: "tell",
    HandOver: "person",
    End: "end",
}
