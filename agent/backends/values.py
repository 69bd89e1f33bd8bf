"""Whether values fit the inputs and outputs that an action states."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from agent.action import Parameter, Value, Values, ValueType

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s.<>,;]+")
_AMOUNTS = (ValueType.NUMBER, ValueType.INTEGER, ValueType.MONEY)
_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_MOST_DIGITS = 30
_SHOWN_CHARS = 60


class Unfit(ValueError):
    """A value is not what it must be. The message names the value's place, not the value where
    that is secret."""


def fitted(parameters: Sequence[Parameter], values: Values, *, strict: bool) -> dict[str, Value]:
    """The values of these parameters, each in its type's form; others are left out.

    Raises `Unfit` for one that is missing or does not fit. `strict` also refuses a null and an
    empty text for what is required: inputs; a backend may give those for what it always names.
    """
    kept: dict[str, Value] = {}
    for parameter in parameters:
        name = parameter.name
        if name not in values or (values[name] is None and strict):
            if parameter.required:
                raise Unfit(f"{name} is missing")
            continue
        value = values[name]
        kept[name] = None if value is None else fit(parameter, value, strict=strict)
    return kept


def fit(parameter: Parameter, value: Value, *, strict: bool = True) -> Value:
    """The value in its type's form: a number for a number, `2026-05-04` for a date, one of the
    choices as they are written. Raises `Unfit`."""
    match parameter.type:
        case ValueType.LIST:
            return _items(parameter, value, strict=strict)
        case ValueType.OBJECT:
            return _members(parameter, value, strict=strict)
        case ValueType.BOOLEAN:
            return _boolean(parameter, value)
        case kind if kind in _AMOUNTS:
            return _amount(parameter, value)
        case _:
            return _text(parameter, value, strict=strict)


def amount(value: Value) -> Decimal | None:
    """The number in it, exactly as it was written; None when there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    fits = found.is_finite() and abs(found.adjusted()) < _MOST_DIGITS
    return found if fits and len(found.as_tuple().digits) <= _MOST_DIGITS else None


def _text(parameter: Parameter, value: Value, *, strict: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unfit(parameter, value, "a text")
    text = str(value).strip() if strict else str(value)
    if strict and parameter.required and not text:
        raise Unfit(f"{parameter.name} is empty")
    if parameter.choices:
        return _choice(parameter, text)
    if parameter.pattern and not re.fullmatch(parameter.pattern, text):
        raise _unfit(parameter, text, f"like {parameter.pattern}")
    if parameter.type is ValueType.EMAIL and not _EMAIL.fullmatch(text):
        raise _unfit(parameter, text, "an e-mail address")
    if parameter.type is ValueType.DATE and not _is_date(text):
        raise _unfit(parameter, text, "a date such as 2026-05-04")
    return text


def _choice(parameter: Parameter, text: str) -> str:
    for choice in parameter.choices:
        if choice.casefold() == text.casefold():
            return choice
    raise _unfit(parameter, text, f"one of {', '.join(parameter.choices)}")


def _amount(parameter: Parameter, value: Value) -> Value:
    """A number stays a number. A text becomes one, but for money, whose digits are kept."""
    found = amount(value)
    if found is None:
        raise _unfit(parameter, value, "a number")
    if parameter.type is ValueType.INTEGER:
        if found != found.to_integral_value():
            raise _unfit(parameter, value, "a whole number")
        return int(found)
    if not isinstance(value, str):
        return value
    if parameter.type is ValueType.MONEY:
        return f"{found:f}"
    return int(found) if found == found.to_integral_value() else float(found)


def _boolean(parameter: Parameter, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in _WORDS:
        return _WORDS[value.strip().casefold()]
    raise _unfit(parameter, value, "yes or no")


def _items(parameter: Parameter, value: Value, *, strict: bool) -> list[Value]:
    if not isinstance(value, list):
        raise _unfit(parameter, value, "a list")
    if not parameter.fields:
        return value
    return [_members(parameter, item, strict=strict) for item in value]


def _members(parameter: Parameter, value: Value, *, strict: bool) -> Value:
    if not isinstance(value, Mapping):
        raise _unfit(parameter, value, "an object")
    if not parameter.fields:
        return value
    try:
        return fitted(parameter.fields, value, strict=strict)
    except Unfit as error:
        raise Unfit(f"{parameter.name}.{error}") from None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return False
    return True


def _unfit(parameter: Parameter, value: Value, expected: str) -> Unfit:
    if parameter.secret:
        return Unfit(f"{parameter.name} is not {expected}")
    shown = " ".join(str(value).split())[:_SHOWN_CHARS]
    return Unfit(f"{parameter.name} is '{shown}', not {expected}")
