"""How many findings there were, came and went, by day, week or month."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kb.findings import FindingStatus, StatusChange

_DAILY, _WEEKLY = 14, 26 * 7
MOST = 26


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a week from Monday, or a month, from `start` up to but not including `end`. `open`
    counts findings that waited for their owner at its end; `new` those that came or came back;
    `fixed` those that were mended."""

    start: date
    end: date
    label: str
    open: int
    new: int
    fixed: int


def timeline(
    changes: Sequence[StatusChange], ids: Collection[str], today: date
) -> tuple[Period, ...]:
    """The last 26 periods up to `today`, oldest first: days for two weeks of history, weeks for
    half a year, else months. Changes must be oldest first. Empty without history."""
    known = [change for change in changes if change.finding_id in ids]
    if not known:
        return ()
    first = known[0].at.date()
    states: dict[str, FindingStatus] = {}
    periods, at = [], 0
    for start, end, label in _periods(first, max(today, known[-1].at.date())):
        new = fixed = 0
        while at < len(known) and known[at].at.date() < end:
            change = known[at]
            before = states.get(change.finding_id, FindingStatus.FIXED)
            new += before is FindingStatus.FIXED and change.status.is_active
            fixed += change.status is FindingStatus.FIXED
            states[change.finding_id] = change.status
            at += 1
        waiting = sum(status.is_active for status in states.values())
        periods.append(Period(start, end, label, waiting, new, fixed))
    return tuple(periods[-MOST:])


def _periods(first: date, last: date) -> Iterator[tuple[date, date, str]]:
    days = (last - first).days + 1
    if days > _WEEKLY:
        yield from _months(first, last)
        return
    size = 1 if days <= _DAILY else 7
    start = first if size == 1 else first - timedelta(days=first.weekday())
    while start <= last:
        end = start + timedelta(days=size)
        yield start, end, f"{start:%-d %b}"
        start = end


def _months(first: date, last: date) -> Iterator[tuple[date, date, str]]:
    start = first.replace(day=1)
    while start <= last:
        end = (start + timedelta(days=31)).replace(day=1)
        yield start, end, f"{start:%b %Y}"
        start = end
