"""When somebody is there, over changes of the clock, holidays and midnight."""

from datetime import UTC, datetime

import pytest

from agent.handover.hours import Hours
from kb.errors import ConfigError
from kb.settings import HandoverSettings

WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:30")


def hours(zone: str = "Europe/Berlin", **settings: object) -> Hours:
    values = {"timezone": zone, "hours": WEEK, **settings}
    return Hours(HandoverSettings.model_validate(values))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-05-04T07:00", "2026-05-04T07:00"),  # Monday 09:00 in Berlin: just open
        ("2026-05-04T06:59", "2026-05-04T07:00"),
        ("2026-05-04T15:29", "2026-05-04T15:29"),
        ("2026-05-04T15:30", "2026-05-05T07:00"),  # 17:30: just closed
        ("2026-05-08T20:00", "2026-05-11T07:00"),  # Friday evening: Monday
        ("2026-03-27T20:00", "2026-03-30T07:00"),  # clocks go forward on Sunday 29 March
        ("2026-10-23T20:00", "2026-10-26T08:00"),  # and back on Sunday 25 October
    ],
)
def test_somebody_is_there_by_the_clock_on_the_wall(now: str, opens: str) -> None:
    assert hours().opens(at(now)) == at(opens)


def test_holidays_have_no_hours() -> None:
    closed = hours(holidays=["2026-12-24", "2026-12-25"])
    assert not closed.is_open(at("2026-12-24T10:00"))
    assert closed.opens(at("2026-12-24T10:00")) == at("2026-12-28T08:00")


def test_a_night_shift_lasts_over_midnight_and_belongs_to_its_first_day() -> None:
    night = hours("UTC", hours={"fri": "22:00-02:00"}, holidays=["2026-05-09"])
    assert night.is_open(at("2026-05-09T01:59"))
    assert not night.is_open(at("2026-05-09T02:00"))
    assert not night.is_open(at("2026-05-09T22:30"))


def test_a_day_may_have_a_break_and_end_at_midnight() -> None:
    split = hours("UTC", hours={"mon": "09:00-12:00, 13:00-24:00"})
    assert not split.is_open(at("2026-05-04T12:30"))
    assert split.opens(at("2026-05-04T12:30")) == at("2026-05-04T13:00")
    assert split.is_open(at("2026-05-04T23:59"))


def test_hours_in_the_hour_that_does_not_exist_begin_after_it() -> None:
    early = hours(hours={"sun": "02:30-04:00"})
    opens = early.opens(at("2026-03-29T00:00"))
    assert opens == at("2026-03-29T01:30")  # 03:30 summer time, as the clock then shows


def test_without_hours_somebody_is_always_there() -> None:
    assert hours(hours={}).is_open(at("2026-01-01T03:00"))


def test_where_nobody_ever_is_none_is_told() -> None:
    assert hours("UTC", hours={"mon": ""}).opens(at("2026-05-04T10:00")) is None


@pytest.mark.parametrize(
    ("now", "zone", "said"),
    [
        ("2026-05-04T05:00", "", "today at 09:00 (Europe/Berlin time)"),
        ("2026-05-04T18:00", "", "tomorrow at 09:00 (Europe/Berlin time)"),
        ("2026-05-08T18:00", "", "on Monday at 09:00 (Europe/Berlin time)"),
        ("2026-05-08T18:00", "America/New_York", "on Monday at 03:00 (America/New York time)"),
        ("2026-05-08T18:00", "Nowhere/Land", "on Monday at 09:00 (Europe/Berlin time)"),
    ],
)
def test_a_moment_is_said_as_people_say_it(now: str, zone: str, said: str) -> None:
    clock = hours()
    opens = clock.opens(at(now))
    assert opens is not None
    assert clock.said(opens, at(now), zone) == said


def test_a_moment_weeks_ahead_is_said_with_its_date() -> None:
    clock = hours(holidays=[f"2026-12-{day}" for day in range(21, 32)])
    now = at("2026-12-20T10:00")
    opens = clock.opens(now)
    assert opens is not None
    assert clock.said(opens, now) == "on Friday, 1 January at 09:00 (Europe/Berlin time)"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"timezone": "Mars/Olympus"}, "no zone 'Mars/Olympus'"),
        ({"hours": {"monday": "9-5"}}, "hours monday: '9-5' can't be read"),
        ({"hours": {"mon": "09:00-09:00"}}, "can't be read"),
        ({"hours": {"caturday": "09:00-17:00"}}, "no day 'caturday'"),
        ({"holidays": ["25.12.2026"]}, "'25.12.2026' is no day"),
    ],
)
def test_what_can_not_be_read_is_refused_with_how_to_write_it(
    settings: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        Hours(HandoverSettings.model_validate(settings))
