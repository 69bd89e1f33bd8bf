"""Typed values: what a statement says, in comparable units, and whether two can both hold."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class ValueKind(StrEnum):
    """The type of a value; only values of one kind and unit are compared."""

    DURATION = "duration"
    FREQUENCY = "frequency"
    MONEY = "money"
    SIZE = "size"
    LENGTH = "length"
    MEASURE = "measure"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    VERSION = "version"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    CONTACT = "contact"
    LIST = "list"
    NAMED = "named"
    FILE = "file"
    POLARITY = "polarity"
    HOLDERS = "holders"


TIMES = frozenset({ValueKind.DURATION, ValueKind.FREQUENCY})


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOUT = "about"
    RANGE = "range"
    CHOICE = "choice"


class Relation(StrEnum):
    """How two values stand to each other.

    `SOFT` differ as people read them, though strictly both could hold: 14 days, within 30 days.
    """

    SAME = "same"
    COMPATIBLE = "compatible"
    UNRELATED = "unrelated"
    SOFT = "soft"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value at `text[start:end]` of its statement.

    `low` and `high` are in the unit's base (seconds, bytes, metres, the currency itself) and
    differ for ranges and for months, which have 28 to 31 days. `unit` is the base unit, the
    currency, the stem of what is counted, or the name whose version it is. `per` is what it is
    counted by ("month", "user"). `modifiers` are stems between a number and what it counts.
    `symbols` holds what is not a number: the steps of a place, an address, members of a list.
    """

    start: int
    end: int
    kind: ValueKind
    unit: str
    low: float
    high: float
    text: str
    bound: Bound = Bound.EXACT
    per: str = ""
    modifiers: frozenset[str] = frozenset()
    symbols: tuple[str, ...] = ()


# 'about 15 m' and '17 m' can both be true; 'about 15 m' and '30 m' can't.
ABOUT_TOLERANCE = 0.25
_EPSILON = 1e-9


def relate(a: Value, b: Value) -> Relation:
    """Whether two values of one subject can both hold. Symmetric."""
    if not comparable(a, b):
        return Relation.UNRELATED
    if a.kind in _SYMBOLIC:
        return _relate_symbols(a, b)
    if Bound.CHOICE in (a.bound, b.bound):
        return Relation.COMPATIBLE
    if ValueKind.PERCENT in (a.kind, b.kind) and a.kind != b.kind:
        return _relate_ratio(a, b)
    if a.kind == b.kind:
        return _relate_numbers(a, b)
    return _relate_bare(a, b)


def comparable(a: Value, b: Value) -> bool:
    """Whether two values measure the same kind of thing, by the same rate."""
    if a.per != b.per and a.per and b.per:
        return False
    if ValueKind.NUMBER in (a.kind, b.kind):
        other = b if a.kind == ValueKind.NUMBER else a
        return other.kind in _BARE and not (other.per or (a.modifiers and b.modifiers))
    if a.kind != b.kind or not _same_unit(a, b):
        return False
    return not (a.modifiers and b.modifiers and not a.modifiers & b.modifiers)


def _same_unit(a: Value, b: Value) -> bool:
    """Nothing to pay is nothing in any currency; business days are days and weekends."""
    if a.kind == ValueKind.MONEY and not (a.high and b.high):
        return True
    return a.unit == b.unit or a.kind == ValueKind.DURATION


_BARE = frozenset({ValueKind.NUMBER, ValueKind.DURATION, ValueKind.PERCENT, ValueKind.SIZE})


_SYMBOLIC = frozenset(
    {ValueKind.PLACE, ValueKind.CONTACT, ValueKind.LIST, ValueKind.NAMED, ValueKind.FILE}
)


def _relate_symbols(a: Value, b: Value) -> Relation:
    if a.symbols == b.symbols:
        return Relation.SAME
    if a.kind == ValueKind.LIST:
        return _relate_members(a, b)
    if a.kind == ValueKind.PLACE and (_within(a, b) or _within(b, a)):
        return Relation.COMPATIBLE
    return Relation.CONFLICT


def _relate_members(a: Value, b: Value) -> Relation:
    """A list that is said to be whole against one that names another member."""
    left, right = set(a.symbols), set(b.symbols)
    if left == right:
        return Relation.SAME
    if a.kind == ValueKind.LIST and not left & right:
        return Relation.UNRELATED
    missing = (a.bound == Bound.EXACT and right - left) or (b.bound == Bound.EXACT and left - right)
    return Relation.CONFLICT if missing else Relation.COMPATIBLE


def _within(a: Value, b: Value) -> bool:
    """Whether each step of one place is a step of the other, or its beginning."""
    return all(any(x.startswith(y) or y.startswith(x) for y in b.symbols) for x in a.symbols)


def _relate_numbers(a: Value, b: Value) -> Relation:
    """By bounds: two limits of one direction must be equal, other values must overlap."""
    if a.unit != b.unit and a.kind == ValueKind.DURATION:
        a, b = _calendar(a), _calendar(b)
    if Bound.ABOUT in (a.bound, b.bound):
        a, b = _loosen(a), _loosen(b)
        return Relation.COMPATIBLE if _overlap(a, b) else Relation.CONFLICT
    if a.kind == ValueKind.TIME and a.bound == b.bound == Bound.RANGE:
        return Relation.SAME if (a.low, a.high) == (b.low, b.high) else Relation.CONFLICT
    if a.bound == b.bound:
        return Relation.SAME if _overlap(a, b) else Relation.CONFLICT
    limits = {a.bound, b.bound}
    if limits == {Bound.AT_MOST, Bound.AT_LEAST}:
        return Relation.UNRELATED
    if Bound.AT_MOST in limits:
        limit, other = (a, b) if a.bound == Bound.AT_MOST else (b, a)
        return _against_most(limit, other)
    if Bound.AT_LEAST in limits:
        limit, other = (a, b) if a.bound == Bound.AT_LEAST else (b, a)
        return _against_least(limit, other)
    return Relation.COMPATIBLE if _overlap(a, b) else Relation.CONFLICT


def _against_most(limit: Value, other: Value) -> Relation:
    if _overlap(limit, other) and other.bound == Bound.EXACT:
        return Relation.SAME
    if other.low > limit.high + _EPSILON:
        return Relation.CONFLICT
    return Relation.SOFT if other.bound == Bound.EXACT else Relation.COMPATIBLE


def _against_least(limit: Value, other: Value) -> Relation:
    if _overlap(limit, other) and other.bound == Bound.EXACT:
        return Relation.SAME
    return Relation.CONFLICT if other.high < limit.low - _EPSILON else Relation.COMPATIBLE


def _relate_ratio(a: Value, b: Value) -> Relation:
    """A percentage against a plain number: 0.9 is 90 %, and 90 is 90 %."""
    percent, number = (a, b) if a.kind == ValueKind.PERCENT else (b, a)
    scaled = {number.low, number.low * 100}
    return Relation.SAME if percent.low in {round(x, 6) for x in scaled} else Relation.UNRELATED


def _relate_bare(a: Value, b: Value) -> Relation:
    """A number without a unit against one with: comparable as written."""
    bare, other = (a, b) if a.kind == ValueKind.NUMBER else (b, a)
    written = [
        float(number) for number in re.findall(r"\d+(?:\.\d+)?", other.text.replace(",", ""))
    ]
    if not written or any(bare.low <= number <= bare.high for number in written):
        return Relation.COMPATIBLE
    return Relation.SOFT


def _calendar(value: Value) -> Value:
    """Business days as calendar days: up to two weekends and a holiday more."""
    if value.unit != "business day":
        return value
    return replace(value, unit="second", high=value.high * 7 / 5 + 2 * 86_400)


def _overlap(a: Value, b: Value) -> bool:
    return a.low <= b.high + _EPSILON and b.low <= a.high + _EPSILON


def _loosen(value: Value) -> Value:
    margin = ABOUT_TOLERANCE / 2 if value.bound != Bound.ABOUT else ABOUT_TOLERANCE
    return replace(
        value,
        low=value.low * (1 - margin),
        high=value.high * (1 + margin),
        bound=Bound.RANGE,
    )
