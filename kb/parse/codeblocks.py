"""Code that is written by indentation alone."""

import re
from collections.abc import Sequence

_COLUMNS = 4
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


def indented_code(lines: Sequence[str], fenced: Sequence[bool]) -> list[range]:
    """Runs of lines that Markdown takes for code because they are indented by four columns: they
    follow a blank line and do not continue a list item."""
    blocks: list[range] = []
    number, in_list, blank = 0, False, True
    while number < len(lines):
        line = lines[number]
        if not line.strip() or fenced[number]:
            blank, number = True, number + 1
            continue
        if _columns(line) < _COLUMNS:
            in_list = bool(_ITEM.match(line)) or (in_list and (not blank or _columns(line) > 0))
        elif blank and not in_list:
            last = _last(lines, number)
            blocks.append(range(number, last + 1))
            blank, number = False, last + 1
            continue
        blank, number = False, number + 1
    return blocks


def _last(lines: Sequence[str], number: int) -> int:
    last = number
    for after in range(number, len(lines)):
        if lines[after].strip():
            if _columns(lines[after]) < _COLUMNS:
                break
            last = after
    return last


def _columns(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(_COLUMNS))
