"""The JSON shape of a finding, for the command, the API and the reports alike."""

from datetime import datetime
from typing import Any

from kb.findings import Evidence, Finding, StatusChange


def to_json(finding: Finding) -> dict[str, Any]:
    """Kind, severity and status as words; `article` is the path of each quote."""
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "severity": finding.severity.label,
        "confidence": round(finding.confidence, 3),
        "title": finding.title,
        "explanation": finding.explanation,
        "owner": finding.owner,
        "status": finding.status.value,
        "suggestion": finding.suggestion,
        "details": dict(finding.details),
        "harm": round(finding.harm, 3),
        "first_seen_at": _iso(finding.first_seen_at),
        "snoozed_until": _iso(finding.snoozed_until),
        "evidence": [_evidence(item) for item in finding.evidence],
    }


def change_to_json(change: StatusChange) -> dict[str, Any]:
    """Who changed the status of a finding to what, when and why."""
    return {
        "status": change.status.value,
        "by": change.by,
        "reason": change.reason,
        "at": change.at.isoformat(),
        "until": _iso(change.until),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "article": item.path,
        "title": item.title,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
        "heading": item.heading,
        "line": item.line,
        "url": item.url,
        "marks": [list(mark) for mark in item.marks],
    }
