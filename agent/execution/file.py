"""What stands in a file of actions (`actions.toml`), strictly read."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.action import Effect, Limits, Parameter, ValueType
from agent.procedure import Fault

_TOP = ("backend", "action")
Table = TypeVar("Table", bound="Strict")


class Strict(BaseModel):
    """An unknown key is an error, and so is a text where a number belongs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BackendTable(Strict):
    """`[backend.NAME]`: where it is, and what states its operations."""

    openapi: str = ""
    plugin: str = ""
    kind: str = ""
    url: str = ""
    token_env: str = Field("", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$|^$")
    token_header: str = Field("", pattern=r"^[A-Za-z0-9-]*$")
    private: bool = False
    timeout_s: float = Field(10.0, gt=0, le=120)
    retries: int = Field(2, ge=0, le=5)

    @property
    def plugin_name(self) -> str:
        """The file of `agent/actions` that opens it."""
        return self.kind or ("openapi" if self.openapi else "python" if self.plugin else "http")

    @property
    def file(self) -> str:
        return self.openapi or self.plugin


class ParameterTable(Strict):
    """An input or output that the file itself states."""

    type: Literal[
        "text", "number", "integer", "money", "date", "boolean", "email", "choice", "list", "object"
    ] = "text"
    required: bool = True
    description: str = ""
    choices: list[str] = []
    pattern: str = ""
    secret: bool = False
    fields: dict[str, "ParameterTable"] = {}

    def parameter(self, name: str) -> Parameter:
        """The same as a value."""
        kind = ValueType.CHOICE if self.choices else ValueType(self.type)
        return Parameter(
            name=name,
            type=kind,
            required=self.required,
            description=self.description,
            choices=tuple(self.choices),
            pattern=self.pattern,
            fields=tuple(item.parameter(key) for key, item in self.fields.items()),
            secret=self.secret,
        )


class LimitsTable(Strict):
    """What goes to a person instead."""

    amount_input: str = ""
    most: int | float | str | None = None
    per_customer_per_day: int | None = Field(None, ge=0)
    tries_per_conversation: int | None = Field(None, ge=1)

    def limits(self) -> Limits:
        """The same as a value. Raises `ValueError` for a bound that is no number."""
        return Limits(
            amount_input=self.amount_input,
            most=None if self.most is None else _decimal(self.most),
            per_customer_per_day=self.per_customer_per_day,
            tries_per_conversation=self.tries_per_conversation,
        )


class ActionTable(Strict):
    """`[action.NAME]`: what it does, who may have it done, and how it is called."""

    backend: str
    operation: str = ""
    method: str = ""
    path: str = ""
    description: str = ""
    effect: Literal["read", "change", "money", "delete"] = "read"
    identity: Literal["anonymous", "claimed", "verified"] = "anonymous"
    confirm: bool = False
    verifies: bool = False
    result: str = Field("result", pattern=r"^[a-z][a-z0-9_]*$")
    bind: dict[str, str] = {}
    limits: LimitsTable = LimitsTable()
    undo: str = ""
    lookup: str = ""
    before: str = ""
    timeout_s: float | None = Field(None, gt=0, le=120)
    retries: int | None = Field(None, ge=0, le=5)
    inputs: dict[str, ParameterTable] = {}
    outputs: dict[str, ParameterTable] = {}

    @property
    def writes(self) -> bool:
        return Effect(self.effect) is not Effect.READ


@dataclass(frozen=True)
class Tables:
    """A whole file. `text` is kept so that a fault can name its line."""

    path: str
    text: str
    backends: Mapping[str, BackendTable]
    actions: Mapping[str, ActionTable]

    def fault(self, table: str, rule: str, message: str, **more: Any) -> Fault:
        """About `[table]`."""
        return Fault(self.path, line_of(self.text, table), rule, message, **more)


def read(text: str, path: str) -> tuple[Tables, list[Fault]]:
    """The tables that could be read, and what is wrong with the others."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = Fault(path, 0, "not-toml", f"{path} is not valid TOML: {error}")
        return Tables(path, text, {}, {}), [fault]
    faults = [
        Fault(path, line_of(text, key), "unknown-key", *_unknown(key, _TOP, "the file"))
        for key in values
        if key not in _TOP
    ]
    backends = {
        name: found
        for name, table in _tables(values, "backend")
        if (found := _checked(BackendTable, table, f"backend.{name}", text, path, faults))
    }
    actions = {
        name: action
        for name, table in _tables(values, "action")
        if (action := _checked(ActionTable, table, f"action.{name}", text, path, faults))
    }
    return Tables(path, text, backends, actions), faults


def line_of(text: str, table: str) -> int:
    """Where `[table]` begins, counted from 1; 0 when it is not written like this."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.replace(" ", "").replace('"', "").startswith(f"[{table}]"):
            return number
    return 0


def nearest(name: str, known: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """What was probably meant, as a question; else what there is."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"there are {', '.join(names[:12])}" if names else "there are none"


def _tables(values: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    found = values.get(kind, {})
    if isinstance(found, dict):
        yield from found.items()


def _checked(
    model: type[Table], table: Any, where: str, text: str, path: str, faults: list[Fault]
) -> Table | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        line = line_of(text, where)
        found = error.errors(include_url=False, include_input=False)
        faults += [_fault(model, item, where, line, path) for item in found]
        return None


def _fault(model: type[Strict], item: Any, where: str, line: int, path: str) -> Fault:
    place = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        known = _fields(model, item["loc"])
        return Fault(
            path, line, "unknown-key", *_unknown(str(item["loc"][-1]), known, f"[{where}]")
        )
    return Fault(path, line, "wrong-value", f"[{where}] {place}: {item['msg'].lower()}")


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are known where an unknown one stands."""
    inner: dict[str, type[BaseModel]] = {
        "limits": LimitsTable,
        "inputs": ParameterTable,
        "outputs": ParameterTable,
        "fields": ParameterTable,
    }
    for part in loc[:-1]:
        model = inner.get(str(part), model)
    return list(model.model_fields)


def _unknown(key: str, known: list[str] | tuple[str, ...], where: str) -> tuple[str, str]:
    return f"{where} has an unknown key '{key}'", nearest(key, known)


def _decimal(value: float | str) -> Decimal:
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        raise ValueError(f"'{value}' is no amount") from None
    if not found.is_finite() or found < 0:
        raise ValueError(f"'{value}' is no amount")
    return found
