"""The contract of `FindingStore`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kb.errors import Permanent
from kb.store.database import Database
from kb.store.findings import Findings
from kb.types import Evidence, Finding, FindingKind, FindingStatus, Severity, StatusChange
from tests.contracts.threads import at_once

DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPEN, DISMISSED, FIXED = FindingStatus.OPEN, FindingStatus.DISMISSED, FindingStatus.FIXED


@pytest.fixture
def findings(database: Database) -> Findings:
    return Findings(database)


def make(
    name: str, severity: Severity = Severity.MEDIUM, confidence: float = 0.8, **changes: str
) -> Finding:
    quotes = (
        Evidence("h:a", "a.md", "A", "30 days", 3, 10, "Refunds"),
        Evidence("h:b", "b.md", "B", "14 Tage ⚙", 5, 14),
    )
    finding = Finding(
        name, FindingKind.CONTRADICTION, severity, confidence, "t", "e", "s", quotes, owner="ann"
    )
    return replace(finding, **changes)  # type: ignore[arg-type]  # only text fields are changed here


def test_a_finding_comes_back_as_it_was_recorded(findings: Findings) -> None:
    stored = replace(make("x"), first_seen_at=MONDAY)
    assert findings.record([make("x")], MONDAY) == [stored]
    assert findings.get("x") == stored
    assert findings.get("y") is None


def test_a_run_tells_its_findings_in_its_order_and_the_store_the_gravest_first(
    findings: Findings,
) -> None:
    run = [
        make("low", Severity.LOW, 0.9),
        make("sure", Severity.HIGH, 0.9),
        make("b", Severity.HIGH, 0.5),
        make("a", Severity.HIGH, 0.5),
    ]
    assert [item.id for item in findings.record(run, MONDAY)] == [item.id for item in run]
    assert [item.id for item in findings.all()] == ["sure", "a", "b", "low"]


def test_a_later_run_renews_what_is_told_and_keeps_the_status(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY)
    kept = findings.record([make("x", title="moved", owner="bob")], MONDAY + DAY)
    expected = make("x", title="moved", owner="bob", status=DISMISSED)
    assert kept == [replace(expected, first_seen_at=MONDAY)]
    assert findings.all() == kept


def test_a_finding_that_is_gone_closes_itself_and_opens_when_it_comes_back(
    findings: Findings,
) -> None:
    findings.record([make("x"), make("y")], MONDAY)
    findings.record([make("y")], MONDAY + DAY)
    assert statuses(findings) == {"x": "fixed", "y": "open"}
    findings.record([make("x"), make("y")], MONDAY + 2 * DAY)
    assert statuses(findings) == {"x": "open", "y": "open"}
    assert [(item.status, item.at) for item in findings.history("x")] == [
        (OPEN, MONDAY),
        (FIXED, MONDAY + DAY),
        (OPEN, MONDAY + 2 * DAY),
    ]
    assert len(findings.history("y")) == 1


def test_a_dismissed_finding_stays_dismissed_also_when_it_was_gone(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY)
    findings.record([], MONDAY + DAY)
    assert statuses(findings) == {"x": "dismissed"}
    assert findings.record([make("x")], MONDAY + 2 * DAY)[0].status == DISMISSED


def test_an_accepted_finding_closes_when_it_is_mended(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", FindingStatus.ACCEPTED, "ann", "will do", MONDAY)
    findings.record([], MONDAY + DAY)
    assert statuses(findings) == {"x": "fixed"}


def test_a_snoozed_finding_wakes_at_its_time(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    snoozed = findings.set_status(
        "x", FindingStatus.SNOOZED, "ann", "after launch", MONDAY, until=MONDAY + 3 * DAY
    )
    assert snoozed.status == FindingStatus.SNOOZED
    findings.record([make("x")], MONDAY + 2 * DAY)
    assert statuses(findings) == {"x": "snoozed"}
    findings.record([make("x")], MONDAY + 3 * DAY)
    assert statuses(findings) == {"x": "open"}


def test_every_change_of_a_status_is_kept_with_who_and_why(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY + DAY)
    findings.set_status(
        "x", FindingStatus.SNOOZED, "bob", "not now", MONDAY + DAY, MONDAY + 2 * DAY
    )
    assert findings.history("x")[1:] == [
        StatusChange("x", DISMISSED, "ann", "both are true", MONDAY + DAY),
        StatusChange(
            "x", FindingStatus.SNOOZED, "bob", "not now", MONDAY + DAY, until=MONDAY + 2 * DAY
        ),
    ]
    assert findings.history("unknown") == []


def test_a_status_that_makes_no_sense_is_refused(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    with pytest.raises(Permanent, match="no finding y"):
        findings.set_status("y", DISMISSED, "ann", "", MONDAY)
    with pytest.raises(Permanent, match="wake"):
        findings.set_status("x", FindingStatus.SNOOZED, "ann", "", MONDAY)
    with pytest.raises(Permanent, match="no other has one"):
        findings.set_status("x", DISMISSED, "ann", "", MONDAY, MONDAY + DAY)
    with pytest.raises(Permanent, match="has passed"):
        findings.set_status("x", FindingStatus.SNOOZED, "ann", "", MONDAY, MONDAY)
    assert statuses(findings) == {"x": "open"}


def test_findings_are_told_by_status(findings: Findings) -> None:
    findings.record([make("x"), make("y")], MONDAY)
    findings.set_status("y", DISMISSED, "ann", "", MONDAY)
    assert [item.id for item in findings.all([OPEN])] == ["x"]
    assert [item.id for item in findings.all([OPEN, DISMISSED])] == ["x", "y"]
    assert findings.all([]) == []


def test_the_same_finding_twice_in_a_run_is_one(findings: Findings) -> None:
    findings.record([make("x"), make("x")], MONDAY)
    assert len(findings.all()) == 1
    assert len(findings.history("x")) == 1


def test_runs_at_once_record_each_finding_once(findings: Findings) -> None:
    run = [make(f"f{number}") for number in range(20)]
    at_once([lambda: findings.record(run, MONDAY)] * 4)
    assert len(findings.all()) == 20
    assert [len(findings.history(item.id)) for item in run] == [1] * 20


def test_characters_that_can_not_be_stored_do_not_lose_a_run(findings: Findings) -> None:
    odd = Evidence("h:a", "a.md", "A", "a\x00b \ud800", 0, 5)
    findings.record([replace(make("x"), title="a\x00", evidence=(odd,))], MONDAY)
    found = findings.all()[0]
    assert found.title == "a\ufffd"
    assert found.evidence[0].quote == "a\ufffdb \ufffd"


def statuses(findings: Findings) -> dict[str, str]:
    return {item.id: str(item.status) for item in findings.all()}
