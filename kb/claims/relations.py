"""Whether two values of one subject can both hold."""

import math
import re
from dataclasses import replace

from kb.claims.bounds import period_of
from kb.claims.values import Bound, Relation, Value, ValueKind

# 'about 15 m' and '17 m' can both be true; 'about 15 m' and '30 m' can't.
ABOUT_TOLERANCE = 0.25
_EPSILON = 1e-9


def relate(a: Value, b: Value) -> Relation:
    """Whether two values of one subject can both hold. Symmetric."""
    if not comparable(a, b):
        return Relation.UNRELATED
    if a.kind == ValueKind.STRAY:
        return Relation.SAME if _same_stray(a, b) else Relation.CONFLICT
    if a.kind in _SYMBOLIC:
        return _relate_symbols(a, b)
    if Bound.CHOICE in (a.bound, b.bound):
        return Relation.COMPATIBLE
    if ValueKind.PERCENT in (a.kind, b.kind) and a.kind != b.kind:
        return _relate_ratio(a, b)
    if _timed(a, b):
        return _relate_rates(a, b)
    if a.kind == b.kind or a.per == b.per != "":
        return _relate_numbers(a, b)
    return _relate_bare(a, b)


def _same_stray(a: Value, b: Value) -> bool:
    """2.50 and 250 are one number, the second in per cent."""
    return a.symbols == b.symbols or 0 < 100 * min(a.low, b.low) == max(a.low, b.low)


def comparable(a: Value, b: Value) -> bool:
    """Whether two values measure the same kind of thing, by the same rate."""
    if a.per != b.per and a.per and b.per and not (_timed(a, b) or _billed(a, b)):
        return False
    if ValueKind.NUMBER in (a.kind, b.kind) and a.kind != b.kind:
        number, other = (a, b) if a.kind == ValueKind.NUMBER else (b, a)
        if other.kind == ValueKind.COUNT:
            limits = number.bound == other.bound != Bound.EXACT and not (number.per or other.per)
            return limits or (bool(number.per) and bool(other.per))
        return other.kind in _BARE and not (other.per or (a.modifiers and b.modifiers))
    if a.kind != b.kind or not _same_unit(a, b):
        return False
    if a.kind == ValueKind.DURATION and a.modifiers != b.modifiers:
        return False
    if ("type" in a.modifiers) != ("type" in b.modifiers):
        return False
    return not (a.modifiers and b.modifiers and not a.modifiers & b.modifiers)


def _timed(a: Value, b: Value) -> bool:
    """Rates over different lengths of time, which can be converted; prices have discounts."""
    apart = a.per != b.per and ValueKind.MONEY not in (a.kind, b.kind)
    return apart and period_of(a.per) is not None and period_of(b.per) is not None


def _billed(a: Value, b: Value) -> bool:
    """Prices of one thing, of which one leaves out that it is paid every month."""
    apart = set(a.per.split()) ^ set(b.per.split())
    both = set(a.per.split()) & set(b.per.split())
    timed = {word for word in apart if period_of(word) is not None}
    return a.kind == b.kind == ValueKind.MONEY and bool(both) and apart == timed


def _relate_rates(a: Value, b: Value) -> Relation:
    """Rates over different lengths of time: the longer one may be slower, which leaves room for
    bursts; it can't be faster."""
    spans = period_of(a.per) or 1.0, period_of(b.per) or 1.0
    slow, fast = (a.high / spans[0], b.high / spans[1])
    if spans[0] < spans[1]:
        slow, fast = fast, slow
    if abs(slow - fast) <= 0.01 * max(slow, fast):
        return Relation.SAME
    if a.low == b.low and a.high == b.high > 1:
        return Relation.SOFT
    return Relation.COMPATIBLE if slow < fast else Relation.SOFT


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
    if missing:
        return Relation.CONFLICT
    crossed = bool(left - right) and bool(right - left)
    return Relation.SOFT if crossed and 2 * len(left & right) >= len(left) else Relation.COMPATIBLE


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
    if (a.kind == ValueKind.TIME or a.unit == "weekday") and a.bound == b.bound == Bound.RANGE:
        return Relation.SAME if (a.low, a.high) == (b.low, b.high) else Relation.CONFLICT
    if a.bound == b.bound == Bound.RANGE and a.kind in _ENDED and _overlap(a, b):
        return Relation.SAME if (a.low, a.high) == (b.low, b.high) else Relation.SOFT
    if a.bound == b.bound:
        return Relation.SAME if _overlap(a, b) else Relation.CONFLICT
    limits = {a.bound, b.bound}
    if Bound.RANGE in limits and limits & _LIMITS:
        ranged, limit = (a, b) if a.bound == Bound.RANGE else (b, a)
        return _against_range(ranged, limit)
    if limits == {Bound.AT_MOST, Bound.AT_LEAST}:
        return Relation.UNRELATED
    if Bound.AT_MOST in limits:
        limit, other = (a, b) if a.bound == Bound.AT_MOST else (b, a)
        return _against_most(limit, other)
    if Bound.AT_LEAST in limits:
        limit, other = (a, b) if a.bound == Bound.AT_LEAST else (b, a)
        return _against_least(limit, other)
    return Relation.COMPATIBLE if _overlap(a, b) else Relation.CONFLICT


_LIMITS = frozenset({Bound.AT_MOST, Bound.AT_LEAST})


def _against_range(ranged: Value, limit: Value) -> Relation:
    """A range against a limit at one of its ends: 3 to 60 against at most 80. How long something
    takes may well stay below a limit."""
    if limit.bound == Bound.AT_MOST:
        ends, broken = (ranged.high, limit.high), ranged.high > limit.high + _EPSILON
    else:
        ends, broken = (ranged.low, limit.low), ranged.low < limit.low - _EPSILON
    if ends[0] == ends[1] or abs(ends[0] - ends[1]) <= _EPSILON * max(1.0, *ends) < math.inf:
        return Relation.SAME
    if limit.kind in _ALLOWED:
        return Relation.CONFLICT
    return Relation.SOFT if broken else Relation.COMPATIBLE


_ALLOWED = frozenset({ValueKind.COUNT, ValueKind.SIZE, ValueKind.MEASURE, ValueKind.NUMBER})


# Of these, the ends of a range are limits.
_ENDED = _ALLOWED | {ValueKind.VERSION}


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
