"""Findings for the suites, and where they stand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kb.findings import Evidence, Finding, FindingKind, FindingStatus, Severity
from kb.store.findings import Findings

DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPEN, DISMISSED, FIXED = FindingStatus.OPEN, FindingStatus.DISMISSED, FindingStatus.FIXED


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


def statuses(findings: Findings) -> dict[str, str]:
    return {item.id: str(item.status) for item in findings.all()}
