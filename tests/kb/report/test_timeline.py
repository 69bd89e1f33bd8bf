from datetime import UTC, datetime, timedelta

from kb.findings import FindingStatus, StatusChange
from kb.report.chart import HEIGHT, WIDTH, chart
from kb.report.timeline import MOST, timeline

TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
OPEN, FIXED, DISMISSED = FindingStatus.OPEN, FindingStatus.FIXED, FindingStatus.DISMISSED


def change(name: str, status: FindingStatus, days_ago: int) -> StatusChange:
    return StatusChange(name, status, "wellkept", "", TODAY - timedelta(days=days_ago))


def counts(*changes: StatusChange) -> list[tuple[int, int, int]]:
    ids = {item.finding_id for item in changes}
    return [(p.new, p.fixed, p.open) for p in timeline(changes, ids, TODAY.date())]


def test_each_day_tells_what_came_what_was_fixed_and_what_was_left() -> None:
    assert counts(
        change("a", OPEN, 3),
        change("b", OPEN, 3),
        change("a", FIXED, 2),
        change("b", DISMISSED, 1),
        change("a", OPEN, 0),
    ) == [(2, 0, 2), (0, 1, 1), (0, 0, 0), (1, 0, 1)]


def test_a_longer_history_is_told_by_weeks_from_monday_and_then_by_months() -> None:
    weeks = timeline([change("a", OPEN, 60)], {"a"}, TODAY.date())
    assert {period.start.weekday() for period in weeks} == {0}
    assert len(weeks) == 9
    months = timeline([change("a", OPEN, 400)], {"a"}, TODAY.date())
    assert [period.label for period in months[-2:]] == ["Oct 2026", "Nov 2026"]


def test_the_last_periods_are_told_and_count_what_came_before() -> None:
    periods = timeline([change("a", OPEN, 2000)], {"a"}, TODAY.date())
    assert len(periods) == MOST
    assert {period.open for period in periods} == {1}


def test_changes_of_other_findings_do_not_count() -> None:
    assert timeline([change("a", OPEN, 3)], {"b"}, TODAY.date()) == ()


def test_the_drawing_stays_within_its_frame() -> None:
    changes = [change(f"f{n}", OPEN, 50 - n) for n in range(50)]
    drawn = chart(timeline(changes, {item.finding_id for item in changes}, TODAY.date()))
    assert drawn is not None
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in drawn.points)
    assert all(b.height > 0 and b.x + b.width <= WIDTH for b in drawn.bars)
    assert drawn.points[0][1] > drawn.points[-1][1]


def test_one_period_is_no_history() -> None:
    assert chart(timeline([change("a", OPEN, 0)], {"a"}, TODAY.date())) is None
