"""The contract of `FindingStore`: what becomes of a finding."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from kb.errors import Permanent
from kb.findings import Evidence, Finding, FindingKind, FindingStatus, StatusChange, Unseen
from kb.lifecycle import ImpossibleChange, UnknownFinding
from kb.store.database import Database
from kb.store.findings import Findings
from tests.contracts.findings import DAY, DISMISSED, FIXED, MONDAY, OPEN, make, statuses
from tests.contracts.threads import at_once


@pytest.fixture
def findings(database: Database) -> Findings:
    return Findings(database, lambda: MONDAY)


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


def test_what_a_run_could_not_look_at_stays_as_it_is(findings: Findings) -> None:
    link = replace(
        make("link"),
        kind=FindingKind.BROKEN_LINK,
        details={"external": "true", "target": "https://slow.test/a"},
    )
    elsewhere = replace(make("elsewhere"), evidence=(Evidence("h:c", "c.md", "C", "3 days", 0, 6),))
    gap = replace(elsewhere, id="gap", kind=FindingKind.GAP)
    findings.record([make("x"), link, elsewhere, gap], MONDAY)
    findings.set_status("x", FindingStatus.ACCEPTED, "ann", "", MONDAY)
    unreadable = Unseen(
        kinds=frozenset({FindingKind.GAP}), paths=frozenset({"b.md"}), external_links=True
    )
    findings.record([], MONDAY + DAY, unreadable)
    assert statuses(findings) == {
        "x": "accepted",
        "link": "open",
        "gap": "open",
        "elsewhere": "fixed",
    }
    assert [item.status for item in findings.history("gap")] == [OPEN]
    findings.record([], MONDAY + 2 * DAY, Unseen(links=frozenset({"https://slow.test/a"})))
    assert statuses(findings) == {
        "x": "fixed",
        "link": "open",
        "gap": "fixed",
        "elsewhere": "fixed",
    }
    findings.record([], MONDAY + 3 * DAY, Unseen(links=frozenset({"https://other.test/"})))
    assert statuses(findings)["link"] == "fixed"


def test_a_changed_value_opens_a_new_finding_that_knows_of_the_dismissed_one(
    findings: Findings,
) -> None:
    findings.record([make("30 or 14")], MONDAY)
    findings.set_status("30 or 14", DISMISSED, "ann", "two countries", MONDAY)
    changed = replace(
        make("20 or 14"),
        evidence=(
            Evidence("h:a", "a.md", "A", "20 days", 3, 10, "Refunds"),
            Evidence("h:b", "b.md", "B", "14 Tage ⚙", 5, 14),
        ),
    )
    other = replace(changed, id="other", evidence=(Evidence("h:a", "a.md", "A", "20 days", 3, 10),))
    findings.record([changed, other], MONDAY + DAY)
    assert statuses(findings) == {"30 or 14": "dismissed", "20 or 14": "open", "other": "open"}
    (opened,) = findings.history("20 or 14")
    assert "30 or 14, was dismissed by ann on 2026-11-23: two countries" in opened.reason
    assert findings.history("other")[0].reason == "found"


def test_a_claim_that_changes_back_is_dismissed_again(findings: Findings) -> None:
    findings.record([make("30 or 14")], MONDAY)
    findings.set_status("30 or 14", DISMISSED, "ann", "two countries", MONDAY)
    findings.record([make("20 or 14")], MONDAY + DAY)
    findings.record([make("30 or 14", title="moved")], MONDAY + 2 * DAY)
    assert statuses(findings) == {"30 or 14": "dismissed", "20 or 14": "fixed"}


def test_a_dismissed_finding_that_still_stands_is_no_predecessor(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.set_status("x", DISMISSED, "ann", "both are true", MONDAY)
    findings.record([make("x"), make("y")], MONDAY + DAY)
    assert findings.history("y")[0].reason == "found"


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
    with pytest.raises(UnknownFinding, match="no finding y"):
        findings.set_status("y", DISMISSED, "ann", "why", MONDAY)
    with pytest.raises(Permanent, match="reason is required"):
        findings.set_status("x", DISMISSED, "ann", " ", MONDAY)
    with pytest.raises(Permanent, match="say who"):
        findings.set_status("x", FindingStatus.ACCEPTED, " ", "", MONDAY)
    with pytest.raises(Permanent, match="the next release closes it"):
        findings.set_status("x", FIXED, "ann", "", MONDAY)
    with pytest.raises(ImpossibleChange, match="open already"):
        findings.set_status("x", OPEN, "ann", "", MONDAY)
    with pytest.raises(Permanent, match="wake"):
        findings.set_status("x", FindingStatus.SNOOZED, "ann", "", MONDAY)
    with pytest.raises(Permanent, match="no other has one"):
        findings.set_status("x", DISMISSED, "ann", "why", MONDAY, MONDAY + DAY)
    with pytest.raises(Permanent, match="in the future"):
        findings.set_status("x", FindingStatus.SNOOZED, "ann", "", MONDAY, MONDAY)
    assert statuses(findings) == {"x": "open"}
    assert len(findings.history("x")) == 1


def test_a_fixed_finding_is_not_changed_by_hand(findings: Findings) -> None:
    findings.record([make("x")], MONDAY)
    findings.record([], MONDAY)
    for status in (OPEN, FindingStatus.ACCEPTED):
        with pytest.raises(ImpossibleChange, match="opens by itself"):
            findings.set_status("x", status, "ann", "", MONDAY)


def test_several_findings_change_together_or_not_at_all(findings: Findings) -> None:
    findings.record([make("x"), make("y")], MONDAY)
    with pytest.raises(UnknownFinding, match="no finding z"):
        findings.set_statuses(["x", "z"], DISMISSED, "ann", "both are true", MONDAY)
    assert statuses(findings) == {"x": "open", "y": "open"}
    changed = findings.set_statuses(["y", "x"], DISMISSED, "ann", "both are true", MONDAY)
    assert [(item.id, item.status) for item in changed] == [("y", DISMISSED), ("x", DISMISSED)]
    findings.set_statuses(["y"], OPEN, "ann", "", MONDAY)
    assert statuses(findings) == {"x": "dismissed", "y": "open"}


def test_a_change_of_a_status_is_not_lost_in_runs_at_once(findings: Findings) -> None:
    run = [make(f"f{number}") for number in range(20)]
    findings.record(run, MONDAY)

    def dismiss(finding: Finding) -> object:
        return findings.set_status(finding.id, DISMISSED, "ann", "both are true", MONDAY)

    changes: list[Callable[[], object]] = [partial(dismiss, finding) for finding in run[:4]]
    at_once([*changes, *[lambda: findings.record(run, MONDAY + DAY)] * 4])
    assert sum(item.status is DISMISSED for item in findings.all()) == 4
