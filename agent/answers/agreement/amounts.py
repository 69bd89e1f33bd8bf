"""Numbers, units, dates, and how they are bounded."""

import re

from agent.answers import markers
from agent.answers.agreement.unit import Unit
from agent.answers.sense import Sense, sense
from kb.claims.values import Bound, Value, ValueKind

_NUMERIC = frozenset(
    {
        ValueKind.DURATION,
        ValueKind.MONEY,
        ValueKind.SIZE,
        ValueKind.LENGTH,
        ValueKind.PERCENT,
        ValueKind.DATE,
        ValueKind.TIME,
        ValueKind.VERSION,
    }
)


_EXACT = frozenset({ValueKind.MONEY, ValueKind.PERCENT, ValueKind.SIZE})


_ANYHOW = frozenset({Bound.ABOUT, Bound.RANGE, Bound.CHOICE})


def numbers_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    typed = [value for value in part.values if value.kind in _NUMERIC]
    told = (*unit.own.values, *unit.around.values)
    equal = [value for value in typed if any(_same(value, other) for other in told)]
    settled = {number for value in equal for number in sense(value.text).numbers}
    known = unit.own.numbers | unit.around.numbers
    for number in part.numbers - settled:
        if number not in known:
            return f"number {number} is not in the quote"
    for value in typed:
        if value not in equal and (value.kind in _EXACT or _rivalled(value, told)):
            return f"{value.text} is not in the quote"
    return ""


def _rivalled(value: Value, told: tuple[Value, ...]) -> bool:
    """Whether the quote has another amount of this kind, or the value is not written in digits,
    which were found already."""
    return not sense(value.text).numbers or any(other.kind is value.kind for other in told)


def _same(a: Value, b: Value) -> bool:
    if a.kind is not b.kind or (a.kind is ValueKind.MONEY and a.unit != b.unit):
        return False
    return a.low == b.low and a.high == b.high and (not a.per or not b.per or a.per == b.per)


def bounds_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    """At most, at least, about: as the source has it."""
    for value in part.values:
        rivals = [other for other in unit.own.values if _amount(value, other)]
        if not rivals or any(_bounded_alike(value, other, part) for other in rivals):
            continue
        return f"{value.text} is bounded otherwise in the quote"
    return ""


def _amount(a: Value, b: Value) -> bool:
    numeric = _NUMERIC | {ValueKind.COUNT, ValueKind.NUMBER}
    if a.kind in (ValueKind.DATE, ValueKind.TIME) or a.kind not in numeric:
        return False
    return b.kind in numeric and a.low == b.low and a.high == b.high


def _bounded_alike(a: Value, b: Value, part: Sense) -> bool:
    if a.bound is b.bound or a.bound in _ANYHOW or b.bound is Bound.CHOICE:
        return True
    if b.bound is Bound.EXACT:
        return a.bound is Bound.AT_MOST
    if a.bound is Bound.EXACT and b.bound is Bound.AT_MOST:
        return bool(
            markers.CAN.search(part.plain) or re.search(r"\b(?:in|have|limit)\b", part.plain)
        )
    return False
