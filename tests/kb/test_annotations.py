from dataclasses import replace
from typing import Any

import pytest

from kb.annotations import locator, to_github, to_sarif
from kb.evidence import quote
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.types import Article, ReadError
from tests.kb.detectors.documents import article

PAGE = article("billing/refunds.md", "# Refunds\n\nÄs we 😀 say: 30 days\nor more.\n\nA week.\n")
OTHER = article("a, b/100%: plans.md", "# Plans\n\nAfter 14 days.\n")


def evidence(page: Article, words: str) -> Evidence:
    start = page.text.index(words)
    return quote(page, start, start + len(words))


def finding(
    *evidence: Evidence,
    severity: Severity = Severity.HIGH,
    kind: FindingKind = FindingKind.CONTRADICTION,
) -> Finding:
    return Finding(
        id="0123456789abcdef0123",
        kind=kind,
        severity=severity,
        confidence=0.91234,
        title="30 days, or 14",
        explanation="They differ: 100%.\r\nSee",
        suggestion="Choose one",
        evidence=evidence,
        owner="ann",
    )


BOTH = finding(evidence(PAGE, "30 days\nor more"), evidence(OTHER, "14 days"))
locate = locator([PAGE, OTHER], {"help": "docs"})


def run(*findings: Finding, **more: Any) -> dict[str, Any]:
    log = to_sarif(findings, locate, "1.2.3", **more)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (only,) = log["runs"]
    found: dict[str, Any] = only
    return found


def test_a_result_names_its_rule_level_and_fingerprint() -> None:
    found = run(BOTH)
    (result,) = found["results"]
    rules = found["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "contradiction"
    assert result["level"] == "error"
    assert result["partialFingerprints"] == {"wellkeptFinding/v1": BOTH.id}
    assert result["properties"] == {"confidence": 0.912, "owner": "ann"}
    assert all(part in result["message"]["text"] for part in ("30 days", "differ", "Choose one"))


def test_every_kind_has_a_rule() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [kind.value for kind in FindingKind]
    assert all(rule["shortDescription"]["text"] for rule in rules)


def test_locations_count_code_points_and_are_relative_to_the_repository() -> None:
    found = run(BOTH)
    (place,) = found["results"][0]["locations"]
    assert found["columnKind"] == "unicodeCodePoints"
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/billing/refunds.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 14, "endLine": 4, "endColumn": 8},
    }


def test_the_other_quotes_are_related_locations() -> None:
    (related,) = run(BOTH)["results"][0]["relatedLocations"]
    assert related["id"] == 1
    assert "14 days" in related["message"]["text"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == (
        "docs/a%2C%20b/100%25%3A%20plans.md"
    )


@pytest.mark.parametrize(
    ("severity", "sarif", "github"),
    [
        (Severity.HIGH, "error", "error"),
        (Severity.MEDIUM, "warning", "warning"),
        (Severity.LOW, "note", "notice"),
    ],
)
def test_levels_follow_severity(severity: Severity, sarif: str, github: str) -> None:
    item = finding(evidence(PAGE, "A week."), severity=severity)
    assert run(item)["results"][0]["level"] == sarif
    assert to_github([item], locate)[0].startswith(f"::{github} ")


def test_what_has_no_place_in_a_file_is_a_notification() -> None:
    gap = finding(kind=FindingKind.GAP)
    found = run(gap, unread=[ReadError("x.pdf", "locked")], failures=[("stale", "KeyError")])
    (invocation,) = found["invocations"]
    notes = invocation["toolExecutionNotifications"]
    assert found["results"] == []
    assert [note["level"] for note in notes] == ["note", "warning", "error"]
    assert not invocation["executionSuccessful"]
    assert run()["invocations"][0]["executionSuccessful"]


def test_a_format_without_lines_has_its_first_line_alone() -> None:
    page = replace(PAGE, media_type="text/html")
    item = finding(evidence(page, "A week."))
    place = to_sarif([item], locator([page], {}), "1")["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "billing/refunds.md"


def test_a_workflow_command_is_one_escaped_line() -> None:
    (line,) = to_github([BOTH], locate)
    assert line == (
        "::error file=docs/billing/refunds.md,line=3,endLine=4,"
        "title=contradiction%3A 30 days%2C or 14::They differ: 100%25.%0D%0ASee%0A"
        "docs/a, b/100%25: plans.md:3: “14 days”%0AChoose one"
    )


def test_properties_are_escaped_and_columns_told_within_one_line() -> None:
    (line,) = to_github([finding(evidence(OTHER, "14 days"))], locate)
    assert line.startswith(
        "::error file=docs/a%2C b/100%25%3A plans.md,line=3,endLine=3,col=7,endColumn=14,title="
    )


def test_a_finding_without_a_quote_is_a_command_without_a_file() -> None:
    (line,) = to_github([finding(kind=FindingKind.GAP, severity=Severity.LOW)], locate)
    assert line.startswith("::notice title=gap%3A ")


def test_a_quote_from_a_changed_article_goes_first() -> None:
    changed = frozenset({OTHER.id})
    (line,) = to_github([BOTH], locate, changed)
    (result,) = run(BOTH, changed=changed)["results"]
    first, other = result["locations"][0], result["relatedLocations"][0]
    assert line.startswith("::error file=docs/a%2C b/100%25%3A plans.md,line=3,")
    assert "docs/billing/refunds.md:3: " in line
    assert "plans.md" in first["physicalLocation"]["artifactLocation"]["uri"]
    assert "refunds.md" in other["physicalLocation"]["artifactLocation"]["uri"]
