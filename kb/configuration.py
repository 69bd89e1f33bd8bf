"""Reads `wellkept.toml` and the environment into settings.

An unknown key in either is refused with the nearest known one. This is the one module that reads
the environment.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_origin

from pydantic import ValidationError
from pydantic_settings import SettingsError

from kb.errors import ConfigError
from kb.settings import PREFIX, Settings, entries, is_secret, variable

CONFIG_FILE = "wellkept.toml"
_PATHS = (
    ("sources", "questions"),
    ("sources", "golden"),
    ("owners", "file"),
    ("procedures", "path"),
    ("actions", "path"),
    ("simulation", "path"),
    ("agent", "calibration"),
    ("evaluation", "judge_calibration"),
)


def load(config: Path | None = None, home: Path | None = None) -> Settings:
    """Settings from the file (`wellkept.toml` here when None and present), then the environment,
    then `home`. Raises `ConfigError` for a missing or broken file, an unknown key, a secret in
    the file, or a value that does not fit.
    """
    if config is None:
        named = os.environ.get(f"{PREFIX}CONFIG")
        config = Path(named) if named else None
    path = config or Path(CONFIG_FILE)
    values = _read_toml(path) if config or path.exists() else {}
    _refuse_unknown_environment()
    _refuse_file_keys(values, path)
    _anchor_paths(values, path.parent)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise ConfigError(_explain(error, path)) from None
    except SettingsError:
        raise ConfigError(_explain_environment()) from None
    return settings.model_copy(update={"home": home}) if home else settings


def secret(name: str) -> str | None:
    """A secret of somebody else's, as of a backend, by the name of its variable; None when it is
    not set. Never to be logged."""
    return os.environ.get(name)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; `wellkept init` writes one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def _refuse_file_keys(values: Mapping[str, Any], path: Path) -> None:
    known = {(section, key): field for section, key, field in entries()}
    sections = {section for section, _ in known}
    for name, value in values.items():
        if ("", name) in known:
            continue
        if name not in sections or not isinstance(value, Mapping):
            names = [key for section, key in known if not section] + sorted(sections - {""})
            raise ConfigError(f"{path}: unknown key '{name}'{_nearest(name, names)}")
        for key in value:
            if (name, key) not in known:
                names = [k for s, k in known if s == name]
                raise ConfigError(f"{path}: unknown key '{key}' in [{name}]{_nearest(key, names)}")
            if is_secret(known[name, key]):
                where = f"{path}: [{name}] {key}"
                raise ConfigError(
                    f"{where} is a secret; set {variable(name, key)} in the environment"
                )


def _refuse_unknown_environment() -> None:
    known = [variable(section, key) for section, key, _ in entries()] + [f"{PREFIX}CONFIG"]
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise ConfigError(f"unknown environment variable {name}{_nearest(name.upper(), known)}")


def _anchor_paths(values: dict[str, Any], folder: Path) -> None:
    """Paths in the file are relative to it."""
    for section, key in _PATHS:
        named = values.get(section)
        if isinstance(named, dict) and isinstance(named.get(key), str):
            named[key] = folder / named[key]
    sources = values.get("sources")
    if isinstance(sources, dict) and isinstance(sources.get("paths"), list):
        sources["paths"] = [folder / str(item) for item in sources["paths"]]


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; known are {', '.join(sorted(known))}"


def _explain(error: ValidationError, path: Path) -> str:
    lines = []
    for item in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in item["loc"])
        lines.append(f"setting {where}: {item['msg']}")
    return f"{'; '.join(lines)} (from {path} or {PREFIX}… variables)"


def _explain_environment() -> str:
    """Which variables are no JSON; what they hold may be secret."""
    wrong = [name for name in _of_many_values() if not _is_json(os.environ.get(name, "[]"))]
    return (
        f"{' and '.join(wrong) or 'an environment variable'} must be JSON: a list such as "
        '["one", "two"], or an object such as {"name": "value"}'
    )


def _of_many_values() -> list[str]:
    return [
        variable(section, key)
        for section, key, field in entries()
        if get_origin(field.annotation) in (list, dict)
    ]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
