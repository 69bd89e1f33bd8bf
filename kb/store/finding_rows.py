"""Findings and changes of their status, to rows and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kb.findings import Evidence, Finding, FindingKind, FindingStatus, Severity, StatusChange
from kb.store.tables import FindingRow, StatusChangeRow


def describe(row: FindingRow, finding: Finding, seen_at: datetime) -> None:
    """Puts everything but the status and the day when it was first seen into the row."""
    row.kind = finding.kind
    row.severity = finding.severity
    row.confidence = finding.confidence
    row.title = finding.title
    row.explanation = finding.explanation
    row.suggestion = finding.suggestion
    row.evidence = [asdict(item) for item in finding.evidence]
    row.owner = finding.owner
    row.details = dict(finding.details)
    row.harm = finding.harm
    row.last_seen_at = seen_at


def value_of(row: FindingRow, now: datetime | None = None) -> Finding:
    """The finding; with `now` a snoozed one whose time has come is open."""
    awake = now is not None and is_due(row, now)
    return Finding(
        id=row.id,
        kind=FindingKind(row.kind),
        severity=Severity(row.severity),
        confidence=row.confidence,
        title=row.title,
        explanation=row.explanation,
        suggestion=row.suggestion,
        evidence=tuple(_evidence(item) for item in row.evidence),
        owner=row.owner,
        status=FindingStatus.OPEN if awake else FindingStatus(row.status),
        details=row.details,
        harm=row.harm,
        first_seen_at=row.first_seen_at,
        snoozed_until=None if awake else row.snoozed_until,
    )


def is_due(row: FindingRow, now: datetime) -> bool:
    """Whether it was snoozed until a time that has come."""
    return row.snoozed_until is not None and row.snoozed_until <= now


def change_of(row: StatusChangeRow) -> StatusChange:
    return StatusChange(
        row.finding_id,
        FindingStatus(row.status),
        row.changed_by,
        row.reason,
        row.changed_at,
        row.snoozed_until,
    )


def _evidence(item: Mapping[str, Any]) -> Evidence:
    """JSON has lists where a value has tuples."""
    marks = tuple((start, end) for start, end in item.get("marks", ()))
    return Evidence(**{**item, "marks": marks})
