"""Days of the week and of the month on which something happens: "every Monday", "on the 15th"."""

import re

from kb.claims.values import Bound, Value, ValueKind

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = "|".join([*_DAYS, *(f"{day[:3]}\\b" for day in _DAYS)])
_SPAN = re.compile(
    rf"\b(?P<a>{_DAY})s?\s?(?:-|–|—|to|through|until)\s?(?P<b>{_DAY})s?\b", re.IGNORECASE
)
_RECURRING = re.compile(
    rf"\b(?:every|each|on|by|until) (?P<a>{_DAY})s?\b(?! (?:to|through|and|or)\b)", re.IGNORECASE
)
_ALWAYS = re.compile(
    r"\b24/7\b|\baround the clock\b|\b(?:seven|7) days a week\b|\bevery day of the week\b",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_IN_MONTH = re.compile(
    rf"\b(?P<nth>first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) (?P<what>{_DAY}|day|business "
    r"day|working day|weekday) (?:of|in) (?:each|every|the|a) month\b",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(
    r"\b(?:on|by|until|from) the (?P<day>\d{1,2})(?:st|nd|rd|th)(?: day)? (?:of|in) "
    r"(?:each|every|the|a) month\b",
    re.IGNORECASE,
)


def days(text: str) -> list[Value]:
    """Recurring days, in order; a span of weekdays as a range."""
    found = []
    for match in _IN_MONTH.finditer(text):
        nth = match["nth"].lower()
        number = _ORDINALS.get(nth) or int(re.sub(r"\D", "", nth))
        found.append(_named(text, match, f"{number} {match['what'].lower()}"))
    found += [_named(text, match, match["day"]) for match in _OF_MONTH.finditer(text)]
    found += [_weekdays(text, match.span(), 0, len(_DAYS) - 1) for match in _ALWAYS.finditer(text)]
    for match in (*_SPAN.finditer(text), *_RECURRING.finditer(text)):
        if not any(value.start < match.end() and match.start() < value.end for value in found):
            low = _number(match["a"])
            high = _number(match.groupdict().get("b") or match["a"])
            span = match.start("a"), match.end()
            found.append(_weekdays(text, span, low, high if high >= low else high + len(_DAYS)))
    return found


def _named(text: str, match: re.Match[str], symbol: str) -> Value:
    start, end = match.span()
    return Value(
        start, end, ValueKind.NAMED, "day of month", 0.0, 0.0, text[start:end], symbols=(symbol,)
    )


def _weekdays(text: str, span: tuple[int, int], low: int, high: int) -> Value:
    start, end = span
    bound = Bound.RANGE if high > low else Bound.EXACT
    return Value(start, end, ValueKind.DATE, "weekday", low, high, text[start:end], bound)


def _number(day: str) -> int:
    return next(n for n, name in enumerate(_DAYS) if name.startswith(day[:3].lower()))
