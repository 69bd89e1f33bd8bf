"""Values as they stand in an address or a header."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from agent.action import ActionRefused, Value

_HOLE = re.compile(r"\{([^{}]+)\}")


def filled(path: str, values: Mapping[str, Value]) -> str:
    """The path with each `{name}` replaced. A value never leads to another path: slashes and the
    like are quoted, and what is empty or only dots is refused (`ActionRefused`)."""

    def fill(hole: re.Match[str]) -> str:
        text = _text(values.get(hole[1]))
        if not text.strip("."):
            raise ActionRefused(f"{hole[1]} can't be '{text}'")
        return quote(text, safe="")

    return _HOLE.sub(fill, path)


def holes(path: str) -> list[str]:
    """Names in braces."""
    return _HOLE.findall(path)


def written(value: Value) -> str | list[str]:
    """As the value of a query; a list repeats its name."""
    return [_text(item) for item in value] if isinstance(value, list) else _text(value)


def joined(value: Value) -> Value:
    """A list as one text."""
    return ",".join(map(_text, value)) if isinstance(value, list) else value


def headers(values: Mapping[str, Value]) -> dict[str, str]:
    """Raises `ActionRefused` for a value that could not stand on one line of ASCII."""
    found = {name: _text(joined(value)) for name, value in values.items()}
    for name, text in found.items():
        if not (text.isascii() and text.isprintable()):
            raise ActionRefused(f"{name} can't hold line breaks or letters beyond ASCII")
    return found


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
