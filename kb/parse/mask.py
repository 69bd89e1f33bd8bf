"""Markdown source made ready for a Markdown parser, without losing any place.

Front matter, MDX imports, comments, tags and admonition fences are blanked out, and what is
indented only because it stands inside a component is moved to the left. Every line of the
result still knows where it stands in the source.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kb.parse import admonitions
from kb.parse.codeblocks import indented_code
from kb.parse.components import FOLDS, Meaning, Region, interpret, regions
from kb.parse.plain import BREAK, NOTHING
from kb.parse.tags import FENCE, INLINE, Tag, scan

_IMPORT = re.compile(
    r"(?:import\s+(?:[\w*{}$\s,]+\s+from\s+)?['\"][^'\"\n]+['\"]\s*;?[ \t]*$"
    r"|export\s+(?:default|const|let|var|function|class|async)\b)",
    re.MULTILINE,
)
_HEADING_ID = re.compile(r"^[ \t]*#{1,6}[ \t].*?[ \t]*(\{:?\s*#([\w.:-]+)[^{}]*\})[ \t]*$")
_BODY_INDENT = re.compile(r"[ \t]*")
_BULLET = re.compile(r"([ \t>]*)[•●▪◦‣·–][ \t]+\S")
_BLANKED = re.compile(rf"[\s{NOTHING}{BREAK}]*[{NOTHING}{BREAK}][\s{NOTHING}{BREAK}]*")
_LEAD = re.compile(rf"([ \t]*){BREAK}[\s{BREAK}]*")


@dataclass(frozen=True, slots=True)
class Masked:
    """`lines[i][j]` stands at `bases[i] + j` of the source; what lies to the left of a line's
    text is only whitespace. `ids` are explicit anchors of headings, by line."""

    lines: tuple[str, ...]
    bases: tuple[int, ...]
    meaning: Meaning
    ids: dict[int, str]


def mask(source: str, body: int, *, tagged: bool = True, indented: bool = True) -> Masked:
    """`source` from offset `body` on; what stands before is blank. Unless `tagged`, what looks
    like a tag or a fence is text. `indented` tells that indentation alone can make code."""
    lines = source.split("\n")
    offsets = _offsets(lines)
    if not tagged:
        chars = list(source)
        _blank(chars, 0, body)
        _bullets(chars, lines, offsets)
        return Masked(tuple("".join(chars).split("\n")), tuple(offsets), Meaning(), {})
    tags = [tag for tag in scan(source) if tag.start >= body]
    code = _code_lines(tags, offsets)
    if indented:
        tags = _outside_indented(tags, indented_code(lines, code), offsets, code)
    found = regions(tags)
    meaning = interpret(source, found)
    fences = admonitions.find(lines, offsets, code)
    meaning.notes.extend(fences.notes)
    meaning.lifts.extend(fences.lifts)
    chars = list(source)
    _blank(chars, 0, body)
    for number in fences.blank | _imports(lines, code, offsets, body):
        _blank(chars, offsets[number], offsets[number] + len(lines[number]))
    ids = _heading_ids(lines, offsets, code, chars)
    _bullets(chars, lines, offsets)
    _hide(chars, tags, found, meaning)
    cuts = _cuts(lines, offsets, found, fences.cuts)
    return _arrange("".join(chars).split("\n"), offsets, cuts, _walls(found, offsets), meaning, ids)


def _arrange(
    lines: Sequence[str],
    offsets: Sequence[int],
    cuts: Sequence[int],
    walls: set[int],
    meaning: Meaning,
    ids: dict[int, str],
) -> Masked:
    """The lines where they belong, and a paragraph of nothing wherever a wall ends all lists."""
    moved: list[tuple[str, int]] = []
    new_ids: dict[int, str] = {}
    for number, line in enumerate(lines):
        if number in ids:
            new_ids[len(moved)] = ids[number]
        text, base = _move(line, offsets[number], cuts[number])
        moved.append((text, base))
        if number in walls and not text:
            indent = max(0, _indent(line) - cuts[number])
            moved.extend([(" " * indent + BREAK, base), ("", base)])
    texts, bases = zip(*moved, strict=True)
    return Masked(texts, bases, meaning, new_ids)


def _walls(found: Sequence[Region], offsets: Sequence[int]) -> set[int]:
    """Lines that begin or end a tab, an accordion or a step: no list runs through them."""
    edges = [
        edge
        for region in found
        if region.name in FOLDS or region.name == "step"
        for edge in (region.start, region.inner_end)
    ]
    return {_line(offsets, edge) for edge in edges}


def _offsets(lines: Sequence[str]) -> list[int]:
    offsets, at = [], 0
    for line in lines:
        offsets.append(at)
        at += len(line) + 1
    return offsets


def _line(offsets: Sequence[int], offset: int) -> int:
    return bisect_right(offsets, offset) - 1


def _code_lines(tags: Sequence[Tag], offsets: Sequence[int]) -> list[bool]:
    code = [False] * len(offsets)
    for tag in tags:
        if tag.name == FENCE:
            for number in range(_line(offsets, tag.start), _line(offsets, tag.end - 1) + 1):
                code[number] = True
    return code


def _outside_indented(
    tags: Sequence[Tag], blocks: Sequence[range], offsets: Sequence[int], code: list[bool]
) -> list[Tag]:
    """The tags that are not shown as code. What is indented inside an element is no code."""
    numbers = {number for block in blocks for number in block}
    outside = [tag for tag in tags if _line(offsets, tag.start) not in numbers]
    around = [item for item in regions(outside) if item.name not in INLINE]
    for block in blocks:
        start = offsets[block[0]]
        if not any(item.start < start < item.end for item in around):
            for number in block:
                code[number] = True
    return [tag for tag in tags if tag.name == FENCE or not code[_line(offsets, tag.start)]]


def _blank(chars: list[str], start: int, end: int, fill: str = " ") -> None:
    for index in range(start, end):
        if chars[index] != "\n":
            chars[index] = fill


def _imports(
    lines: Sequence[str], code: Sequence[bool], offsets: Sequence[int], body: int
) -> set[int]:
    """Lines of MDX imports and exports: they stand at the margin, after a blank line."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if code[number] or offsets[number] < body or number in found:
            continue
        begins = offsets[number] == body or number - 1 in found or not lines[number - 1].strip()
        if begins and _IMPORT.match("\n".join([line, *lines[number + 1 : number + 20]])):
            found.update(_statement(lines, number))
    return found


def _statement(lines: Sequence[str], number: int) -> range:
    depth = 0
    for after in range(number, len(lines)):
        line = lines[after]
        depth += sum(line.count(char) for char in "{([") - sum(line.count(char) for char in "})]")
        if depth <= 0 and not line.rstrip().endswith((",", "=", "from")):
            return range(number, after + 1)
    return range(number, number + 1)


def _bullets(chars: list[str], lines: Sequence[str], offsets: Sequence[int]) -> None:
    """Typed bullets, which Markdown does not know, become Markdown's."""
    for line, offset in zip(lines, offsets, strict=True):
        if match := _BULLET.match(line):
            chars[offset + match.end(1)] = "-"


def _heading_ids(
    lines: Sequence[str], offsets: Sequence[int], code: Sequence[bool], chars: list[str]
) -> dict[int, str]:
    ids = {}
    for number, line in enumerate(lines):
        match = None if code[number] else _HEADING_ID.match(line)
        if match:
            ids[number] = match[2]
            _blank(chars, offsets[number] + match.start(1), offsets[number] + match.end(1))
    return ids


def _hide(chars: list[str], tags: Sequence[Tag], found: Sequence[Region], meaning: Meaning) -> None:
    for tag in tags:
        if tag.name != FENCE:
            inline = tag.name in INLINE - {"br"} or not tag.name
            _blank(chars, tag.start, tag.end, NOTHING if inline else BREAK)
    _number_items(chars, found)
    for start, end in meaning.unread:
        _blank(chars, start, end)
    lifted = [(lift.start, lift.end) for lift in meaning.lifts]
    for start, end in lifted + [(table.start, table.end) for table in meaning.tables]:
        _blank(chars, start, end, BREAK)


def _number_items(chars: list[str], found: Sequence[Region]) -> None:
    """HTML list items at the start of a line become Markdown's."""
    counts: dict[int, int] = {}
    ordered = {region.index for region in found if region.name == "ol"}
    for region in found:
        if region.name != "li":
            continue
        marker = "- "
        if region.parent in ordered:
            counts[region.parent] = counts.get(region.parent, 0) + 1
            marker = f"{counts[region.parent]}. "
        place = slice(max(region.start, region.tag.end - len(marker)), region.tag.end)
        if "\n" in chars[place]:
            continue
        if len(chars[place]) == len(marker) and _begins_line(chars, region.start):
            chars[place] = marker


def _begins_line(chars: Sequence[str], at: int) -> bool:
    while at > 0 and chars[at - 1] in (" ", "\t", BREAK):
        at -= 1
    return at == 0 or chars[at - 1] == "\n"


def _cuts(
    lines: Sequence[str], offsets: Sequence[int], found: Sequence[Region], cuts: dict[int, int]
) -> list[int]:
    """Columns to cut off each line: contents of a component move to where its tag stands."""
    result = [cuts.get(number, 0) for number in range(len(lines))]
    for region in found:
        first, last = _line(offsets, region.start), _line(offsets, region.inner_end)
        inner = range(_line(offsets, region.inner_start) + 1, last + 1)
        if lines[first][: region.start - offsets[first]].strip() or region.end == region.tag.end:
            continue
        indents = [_indent(lines[number]) for number in inner if lines[number].strip()]
        closing = lines[last][: region.inner_end - offsets[last]]
        if not closing.strip() and len(indents) > 1:
            indents.pop()
        if indents:
            cut = min(indents) - (_indent(lines[first]) - result[first])
            for number in inner:
                result[number] = max(result[number], cut)
    return result


def _indent(line: str) -> int:
    found = _BODY_INDENT.match(line)
    return len(found.group()) if found else 0


def _move(line: str, offset: int, cut: int) -> tuple[str, int]:
    if _BLANKED.fullmatch(line):
        return "", offset
    removed = min(cut, _indent(line))
    lead = _LEAD.match(line, removed)
    if lead:
        return lead[1] + line[lead.end() :], offset + lead.end() - len(lead[1])
    return line[removed:], offset + removed
