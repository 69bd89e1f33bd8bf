"""Settings as text for people: the commented `wellkept.toml` and the table in the docs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.settings import Settings, entries, is_secret, variable


def commented_toml() -> str:
    """Every setting with its meaning and default, commented out. Secrets are named, not written."""
    lines = [
        "# Wellkept. Every key is optional; what is commented out shows the default.",
        "# Variables override this file; secrets come from the environment alone.",
    ]
    current = ""
    for section, key, field in entries():
        if section != current:
            lines += ["", f"# {_meaning(section)}", f"[{section}]"]
            current = section
        lines.append(f"# {field.description}")
        if is_secret(field):
            lines.append(f"# (secret: set {variable(section, key)} in the environment)")
        else:
            default = "…   # not set" if field.default is None else _toml(field.default)
            lines.append(f"# {key} = {default}")
    return "\n".join(lines) + "\n"


def markdown_table() -> str:
    """A row a setting: key, variable, default, meaning."""
    rows = ["| key | variable | default | meaning |", "|---|---|---|---|"]
    rows += list(_rows())
    return "\n".join(rows) + "\n"


def _rows() -> Iterator[str]:
    for section, key, field in entries():
        name = f"`[{section}] {key}`" if section else f"`{key}`"
        default = "secret" if is_secret(field) else _shown(field.default)
        meaning = str(field.description).replace("|", "\\|")
        yield f"| {name} | `{variable(section, key)}` | {default} | {meaning} |"


def _meaning(section: str) -> str:
    annotation = Settings.model_fields[section].annotation
    return (annotation.__doc__ or "").strip() if annotation else ""


def _shown(value: Any) -> str:
    return "not set" if value is None else f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Path):
        return json.dumps(value.as_posix())
    if isinstance(value, int | float):
        return f"{value:_}" if isinstance(value, int) and value >= 10_000 else str(value)
    return json.dumps(value)
