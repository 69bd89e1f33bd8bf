"""The contract of `FindingStore`: what is kept and told."""

from dataclasses import replace
from datetime import datetime

import pytest

from kb.findings import Evidence, FindingStatus, Severity
from kb.store.database import Database
from kb.store.findings import Findings
from tests.contracts.findings import DAY, DISMISSED, MONDAY, OPEN, make, statuses
from tests.contracts.threads import at_once


class Clock:
    """What time it is for who reads."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def findings(database: Database, clock: Clock) -> Findings:
    return Findings(database, clock)


def test_a_finding_comes_back_as_it_was_recorded(findings: Findings) -> None:
    stored = replace(make("x"), first_seen_at=MONDAY)
    assert findings.record([make("x")], MONDAY) == [stored]
    assert findings.get("x") == stored
    assert findings.get("y") is None


def test_a_run_tells_its_findings_in_its_order_and_the_store_the_most_harmful_first(
    findings: Findings,
) -> None:
    run = [
        make("low", Severity.LOW, 0.9),
        replace(make("harmful", Severity.LOW, 0.9), harm=0.3),
        make("sure", Severity.HIGH, 0.9),
        make("b", Severity.HIGH, 0.5),
        make("a", Severity.HIGH, 0.5),
    ]
    assert [item.id for item in findings.record(run, MONDAY)] == [item.id for item in run]
    assert [item.id for item in findings.all()] == ["harmful", "sure", "a", "b", "low"]


def test_a_later_run_renews_what_is_told_and_keeps_the_status(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY)
    kept = findings.record([make("x", title="moved", owner="bob")], MONDAY + DAY)
    expected = make("x", title="moved", owner="bob", status=DISMISSED)
    assert kept == [replace(expected, first_seen_at=MONDAY)]
    assert findings.all() == kept


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
    assert findings.history("x")[-1].reason == "snoozed until now"


def test_a_snoozed_finding_is_open_from_its_time_on_without_a_run(
    findings: Findings, clock: Clock
) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", FindingStatus.SNOOZED, "ann", "", MONDAY, MONDAY + DAY)
    before = findings.stamp()
    clock.now = MONDAY + DAY
    woken = findings.get("x")
    assert woken is not None
    assert (woken.status, woken.snoozed_until) == (OPEN, None)
    assert findings.all([OPEN]) == [woken]
    assert findings.all([FindingStatus.SNOOZED]) == []
    assert findings.stamp() != before


def test_the_stamp_tells_that_something_changed(findings: Findings) -> None:
    stamps = [findings.stamp()]
    findings.record([make("x")], MONDAY)
    stamps.append(findings.stamp())
    assert findings.stamp() == stamps[-1]
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY)
    stamps.append(findings.stamp())
    findings.record([make("x")], MONDAY + DAY)
    stamps.append(findings.stamp())
    assert len(set(stamps)) == 4


def test_findings_are_told_by_status(findings: Findings) -> None:
    findings.record([make("x"), make("y")], MONDAY)
    findings.set_status("y", DISMISSED, "ann", "both are true", MONDAY)
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
