"""Ranges and choices made of single values, and what stands around a value that changes it."""

import re
from dataclasses import replace

from kb.claims.bounds import bound_of
from kb.claims.values import Bound, Value, ValueKind
from kb.claims.words import stem

_JOINT = re.compile(r"\s*(?P<joint>-|–|—|\bto\b|\band\b|\bor\b|,)\s*", re.IGNORECASE)


def joined(values: list[Value], text: str) -> list[Value]:
    """Ranges ("3 to 5 days", "between 5 °C and 25 °C") and choices ("30, 60 or 90 days")."""
    found: list[Value] = []
    for value in values:
        before = found[-1] if found else None
        match = _JOINT.fullmatch(text, before.end, value.start) if before else None
        listed = match is not None and match["joint"] == ","
        if (
            before is None
            or match is None
            or not _joinable(before, value)
            or (listed and before.kind != ValueKind.NUMBER)
        ):
            found.append(value)
            continue
        found[-1] = _as_one(before, value, match["joint"].lower(), text)
        if found[-1] is before:
            found.append(value)
    return found


def _joinable(a: Value, b: Value) -> bool:
    if a.kind == b.kind and a.unit == b.unit:
        return True
    return a.kind == ValueKind.NUMBER and not a.per


def _as_one(a: Value, b: Value, joint: str, text: str) -> Value:
    low = a.low
    if a.kind != b.kind and b.low:
        number = float(re.sub(r"[^\d.]", "", b.text.split(" ")[0]) or 0) or 1.0
        low = a.low * (b.low / number)
    between = re.search(r"(?i)\bbetween\s*$", text[: a.start]) is not None
    ranged = joint in ("-", "–", "—", "to") or (joint == "and" and between)
    if joint == "and" and not between:
        return a
    bound = Bound.RANGE if ranged else Bound.CHOICE
    return replace(
        b, start=a.start, low=min(low, b.low), high=b.high, bound=bound, text=text[a.start : b.end]
    )


# "orders over $50": what is bought, not what it costs.
_WORTH = re.compile(r"(?i)\b(?:over|above|more than|exceeding|of at least|worth|below|under)\s*$")
_INTERVAL = re.compile(r"(?i)\b(?:interval|frequency)\b[^.;:]{0,25}$")
_AHEAD = re.compile(r"(?i)\s*(?:before|prior to|ahead|in advance)\b")
_OF_WHAT = re.compile(
    r"(?i)\s+(?:of )?(?:free |available )?(?P<what>ram|memory|disk|storage|swap)\b"
)


_WHAT_BEFORE = re.compile(r"(?i)\b(?P<what>ram|memory|disk|storage|swap)\b[^.;,()]{0,25}$")


def refined(value: Value, masked: str, text: str) -> Value:
    bound = bound_of(masked, value)
    whole = replace(value, bound=bound, text=text[value.start : value.end])
    before, after = masked[: value.start], masked[value.end :]
    if whole.kind == ValueKind.MONEY and _WORTH.search(before):
        return replace(whole, unit=f"{whole.unit} worth")
    if whole.kind == ValueKind.DURATION and _INTERVAL.search(before):
        return replace(whole, kind=ValueKind.FREQUENCY)
    if whole.kind == ValueKind.DURATION and _AHEAD.match(after):
        return replace(whole, modifiers=frozenset({"before"}))
    if whole.kind == ValueKind.SIZE and (
        match := _OF_WHAT.match(after) or _WHAT_BEFORE.search(before)
    ):
        return replace(whole, modifiers=frozenset({stem(match["what"])}))
    if whole.kind == ValueKind.DURATION and re.search(
        r"(?i)\bevery(?: other)?\s*$", masked[: value.start]
    ):
        return replace(whole, kind=ValueKind.FREQUENCY)
    return whole
