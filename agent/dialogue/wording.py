"""What a procedure says, with values put in readably."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from agent.action import ActionSpec, Parameter, Value, ValueType
from agent.dialogue.harmless import harmless
from agent.dialogue.quantities import has_time, moment, number
from agent.dialogue.scope import Scope
from agent.procedure import Call, Procedure

_GAP = re.compile(r"\{([A-Za-z_]\w*(?:\.\w+)*)\}")
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_WITHOUT_CENTS = {"JPY", "KRW", "VND", "CLP", "ISK"}
_LONGEST = 600


class Unsayable(Exception):
    """A text needs a value that is not known, or that has no readable form."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{{{path}}} is not known")
        self.path = path


# What is known of the value at a path.
Kinds = Callable[[str], Parameter | None]


def kinds(procedure: Procedure, specs: Mapping[str, ActionSpec]) -> Kinds:
    """What slots and the outputs of the procedure's actions say about their values."""
    nouns: dict[str, Parameter] = {
        slot.name: Parameter(slot.name, slot.type) for slot in procedure.slots.values()
    }
    for step in procedure.steps.values():
        if isinstance(step, Call) and step.action in specs:
            outputs = specs[step.action].outputs
            nouns[step.result] = Parameter(step.result, ValueType.OBJECT, fields=outputs)
    return lambda path: _kind(nouns, path)


def _kind(nouns: Mapping[str, Parameter], path: str) -> Parameter | None:
    noun, *fields = path.split(".")
    found = nouns.get(noun)
    for name in fields:
        if found is None:
            return None
        if found.type is ValueType.LIST and name.isdigit():
            continue
        found = next((item for item in found.fields if item.name == name), None)
    return found


def fill(text: str, scope: Scope, kind: Kinds) -> str:
    """The text with each `{path}` replaced by its value. Values are data: braces in them stay as
    they are. Raises `Unsayable` for a value that is not known."""

    def put(gap: re.Match[str]) -> str:
        before = text[: gap.start()].rstrip(" ")[-1:]
        return said(gap[1], scope, kind, bare=before in _SIGNS.values())

    return _GAP.sub(put, text)


def said(path: str, scope: Scope, kind: Kinds, *, bare: bool = False) -> str:
    """The value at a path as people read it; `bare`: money without its currency. Raises
    `Unsayable`."""
    value = scope.look_up(path)
    currency = "" if bare else _currency(path, scope)
    shown = harmless(show(value, kind(path), currency))
    if not shown:
        raise Unsayable(path)
    return shown


def show(value: Value, kind: Parameter | None = None, currency: str = "") -> str:
    """A value as people read it: money with two decimals and the currency, dates as 3 November
    2026, lists as `a, b and c`. Empty for what has no readable form."""
    type_ = kind.type if kind else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _listed(value, kind, currency)
    if isinstance(value, Mapping):
        return _fields(value, kind)
    amount = number(value)
    if type_ is ValueType.MONEY and amount is not None:
        return _money(amount, currency)
    if isinstance(value, int | float) and amount is not None:
        return format(amount.normalize(), "f")
    if isinstance(value, str):
        return _text(value)
    return ""


def _text(value: str) -> str:
    when = moment(value)
    if when is None:
        flat = " ".join(value.split())
        return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()}…"
    day = f"{when.day} {when:%B} {when.year}"
    midnight = (when.hour, when.minute) == (0, 0)
    return f"{day}, {when:%H:%M} {when.tzname()}" if has_time(value) and not midnight else day


def _money(amount: Decimal, currency: str) -> str:
    shown = f"{abs(amount):,.0f}" if currency in _WITHOUT_CENTS else f"{abs(amount):,.2f}"
    minus = "-" if amount < 0 else ""
    sign = _SIGNS.get(currency)
    if sign:
        return f"{minus}{sign}{shown}"
    return f"{minus}{shown} {currency}".strip()


def _currency(path: str, scope: Scope) -> str:
    """The code in the field `currency` beside a value."""
    owner, _, _ = path.rpartition(".")
    found = scope.look_up(f"{owner}.currency") if owner else None
    return found.upper() if isinstance(found, str) and re.fullmatch("[A-Za-z]{3}", found) else ""


def _listed(values: list[Value], kind: Parameter | None, currency: str) -> str:
    of_objects = any(isinstance(value, Mapping) for value in values)
    plain = None if kind is None or kind.type is ValueType.LIST else kind
    shown = [show(value, kind if of_objects else plain, currency) for value in values]
    shown = [item for item in shown if item]
    if of_objects:
        return "; ".join(shown)
    *most, last = shown or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _fields(value: Mapping[str, Value], kind: Parameter | None) -> str:
    """The plain fields of an object in the order of its definition."""
    known = {item.name: item for item in kind.fields} if kind else {}
    names = [*(name for name in known if name in value), *(n for n in value if n not in known)]
    currency = value.get("currency")
    code = currency if isinstance(currency, str) else ""
    return ", ".join(
        shown
        for name in names
        if name != "currency"
        and not isinstance(value[name], list | Mapping)
        and (shown := show(value[name], known.get(name), code))
    )
