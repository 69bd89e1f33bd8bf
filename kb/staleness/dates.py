"""Dates as articles write them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
QUARTER_ENDS = (3, 6, 9, 12)
SEASON_ENDS = {"spring": 6, "summer": 9, "autumn": 11, "fall": 11, "winter": 12}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:20\d\d)"
FORMS = re.compile(
    rf"""(?<![\w./-])(?:
      (?P<iso>{_YEAR}-[01]\d-[0-3]\d)
    | (?P<d1>{_DAY})\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?
    | (?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?:,?\s+(?P<y2>{_YEAR}))?
    | (?P<m3>{_MONTH}),?\s+(?P<y3>{_YEAR})
    | q(?P<q>[1-4])\s*(?:of\s+)?(?P<y4>{_YEAR})
    | (?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y5>{_YEAR})
    | (?P<y6>{_YEAR})
    )(?![\w-]|[./]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text. `last` is the last day that it may mean; None where the year is not
    written, then `month` and `day` say when in the year."""

    start: int
    end: int
    text: str
    last: date | None
    month: int = 0
    day: int = 0

    def after(self, known: date) -> date:
        """The first such day on or after `known`, for a date without a year."""
        if self.last:
            return self.last
        candidate = _clamped(known.year, self.month, self.day)
        if candidate >= known:
            return candidate
        return _clamped(known.year + 1, self.month, self.day)


def mentions(text: str) -> Iterator[Mention]:
    """Every date in order. "May 5" and "5 May" without a year are dates too; "may" is not."""
    for match in FORMS.finditer(text):
        found = _read(match)
        if found:
            yield found


def _read(match: re.Match[str]) -> Mention | None:
    part = match.groupdict()
    span = (match.start(), match.end(), match.group())
    try:
        if part["iso"]:
            return Mention(*span, date.fromisoformat(part["iso"]))
        if part["m1"] or part["m2"]:
            return _day(span, part)
        if part["m3"]:
            return Mention(*span, _end(int(part["y3"]), _number(part["m3"])))
        if part["q"]:
            return Mention(*span, _end(int(part["y4"]), QUARTER_ENDS[int(part["q"]) - 1]))
        if part["season"]:
            return Mention(*span, _end(int(part["y5"]), SEASON_ENDS[part["season"].casefold()]))
        return Mention(*span, date(int(part["y6"]), 12, 31))
    except ValueError:
        return None


def _day(span: tuple[int, int, str], part: dict[str, str | None]) -> Mention | None:
    name = part["m1"] or part["m2"] or ""
    if name.islower():
        return None
    month = _number(name)
    day = int(re.sub(r"\D", "", part["d1"] or part["d2"] or ""))
    year = part["y1"] or part["y2"]
    if not 1 <= day <= 31:
        return None
    if year:
        return Mention(*span, date(int(year), month, day))
    return Mention(*span, None, month, day)


def _number(name: str) -> int:
    return MONTHS.index(name[:3].casefold()) + 1


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
