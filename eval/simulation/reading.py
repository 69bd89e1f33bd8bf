"""Scenarios from YAML files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from eval.simulation.scenario import Scenario
from kb.errors import ConfigError

SANDBOX_FILE = "sandbox.yaml"
_NAMED_AT_ONCE = 10
_Model = TypeVar("_Model", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """YAML as it is meant: `yes`, `no`, `on` and dates are words, and no key stands twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 PyYAML reads it as a plain dict
        first: [
            (tag, pattern)
            for tag, pattern in pairs
            if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
        ]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key '{key}' stands twice", key_node.start_mark
                )
            seen.add(key)
        return dict(super().construct_mapping(node, deep))


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_scenarios(
    path: Path, names: Iterable[str] = (), tags: Iterable[str] = ()
) -> list[Scenario]:
    """The scenarios of a folder (or file) of YAML, by file and in its order: those named by id or
    file, or else all, that carry one of the tags where tags are given.

    Raises `ConfigError` naming up to ten files that are wrong, for an id that stands twice, and
    for a name that fits nothing.
    """
    files = _files(path)
    read: dict[str, Scenario] = {}
    places: dict[str, Path] = {}
    wrong: list[str] = []
    for file in files:
        for item in _documents(file, wrong):
            scenario = parsed(Scenario, item, _label(file, item), wrong)
            if scenario is None:
                continue
            if scenario.id in read:
                wrong.append(f"{file}: id '{scenario.id}' stands in {places[scenario.id]} already")
            read.setdefault(scenario.id, scenario)
            places.setdefault(scenario.id, file)
    if wrong:
        raise ConfigError(_shorten(wrong))
    return _chosen(read, places, tuple(names), tuple(tags), path)


def parsed(model: type[_Model], item: object, where: str, wrong: list[str]) -> _Model | None:
    """The item as a `model`; None after its faults were added to `wrong`, each with its place."""
    try:
        return model.model_validate(item)
    except ValidationError as error:
        wrong.extend(f"{where}: {line}" for line in _explain(error, model))
        return None


def load_yaml(file: Path) -> Any:
    """What a YAML file holds. Raises `ConfigError` naming the line."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506 a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        why = getattr(error, "problem", None) or error
        raise ConfigError(f"{file}:{line} not valid YAML: {why}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} can't be read: {error}") from None


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ConfigError(f"scenarios {path}: no such folder; [simulation] path names it")
    found = [file for file in sorted(path.rglob("*.yaml")) if file.name != SANDBOX_FILE]
    if not found:
        raise ConfigError(f"{path} holds no scenarios; each is a YAML file")
    return found


def _documents(file: Path, wrong: list[str]) -> Sequence[object]:
    """A file holds one scenario, or a list of them."""
    try:
        held = load_yaml(file)
    except ConfigError as error:
        wrong.append(str(error))
        return ()
    return held if isinstance(held, list) else [held]


def _label(file: Path, item: object) -> str:
    name = item.get("id") if isinstance(item, Mapping) else None
    return f"{file}, scenario {name}" if name else str(file)


def _chosen(
    read: Mapping[str, Scenario],
    places: Mapping[str, Path],
    names: tuple[str, ...],
    tags: tuple[str, ...],
    path: Path,
) -> list[Scenario]:
    for name in names:
        if name not in read and all(file.stem != name for file in places.values()):
            close = get_close_matches(name, read, n=1, cutoff=0.5)
            hint = f"; did you mean '{close[0]}'?" if close else ""
            raise ConfigError(f"no scenario '{name}' in {path}{hint}")
    chosen = [
        item
        for item in read.values()
        if (not names or item.id in names or places[item.id].stem in names)
        and (not tags or set(tags) & set(item.tags))
    ]
    if not chosen:
        known = ", ".join(sorted({tag for item in read.values() for tag in item.tags}))
        raise ConfigError(f"no scenario carries these tags; known are {known or 'none'}")
    return chosen


def _explain(error: ValidationError, model: type[BaseModel]) -> list[str]:
    lines = []
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(part) for part in item["loc"] if _is_key(part))
        if item["type"] == "extra_forbidden":
            lines.append(f"unknown key '{where}'{_nearest(item['loc'], model)}")
        else:
            message = item["msg"].removeprefix("Value error, ")
            lines.append(f"{where}: {message}" if where else message)
    return lines


def _is_key(part: int | str) -> bool:
    """Whether it stands in the file: where several shapes may stand, pydantic names the shape."""
    return isinstance(part, int) or part.replace("_", "a").replace("-", "a").isalnum()


def _nearest(place: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """The known key that is most like the last of this place."""
    known = set(_keys(model))
    close = get_close_matches(str(place[-1]), known, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _keys(model: type[BaseModel]) -> Iterable[str]:
    for name, field in model.model_fields.items():
        yield name
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _keys(inner)


def _shorten(wrong: Sequence[str]) -> str:
    more = len(wrong) - _NAMED_AT_ONCE
    shown = "\n  ".join(wrong[:_NAMED_AT_ONCE])
    return f"{shown}\n  and {more} more" if more > 0 else shown
