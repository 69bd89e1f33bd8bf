"""What an operation of an OpenAPI document takes and gives."""

import re
from collections.abc import Callable
from functools import cached_property

from agent.action import Parameter, Value, Values
from agent.backends.client import KEY_HEADER
from agent.backends.document import Document, Operation, Place
from agent.backends.schemas import Schema, fixed, flat, parameter, parameters
from agent.backends.values import amount

_KEYS = frozenset({KEY_HEADER.casefold(), f"x-{KEY_HEADER.casefold()}"})
_FILLED = frozenset({"accept", "content-type", "authorization"})
"""Headers that a document may name and that are no parameters (OpenAPI 3.1.1, 4.8.12)."""
_WHOLE = "body"
"""The input that is the whole body, where the body is no object."""
_LISTED, _SINGLE = "items", "value"
"""The outputs of an answer that is a list, or a single value."""


class Shape:
    """What an operation takes and gives, between the names of inputs and those of the wire."""

    def __init__(self, operation: Operation, document: Document) -> None:
        self.operation = operation
        self._document = document
        self._body = {} if operation.body is None else flat(operation.body, document.follow)
        self._checkers: dict[str, Callable[[Value], str]] = {}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Parameters by name of input."""
        found = {}
        for place in self.operation.places:
            header = place.where == "header" and place.name.casefold()
            if header not in _KEYS | _FILLED:
                found[_name(place)] = place
        return found

    @cached_property
    def keys(self) -> list[str]:
        """Headers that the idempotency key goes into beside the usual one."""
        usual = KEY_HEADER.casefold()
        found = [item.name for item in self.operation.places if item.name.casefold() in _KEYS]
        return [name for name in found if name.casefold() != usual]

    @cached_property
    def constants(self) -> dict[str, Value]:
        """Properties of the body that can have one value only."""
        found = {}
        for name, schema in self._body.get("properties", {}).items():
            only = fixed(schema, self._document.follow)
            if only and name in self._body.get("required", ()):
                found[name] = only[0]
        return found

    @property
    def takes_object(self) -> bool:
        return "properties" in self._body or self._body.get("type") == "object"

    def inputs(self) -> tuple[Parameter, ...]:
        follow = self._document.follow
        found = {
            name: parameter(name, place.schema, follow, required=place.required, hidden="readOnly")
            for name, place in self.places.items()
        }
        for item in self._body_inputs():
            found.setdefault(item.name, item)
        return tuple(found.values())

    def outputs(self) -> tuple[Parameter, ...]:
        """Of the first answer that says that it was done; the items of a list stand in `items`."""
        schemas = [x for status, x in sorted(self.operation.answers.items()) if status != "default"]
        schema = next((item for item in schemas if item is not None), None)
        if schema is None:
            return ()
        whole = flat(schema, self._document.follow)
        if whole.get("type") == "object" or "properties" in whole:
            return parameters(whole, self._document.follow, hidden="writeOnly")
        name = _LISTED if whole.get("type") == "array" else _SINGLE
        follow = self._document.follow
        return (parameter(name, whole, follow, required=True, hidden="writeOnly"),)

    def body(self, arguments: Values) -> Value:
        """What is sent; None when nothing is."""
        if self.operation.body is None:
            return None
        if not self.takes_object:
            return arguments.get(_WHOLE)
        schemas = self._body.get("properties", {})
        given = {name: arguments[name] for name in schemas if name in arguments}
        follow = self._document.follow
        return {
            **self.constants,
            **{name: _as_wire(value, flat(schemas[name], follow)) for name, value in given.items()},
        }

    @cached_property
    def body_misfit(self) -> Callable[[Value], str]:
        """Why a body does not fit; what only a backend sets is not asked of a request."""
        hidden = {
            name
            for name, item in self._body.get("properties", {}).items()
            if flat(item, self._document.follow).get("readOnly")
        }
        needed = [name for name in self._body.get("required", ()) if name not in hidden]
        whole = self.operation.body if not hidden else {**self._body, "required": needed}
        return self._document.checker(whole or {})

    def answer_misfit(self, status: int, value: Value) -> str:
        """Why an answer is none that the document names; nothing when it is one."""
        known, schema = self._answer(status)
        if not known:
            return f"the document names no answer {status}"
        if schema is None:
            return ""
        return self._checker(f"answer {status}", schema)(value)

    def place_misfit(self, name: str, value: Value) -> str:
        """Why an argument outside the body does not fit; nothing when it does."""
        return self._checker(name, self.places[name].schema)(value)

    def wire(self, place: Place, value: Value) -> Value:
        return _as_wire(value, flat(place.schema, self._document.follow))

    def _checker(self, name: str, schema: Schema) -> Callable[[Value], str]:
        if name not in self._checkers:
            self._checkers[name] = self._document.checker(schema)
        return self._checkers[name]

    def _body_inputs(self) -> tuple[Parameter, ...]:
        if self.operation.body is None:
            return ()
        follow = self._document.follow
        if not self.takes_object:
            body = self.operation.body
            return (parameter(_WHOLE, body, follow, required=True, hidden="readOnly"),)
        found = parameters(self._body, follow, hidden="readOnly")
        return tuple(item for item in found if item.name not in self.constants)

    def _answer(self, status: int) -> tuple[bool, Schema | None]:
        """Whether the document knows this answer, and its schema; an operation that names one
        answer with content may give it with 200 or 201."""
        answers = self.operation.answers
        for key in (str(status), "2XX", "default"):
            if key in answers:
                return True, answers[key]
        if not answers:
            return True, None
        only = len(answers) == 1 and status in (200, 201)
        return only, next(iter(answers.values())) if only else None


def named(value: Value) -> Values:
    """An answer by the names of outputs."""
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    return {_LISTED if isinstance(value, list) else _SINGLE: value}


def _name(place: Place) -> str:
    """As a step can write it: `X-Store-Id` is `x_store_id`."""
    if place.where == "header" or not place.name.isidentifier():
        return re.sub(r"\W+", "_", place.name).strip("_").lower()
    return place.name


def _as_wire(value: Value, schema: Schema) -> Value:
    """A number as text and the other way round, as the schema has it."""
    kind = schema.get("type")
    if kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        found = amount(value)
        return str(value) if found is None else f"{found:f}"
    if kind in ("number", "integer") and isinstance(value, str):
        found = amount(value)
        if found is None:
            return value
        return int(found) if found == found.to_integral_value() else float(found)
    return value
