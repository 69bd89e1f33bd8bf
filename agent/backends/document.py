"""An OpenAPI document (3.0 or 3.1): its operations, and whether values fit their schemas."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from agent.action import Value
from agent.backends.schemas import Schema
from kb.errors import ConfigError

_METHODS = ("get", "put", "post", "delete", "patch")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A parameter of an operation that is not in its body."""

    name: str
    where: str
    schema: Schema
    required: bool
    exploded: bool = True


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `body` is the schema of what it takes, None when it takes nothing;
    `answers` holds the schema by status (`201`, `2XX` or `default`), None for one without
    content."""

    id: str
    method: str
    path: str
    summary: str
    places: tuple[Place, ...] = ()
    body: Schema | None = None
    form: bool = False
    answers: Mapping[str, Schema | None] = field(default_factory=dict)


class Document:
    """Read once. Raises `ConfigError` for what is no OpenAPI document of a known version."""

    def __init__(self, text: str, where: str) -> None:
        self._where = where
        self._root = _modern(_parsed(text, where))
        self._found = {found["operationId"]: spot for spot, found in self._spots()}

    @property
    def operations(self) -> list[str]:
        """Every operationId, in their order."""
        return list(self._found)

    def operation(self, name: str) -> Operation:
        """Raises `KeyError` for an unknown one and `ConfigError` for one that can't be called."""
        path, method = self._found[name]
        shared = self.follow(self._root["paths"][path])
        return self._operation(path, method, shared[method], shared)

    @property
    def server(self) -> str:
        """The address that it names first; empty when it names none, or none that is whole."""
        servers = self._root.get("servers") or [{}]
        url = str(servers[0].get("url", ""))
        return url if url.startswith(("http://", "https://")) and "{" not in url else ""

    def follow(self, schema: Schema) -> Schema:
        """What a `$ref` in it leads to, in this document."""
        found: Any = schema
        for _ in range(_LONGEST_CHAIN):
            reference = found.get("$ref") if isinstance(found, Mapping) else None
            if reference is None:
                return found if isinstance(found, Mapping) else {}
            found = self._at(str(reference))
        raise ConfigError(
            f"{self._where}: the reference {schema.get('$ref')} goes round in circles"
        )

    def checker(self, schema: Schema) -> Callable[[Value], str]:
        """Tells why a value does not fit the schema, with the place; nothing when it does."""
        from jsonschema import Draft202012Validator, FormatChecker
        from jsonschema.exceptions import best_match

        shared = ("components", "paths")
        whole: dict[str, Any] = {key: self._root[key] for key in shared if key in self._root}
        whole["allOf"] = [schema]
        validator = Draft202012Validator(whole, format_checker=FormatChecker())

        def misfit(value: Value) -> str:
            error = best_match(validator.iter_errors(value))
            if error is None:
                return ""
            place = ".".join(str(part) for part in error.absolute_path)
            return f"{place or 'it'} breaks '{error.validator}'"

        return misfit

    def _at(self, reference: str) -> Any:
        if not reference.startswith("#"):
            raise ConfigError(
                f"{self._where}: the reference {reference} leads to another file; "
                "bundle the document into one"
            )
        found: Any = self._root
        for part in reference[1:].split("/")[1:]:
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            elif isinstance(found, Mapping) and key in found:
                found = found[key]
            else:
                raise ConfigError(f"{self._where}: the reference {reference} leads nowhere")
        return found

    def _spots(self) -> Iterator[tuple[tuple[str, str], Schema]]:
        for path, item in (self._root.get("paths") or {}).items():
            shared = self.follow(item)
            for method in _METHODS:
                found = shared.get(method)
                if isinstance(found, Mapping) and "operationId" in found:
                    yield (path, method), found

    def _operation(self, path: str, method: str, found: Schema, shared: Schema) -> Operation:
        body, form = self._body(found)
        answers = found.get("responses", {})
        return Operation(
            id=found["operationId"],
            method=method.upper(),
            path=path,
            summary=str(found.get("summary") or found.get("description") or ""),
            places=tuple(
                self._places([*shared.get("parameters", ()), *found.get("parameters", ())])
            ),
            body=body,
            form=form,
            answers={
                str(status).upper() if status != "default" else status: self._answer(answer)
                for status, answer in answers.items()
                if str(status)[:1] == "2" or status == "default"
            },
        )

    def _places(self, parameters: list[Schema]) -> list[Place]:
        """An operation's own parameter stands for the path's of the same name and place."""
        found = {}
        for item in map(self.follow, parameters):
            content: Schema = next(iter(item.get("content", {}).values()), {})
            where = str(item["in"])
            found[item["name"], where] = Place(
                name=str(item["name"]),
                where=where,
                schema=item.get("schema") or content.get("schema") or {},
                required=bool(item.get("required")) or where == "path",
                exploded=bool(item.get("explode", item.get("style", "form") == "form")),
            )
        return list(found.values())

    def _body(self, operation: Schema) -> tuple[Schema | None, bool]:
        if "requestBody" not in operation:
            return None, False
        content = self.follow(operation["requestBody"]).get("content", {})
        for kind, media in content.items():
            if _is_json(kind):
                return media.get("schema", {}), False
        if _FORM in content:
            return content[_FORM].get("schema", {}), True
        raise ConfigError(
            f"{self._where}: {operation['operationId']} takes {', '.join(content) or 'nothing'}; "
            f"only {_JSON} and {_FORM} can be sent"
        )

    def _answer(self, answer: Schema) -> Schema | None:
        content = self.follow(answer).get("content", {})
        for kind, media in content.items():
            if _is_json(kind):
                schema: Schema = media.get("schema", {})
                return schema
        return None


def _is_json(kind: str) -> bool:
    name = kind.partition(";")[0].strip().lower()
    return name in (_JSON, "*/*") or name.endswith("+json")


def _parsed(text: str, where: str) -> dict[str, Any]:
    found = _loaded(text, where)
    if not isinstance(found, dict):
        raise ConfigError(f"{where} is not an OpenAPI document")
    version = str(found.get("openapi", ""))
    if not version.startswith(("3.0", "3.1")):
        said = (
            f"OpenAPI {version}" if version else f"Swagger {found.get('swagger', 'of no version')}"
        )
        raise ConfigError(f"{where} is {said}; 3.0 and 3.1 are read")
    return found


def _loaded(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{where} is neither JSON nor YAML: {error}") from None


def _modern(document: dict[str, Any]) -> dict[str, Any]:
    """The document with schemas of 3.0 as 3.1 writes them, which is as JSON Schema does."""
    if not str(document["openapi"]).startswith("3.0"):
        return document
    converted: dict[str, Any] = _converted(document)
    return converted


def _converted(node: Any) -> Any:
    if isinstance(node, list):
        return [_converted(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _converted(value) for key, value in node.items()}
    for edge, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if changed.get(edge) is True and bound in changed:
            changed[edge] = changed.pop(bound)
        elif changed.get(edge) is False:
            del changed[edge]
    return _with_null(changed) if changed.get("nullable") is True else changed


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    left = {key: value for key, value in schema.items() if key != "nullable"}
    if isinstance(left.get("enum"), list):
        left["enum"] = [*(item for item in left["enum"] if item is not None), None]
    if isinstance(left.get("type"), str):
        return {**left, "type": [left["type"], "null"]}
    return {"anyOf": [left, {"type": "null"}]} if left else left
