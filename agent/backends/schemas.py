"""Schemas of an OpenAPI document as the parameters of an action."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from agent.action import Parameter, ValueType

Schema: TypeAlias = Mapping[str, Any]
Follow: TypeAlias = Callable[[Schema], Schema]
"""What a `$ref` leads to; a schema without one is itself."""

_MONEY = frozenset({"decimal", "money", "currency"})
_TEXTS = {
    "date": ValueType.DATE,
    "date-time": ValueType.DATE,
    "email": ValueType.EMAIL,
    "idn-email": ValueType.EMAIL,
}
_TYPES = {
    "integer": ValueType.INTEGER,
    "number": ValueType.NUMBER,
    "boolean": ValueType.BOOLEAN,
    "array": ValueType.LIST,
    "object": ValueType.OBJECT,
}
_SECRETS = frozenset({"password"})
_DEEPEST = 8
"""Levels of fields that a procedure can name; a schema may contain itself."""


def parameters(
    schema: Schema, follow: Follow, *, hidden: str, depth: int = 0
) -> tuple[Parameter, ...]:
    """The properties of an object, or of each item of a list, in their order. `hidden` is the
    keyword (`readOnly` or `writeOnly`) of those that don't take part."""
    whole = flat(schema, follow)
    if whole.get("type") == "array" or ("items" in whole and "properties" not in whole):
        whole = flat(whole.get("items") or {}, follow)
    required = whole.get("required", ())
    found = whole.get("properties", {}) if depth < _DEEPEST else {}
    return tuple(
        parameter(name, item, follow, required=name in required, hidden=hidden, depth=depth + 1)
        for name, item in found.items()
        if not flat(item, follow).get(hidden)
    )


def parameter(
    name: str, schema: Schema, follow: Follow, *, required: bool, hidden: str, depth: int = 0
) -> Parameter:
    """One property or parameter of an operation."""
    whole = flat(schema, follow)
    choices = _choices(whole)
    kind = ValueType.CHOICE if choices else _type(whole)
    holds = kind in (ValueType.OBJECT, ValueType.LIST)
    return Parameter(
        name=name,
        type=kind,
        required=required,
        description=" ".join(str(whole.get("description") or whole.get("title") or "").split()),
        choices=choices,
        pattern=_pattern(whole) if kind is ValueType.TEXT else "",
        fields=parameters(whole, follow, hidden=hidden, depth=depth) if holds else (),
        secret=whole.get("format") in _SECRETS,
    )


def flat(schema: Schema | bool, follow: Follow) -> dict[str, Any]:
    """One schema that says what this one does, with references followed, the parts of `allOf`
    put together, and what may be null as what it is otherwise. Of several alternatives it has
    every property, and requires those that all of them do."""
    if isinstance(schema, bool):
        return {}
    whole: dict[str, Any] = {}
    for part in _parts(schema, follow):
        _add(whole, part)
    kinds = whole.get("type")
    if isinstance(kinds, list):
        left = [kind for kind in kinds if kind != "null"]
        whole["type"] = "number" if {"number", "integer"} & set(left) else next(iter(left), "null")
    return whole


def fixed(schema: Schema, follow: Follow) -> list[Any]:
    """The one value that it allows; empty when there are others."""
    whole = flat(schema, follow)
    if "const" in whole:
        return [whole["const"]]
    only = whole.get("enum", ())
    return list(only) if len(only) == 1 else []


def _parts(schema: Schema, follow: Follow, depth: int = 0) -> Iterator[dict[str, Any]]:
    """What it consists of, the most particular last."""
    if depth > _DEEPEST:
        return
    found = follow(schema)
    for part in found.get("allOf", ()):
        yield from _parts(part, follow, depth + 1)
    alternatives = [
        item
        for keyword in ("anyOf", "oneOf")
        for item in found.get(keyword, ())
        if follow(item).get("type") != "null"
    ]
    if alternatives:
        yield _either([_merged(item, follow, depth + 1) for item in alternatives])
    yield {key: value for key, value in found.items() if key not in ("allOf", "anyOf", "oneOf")}
    if found is not schema:
        yield {key: value for key, value in schema.items() if key != "$ref"}


def _merged(schema: Schema, follow: Follow, depth: int) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for part in _parts(schema, follow, depth):
        _add(whole, part)
    return whole


def _add(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    for key, value in part.items():
        if key == "properties":
            whole[key] = {**whole.get(key, {}), **value}
        elif key == "required" and isinstance(value, list):
            whole[key] = list(dict.fromkeys([*whole.get(key, ()), *value]))
        else:
            whole[key] = value


def _either(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    if len(schemas) == 1:
        return schemas[0]
    whole: dict[str, Any] = {}
    for schema in schemas:
        _add(whole, schema)
    required = [set(schema.get("required", ())) for schema in schemas]
    whole["required"] = [
        name for name in whole.get("required", ()) if all(name in r for r in required)
    ]
    kinds = {kind for schema in schemas if isinstance(kind := schema.get("type"), str)}
    if kinds and kinds <= {"number", "integer", "string"} and len(kinds) > 1:
        whole.pop("pattern", None)
        whole["type"] = "number" if kinds != {"string"} else "string"
    choices = [
        schema.get("enum") or ([schema["const"]] if "const" in schema else None)
        for schema in schemas
    ]
    for keyword in ("enum", "const"):
        whole.pop(keyword, None)
    if all(choices):
        whole["enum"] = [item for some in choices if some for item in some]
    return whole


def _type(whole: Mapping[str, Any]) -> ValueType:
    kind, form = whole.get("type"), whole.get("format")
    if form in _MONEY and kind in (None, "string", "number"):
        return ValueType.MONEY
    if isinstance(kind, str) and kind in _TYPES:
        return _TYPES[kind]
    if kind is None and "properties" in whole:
        return ValueType.OBJECT
    if kind is None and "items" in whole:
        return ValueType.LIST
    return _TEXTS.get(str(form), ValueType.TEXT)


def _choices(whole: Mapping[str, Any]) -> tuple[str, ...]:
    found = [item for item in whole.get("enum", ()) if item is not None]
    return tuple(found) if found and all(isinstance(item, str) for item in found) else ()


def _pattern(whole: Mapping[str, Any]) -> str:
    """As it is to match the text as a whole; JSON Schema's matches anywhere. Empty for one that
    is written for another engine: the schema itself is still checked."""
    found = str(whole.get("pattern", ""))
    try:
        re.compile(found)
    except re.error:
        return ""
    if not found or (found.startswith("^") and found.endswith("$") and "|" not in found):
        return found
    return f"(?s:.*)(?:{found})(?s:.*)"
