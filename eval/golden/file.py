"""Golden sets: JSONL in, cases out, and back."""

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.golden.case import Case
from eval.golden.line import CaseLine, explain, to_json
from kb.errors import ConfigError

__all__ = ["missing_articles", "parse_line", "read", "schema", "to_json", "write"]

_NAMED_AT_ONCE = 10


def read(path: Path) -> list[Case]:
    """The cases of a JSONL file, in its order; blank lines are skipped.

    Raises `ConfigError` naming up to ten bad lines: not JSON, an unknown or missing field, an id
    used twice, or a case due an answer that names neither an article nor a reference.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise ConfigError(f"golden set {path}: no such file; [sources] golden names it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"golden set {path} can't be read: {error}") from None
    cases: dict[str, Case] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = parse_line(line, cases)
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
        else:
            cases[case.id] = case
    if wrong:
        raise ConfigError(f"golden set {path}: {_shorten(wrong)}")
    return list(cases.values())


def parse_line(line: str, known: Collection[str] = ()) -> Case:
    """The case of a line; `known` are the ids before it. Raises `ValueError` saying what is wrong
    with the line."""
    try:
        case = CaseLine.model_validate_json(line).to_case()
    except ValidationError as error:
        raise ValueError(explain(error)) from None
    if case.id in known:
        raise ValueError(f"id {case.id!r} is used twice")
    return case


def write(cases: Iterable[Case]) -> str:
    """A golden set of these cases: JSONL, which `read` reads as the same cases."""
    return "".join(f"{json.dumps(to_json(case), ensure_ascii=False)}\n" for case in cases)


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a line."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **CaseLine.model_json_schema()}


def missing_articles(cases: Iterable[Case], paths: Collection[str]) -> list[tuple[str, str]]:
    """(case id, article path) for every article that a case names and `paths` lacks, in order."""
    known = set(paths)
    return [
        (case.id, path)
        for case in cases
        for path in (*case.articles, *case.not_articles)
        if path not in known
    ]


def _shorten(wrong: Sequence[str]) -> str:
    more = len(wrong) - _NAMED_AT_ONCE
    shown = "\n  ".join(wrong[:_NAMED_AT_ONCE])
    return f"{shown}\n  and {more} more" if more > 0 else shown
