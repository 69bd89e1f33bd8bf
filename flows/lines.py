"""Reads the JSONL files that commands take."""

import json
from pathlib import Path
from typing import Any

from kb.errors import ConfigError


def read_lines(path: Path, field: str) -> list[dict[str, Any]]:
    """Rows with an `id` and a text under `field`. Raises `ConfigError` naming the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8") from None
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            rows.append(_read_row(line, field, f"{path}, line {number}"))
    if not rows:
        raise ConfigError(f'{path}: no lines; each is {{"id": …, "{field}": …}}')
    return rows


def _read_row(line: str, field: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{where}: not JSON: {error.msg}") from None
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get(field), str):
        raise ConfigError(f'{where}: expected {{"id": …, "{field}": "…"}}')
    return row
