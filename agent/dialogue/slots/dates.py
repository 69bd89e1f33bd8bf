"""Dates in a message, also those told from today."""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}|a couple of)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
# Customers speak of what was more often than of what is to come.
_SOON = timedelta(days=60)
_NAMED = {
    "today": 0, "tonight": 0, "now": 0, "this morning": 0, "yesterday": -1, "last night": -1,
    "the day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:(?P=mark)(?P<year>(?:20)?\d\d))?(?![\d/-])"
)
_IN_WORDS = (
    re.compile(rf"\b{_DAY}(?: of)?[\s-]+{_MONTH}{_YEAR}(?!\w)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}[\s-]+(?:the )?{_DAY}(?!\w){_YEAR}", re.IGNORECASE),
)
_AGO = re.compile(rf"\b{_COUNT} {_UNIT} ago\b", re.IGNORECASE)
_AHEAD = re.compile(rf"\bin {_COUNT} {_UNIT}\b", re.IGNORECASE)
_ON = re.compile(rf"\b(?:(?P<which>last|past|this|next|coming|on)\s+)?{_WEEKDAY}\b", re.IGNORECASE)
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_NAMED, key=len, reverse=True))})\b", re.IGNORECASE)


def dates(message: str, today: date) -> dict[tuple[int, int], date]:
    """Every date in the message, by place. A date without a year is the last one, unless it comes
    within two months; a weekday the last one, unless it is said to come. `3/4` could be two
    dates, and is none."""
    found: dict[tuple[int, int], date] = {}
    for pattern, read in _READERS:
        for match in pattern.finditer(message):
            taken = any(match.start() < end and start < match.end() for start, end in found)
            value = None if taken else read(match, today)
            if value:
                found[match.span()] = value
    return dict(sorted(found.items()))


def _iso(match: re.Match[str], _: date) -> date | None:
    return _made(int(match["year"]), int(match["month"]), int(match["day"]))


def _numeric(match: re.Match[str], today: date) -> date | None:
    a, b = int(match["a"]), int(match["b"])
    if match["mark"] == "." or a > 12 or a == b:
        day, month = a, b
    elif b > 12:
        day, month = b, a
    else:
        return None
    if match["year"]:
        year = int(match["year"])
        return _made(year + 2000 if year < 100 else year, month, day)
    return None if match["mark"] != "/" else _yearless(month, day, today)


def _in_words(match: re.Match[str], today: date) -> date | None:
    month = 1 + _MONTHS.index(match["month"][:3].lower())
    day = int(match["day"])
    return _made(int(match["year"]), month, day) if match["year"] else _yearless(month, day, today)


def _ago(match: re.Match[str], today: date) -> date | None:
    return _moved(today, match, -1)


def _ahead(match: re.Match[str], today: date) -> date | None:
    return _moved(today, match, 1)


def _on(match: re.Match[str], today: date) -> date | None:
    wanted = _DAYS.index(match["weekday"].lower()[:3])
    which = (match["which"] or "").lower()
    if not which and not match[0].lower().endswith("day"):
        return None
    if which in ("next", "coming", "this"):
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _name(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=_NAMED[match[0].lower()])


_READERS = (
    (_ISO, _iso),
    *((pattern, _in_words) for pattern in _IN_WORDS),
    (_NUMERIC, _numeric),
    (_AGO, _ago),
    (_AHEAD, _ahead),
    (_NAME, _name),
    (_ON, _on),
)


def _moved(today: date, match: re.Match[str], sign: int) -> date | None:
    from dateutil.relativedelta import relativedelta

    count = match["count"].lower()
    number = _COUNTS.get(count) or (2 if count.startswith("a couple") else int(count))
    unit = match["unit"].lower() + "s"
    delta = relativedelta(**{unit: sign * number})  # type: ignore[arg-type]  # the unit is one of its names
    return today + delta


def _yearless(month: int, day: int, today: date) -> date | None:
    near = [one for years in (-1, 0, 1) if (one := _made(today.year + years, month, day))]
    soon = [one for one in near if timedelta() <= one - today <= _SOON]
    return next(iter(soon), None) or max((one for one in near if one <= today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
