"""What changed between two releases beside articles: procedures, actions, prompts, settings."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from kb.pinned import SETTINGS
from kb.types import Asset

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_MISSING = object()
_DIGEST = re.compile(r'"[0-9a-f]{40,}"')
_DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class AssetChange:
    """`lines` is a unified diff of the text, without file names; `kind` added, removed or
    changed."""

    kind: str
    what: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that answers depend on, by its dotted name, with its values as JSON; None where it
    was not there."""

    name: str
    before: str | None
    after: str | None


def diff_assets(before: Sequence[Asset], after: Sequence[Asset]) -> list[AssetChange]:
    """By what they are and their names; the pinned settings apart."""
    was, now = (
        {(item.kind, item.name): item.text for item in side if item.kind != SETTINGS}
        for side in (before, after)
    )
    found = []
    for what, name in sorted({*was, *now}):
        old, new = was.get((what, name)), now.get((what, name))
        if old != new:
            kind = ADDED if old is None else REMOVED if new is None else CHANGED
            found.append(AssetChange(kind, what, name, _lines(old or "", new or "")))
    return found


def diff_settings(before: Sequence[Asset], after: Sequence[Asset]) -> list[SettingChange] | None:
    """By name; None where one of the releases was built before settings were pinned with it."""
    was, now = _settings(before), _settings(after)
    if was is None or now is None:
        return None
    return [
        SettingChange(name, _shown(was.get(name, _MISSING)), _shown(now.get(name, _MISSING)))
        for name in sorted({*was, *now})
        if was.get(name, _MISSING) != now.get(name, _MISSING)
    ]


def _lines(old: str, new: str) -> tuple[str, ...]:
    found = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=3)
    return tuple(found)[2:]


def _settings(assets: Sequence[Asset]) -> dict[str, Any] | None:
    held = next((item for item in assets if item.kind == SETTINGS), None)
    return None if held is None else dict(_flat("", json.loads(held.text)))


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _flat(f"{prefix}.{key}" if prefix else key, item)
    else:
        yield prefix, value


def _shown(value: Any) -> str | None:
    """As JSON; of a digest its beginning."""
    if value is _MISSING:
        return None
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[1 : _DIGEST_SHOWN + 1]}…" if _DIGEST.fullmatch(text) else text
