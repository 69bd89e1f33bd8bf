"""The edit that would make one statement say what another says."""

import re

from kb.claims.claim import Claim
from kb.claims.values import Bound, Value, ValueKind

_NUMBER = re.compile(r"\d[\d.,  ]*\d|\d")
_RATE = re.compile(r"\s*(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*[A-Za-z]+\s*$")
_OPEN_END = re.compile(r"\s*(?:or|and)\s+(?:later|newer|higher|above|more|up|greater)\b")
_HYPHENED = re.compile(r"^(?P<number>[\w.,]+)-(?P<unit>[A-Za-z]+?)s?$")
_SPACED = re.compile(r"^(?P<number>[\w.,]+) (?P<unit>[A-Za-z]+?)s?$")
_LAST = re.compile(r"\s+(and|or)\s+(?=[^,]*$)")
_OPPOSITES = (
    ("yes", "no"),
    ("on", "off"),
    ("enabled", "disabled"),
    ("supported", "not supported"),
    ("included", "not included"),
    ("available", "not available"),
    ("✓", "✗"),
    ("✔", "✘"),
    ("✅", "❌"),
)
_TURNED = {**dict(_OPPOSITES), **{no: yes for yes, no in _OPPOSITES}}
_COUNTED = frozenset({ValueKind.COUNT, ValueKind.NUMBER})
_LIMITS = frozenset({Bound.AT_MOST, Bound.AT_LEAST})


def edited(wrong: Claim, right: Claim) -> str | None:
    """The statement of `wrong` with the value of `right`; None where exchanging the words would
    not make a sentence."""
    if wrong.value is None or right.value is None:
        return _answered(wrong)
    if wrong.kind == ValueKind.HOLDERS or not _fits(wrong.value, right.value):
        return None
    text, value = wrong.spot.text, wrong.value
    if text[value.start : value.end] != value.text:
        return None
    after = text[value.end :]
    new = _fitted(value, right.value)
    if _OPEN_END.match(after):
        new = new.rstrip("+")
    changed = f"{text[: value.start]}{new}{after}"
    return changed if changed != text else None


def _fits(wrong: Value, right: Value) -> bool:
    """A range stands ill after "at most"; a bare number is no version and no price."""
    if right.bound in (Bound.RANGE, Bound.CHOICE) and wrong.bound in _LIMITS:
        return False
    if {wrong.bound, right.bound} == _LIMITS:
        return False
    return wrong.kind == right.kind or {wrong.kind, right.kind} <= _COUNTED


def _answered(wrong: Claim) -> str | None:
    """A cell turned round: "Yes" for "No"."""
    word = wrong.spot.text.strip()
    turned = _TURNED.get(word.lower())
    if turned is None or not wrong.spot.labels:
        return None
    return turned.capitalize() if word[:1].isupper() else turned


def _fitted(wrong: Value, right: Value) -> str:
    """The right value as it would stand in the place of the wrong one."""
    old, new = wrong.text.strip(), right.text.strip()
    if wrong.kind in _COUNTED:
        numbers = _NUMBER.findall(old), _NUMBER.findall(new)
        if len(numbers[0]) == len(numbers[1]) == 1:
            return old.replace(numbers[0][0], numbers[1][0])
    if right.per and not wrong.per:
        new = _RATE.sub("", new)
    if wrong.kind == ValueKind.LIST and (last := _LAST.search(old)):
        new = _LAST.sub(f" {last[1]} ", new)
    if _HYPHENED.match(old) and (spaced := _SPACED.match(new)):
        return f"{spaced['number']}-{spaced['unit']}"
    if _SPACED.match(old) and (joined := _HYPHENED.match(new)):
        plural = "" if joined["number"] in ("1", "one") else "s"
        return f"{joined['number']} {joined['unit']}{plural}"
    return new
