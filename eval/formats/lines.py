"""Where the cases of a golden set stand in its file."""

import json
from pathlib import Path


def case_lines(path: Path) -> dict[str, int]:
    """Case id to line, counted from 1. The set can be read, as it was for the evaluation; a line
    that is no case any more has none."""
    found = {}
    # As `eval.golden.file` reads it: in a customer's words other characters may end a line, too.
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            case = json.loads(line)
        except ValueError:
            continue
        if isinstance(case, dict) and "id" in case:
            found[str(case["id"]).strip()] = number
    return found
