"""When somebody is there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kb.errors import ConfigError
from kb.settings import HandoverSettings

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_AHEAD_DAYS = 370
_IN_WORDS_DAYS = 6
_FORM = "such as 09:00-17:30, or 09:00-12:00 13:00-17:00"


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to, without, `end`, by the clock on the wall; an end of 00:00 is midnight at
    the end of the day."""

    start: time
    end: time


class Hours:
    """The working hours of the settings; without any, somebody is always there. Raises
    `ConfigError` for a zone, a day, hours or a holiday that can't be read."""

    def __init__(self, settings: HandoverSettings) -> None:
        self._zone = _zone(settings.timezone)
        self._week = {_day(name): _spans(name, text) for name, text in settings.hours.items()}
        self._holidays = frozenset(_date(text) for text in settings.holidays)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there at this moment."""
        if not self._week:
            return True
        today = now.astimezone(self._zone).date()
        spans = (span for day in (today - timedelta(days=1), today) for span in self._on(day))
        return any(start <= now < end for start, end in spans)

    def opens(self, now: datetime) -> datetime | None:
        """When somebody is there next, in UTC; `now` while somebody is, None when nobody ever
        is within a year."""
        if self.is_open(now):
            return now
        today = now.astimezone(self._zone).date()
        for ahead in range(_LONGEST_AHEAD_DAYS):
            for start, _ in self._on(today + timedelta(days=ahead)):
                if start > now:
                    return start.astimezone(UTC)
        return None

    def said(self, moment: datetime, now: datetime, zone: str = "") -> str:
        """A moment ahead as one says it: `today at 09:00 (Europe/Berlin time)`. `zone` is the
        customer's own, where it is known."""
        read = _customers_zone(zone) or self._zone
        local, here = moment.astimezone(read), now.astimezone(read)
        days = (local.date() - here.date()).days
        if days == 0:
            day = "today"
        elif days == 1:
            day = "tomorrow"
        elif days <= _IN_WORDS_DAYS:
            day = f"on {local:%A}"
        else:
            day = f"on {local:%A}, {local.day} {local:%B}"
        return f"{day} at {local:%H:%M} ({_told(read)})"

    def _on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The hours of one day as moments. Where clocks are put forward, a time that does not
        exist is read as after the change; where they are put back, as the first of the two."""
        if day in self._holidays:
            return []
        return [
            (self._moment(day, span.start), self._end(day, span))
            for span in self._week.get(day.weekday(), ())
        ]

    def _end(self, day: date, span: Span) -> datetime:
        later = day + timedelta(days=1) if span.end <= span.start else day
        return self._moment(later, span.end)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self._zone).astimezone(UTC)


def _told(zone: ZoneInfo) -> str:
    return "UTC" if zone.key == "UTC" else f"{zone.key.replace('_', ' ')} time"


def _customers_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"[handover] timezone: there is no zone {name!r}; write one such as Europe/Berlin"
        ) from None


def _day(name: str) -> int:
    key = name.strip().lower()[:3]
    if key not in _DAYS:
        raise ConfigError(f"[handover] hours: there is no day {name!r}; write mon to sun")
    return _DAYS.index(key)


def _spans(name: str, text: str) -> list[Span]:
    parts = text.replace(",", " ").split()
    try:
        spans = [_span(part) for part in parts]
    except ValueError:
        raise ConfigError(
            f"[handover] hours {name}: {text!r} can't be read; write {_FORM}"
        ) from None
    return sorted(spans, key=lambda span: span.start)


def _span(text: str) -> Span:
    start, _, end = text.replace("–", "-").partition("-")
    ends = time(0) if end.strip() == "24:00" else time.fromisoformat(end.strip())
    begins = time.fromisoformat(start.strip())
    if begins == ends != time(0):
        raise ValueError(text)
    return Span(begins, ends)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"[handover] holidays: {text!r} is no day; write one such as 2026-12-25"
        ) from None
