"""Notes, tips and warnings that are written as fences: `:::note`, `!!! note "Title"`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.parse.components import FOLDS, NOTES, Lift
from kb.types import BlockKind

_COLONS = re.compile(r"[ \t]*(?P<fence>:{3,})[ \t]*(?P<name>[A-Za-z][\w-]*)?(?P<rest>.*)$")
_MARKED = re.compile(r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(?P<name>[\w-]+)(?P<rest>.*)$")
_TITLE = re.compile(r"[ \t]*(?:\[(.+?)\]|\"(.+?)\"|([^\s\[{\"][^{]*?))?[ \t]*(?:\{.*\})?[ \t]*$")
_INDENT = 4


@dataclass
class Admonitions:
    """Line numbers to blank, notes and titles as source offsets, and columns to cut off lines."""

    blank: set[int] = field(default_factory=set)
    notes: list[tuple[int, int]] = field(default_factory=list)
    lifts: list[Lift] = field(default_factory=list)
    cuts: dict[int, int] = field(default_factory=dict)


def find(lines: Sequence[str], offsets: Sequence[int], code: Sequence[bool]) -> Admonitions:
    """Admonitions in `lines`, which begin at `offsets`; lines of code blocks are passed over.

    A fence that is never closed is no admonition, but its line is no text either.
    """
    found = Admonitions()
    opened: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines):
        if code[number]:
            continue
        if match := _COLONS.match(line):
            found.blank.add(number)
            _colons(match, number, offsets, opened, found)
        elif match := _MARKED.match(line):
            found.blank.add(number)
            _marked(match, number, lines, offsets, found)
    return found


def _colons(
    match: re.Match[str],
    number: int,
    offsets: Sequence[int],
    opened: list[tuple[int, str, str]],
    found: Admonitions,
) -> None:
    name = (match["name"] or "").lower()
    if name:
        opened.append((number, match["fence"], name))
        _title(match, number, offsets, BlockKind.NOTE if name not in FOLDS else None, found)
    elif opened:
        begin, _, kind = opened.pop()
        if kind in NOTES:
            found.notes.append((offsets[begin], offsets[number]))
        elif kind in FOLDS:
            _close_fold(offsets[begin], offsets[begin + 1], offsets[number], found)


def _close_fold(start: int, next_line: int, end: int, found: Admonitions) -> None:
    """The title of `:::details` is a heading for what stands between the fences."""
    for index, lift in enumerate(found.lifts):
        if start <= lift.start < next_line:
            found.lifts[index] = Lift(BlockKind.HEADING, lift.start, lift.end, until=end)


def _marked(
    match: re.Match[str],
    number: int,
    lines: Sequence[str],
    offsets: Sequence[int],
    found: Admonitions,
) -> None:
    _title(match, number, offsets, BlockKind.NOTE, found)
    indent = len(match["indent"].expandtabs(_INDENT)) + _INDENT
    last = number
    for after in range(number + 1, len(lines)):
        line = lines[after]
        if line.strip():
            if len(line) - len(line.lstrip(" ")) < indent:
                break
            last = after
    for after in range(number + 1, last + 1):
        found.cuts[after] = found.cuts.get(after, 0) + _INDENT
    if match["name"].lower() in NOTES:
        found.notes.append((offsets[number], offsets[last] + len(lines[last])))


def _title(
    match: re.Match[str],
    number: int,
    offsets: Sequence[int],
    kind: BlockKind | None,
    found: Admonitions,
) -> None:
    title = _TITLE.match(match["rest"])
    if title and title.lastindex:
        group = title.lastindex
        start = offsets[number] + match.start("rest") + title.start(group)
        end = start + len(title[group].rstrip())
        found.lifts.append(Lift(kind or BlockKind.PARAGRAPH, start, end))
