"""Findings for tests, out of quotes."""

from collections.abc import Mapping
from datetime import datetime

from kb.findings import Evidence, Finding, FindingKind, FindingStatus, Severity
from kb.types import Article


def side(article: Article, quote: str) -> Evidence:
    """The quote where it first stands in the article."""
    start = article.text.index(quote)
    return Evidence(article.id, article.path, article.title, quote, start, start + len(quote))


def finding(
    name: str = "f",
    *evidence: Evidence,
    kind: FindingKind = FindingKind.CONTRADICTION,
    severity: Severity = Severity.MEDIUM,
    confidence: float = 0.8,
    owner: str = "ann",
    status: FindingStatus = FindingStatus.OPEN,
    first_seen_at: datetime | None = None,
    details: Mapping[str, str] | None = None,
) -> Finding:
    """A finding of these quotes with these details."""
    return Finding(
        id=name,
        kind=kind,
        severity=severity,
        confidence=confidence,
        title=f"Title of {name}",
        explanation="Why it is one.",
        suggestion="What to do.",
        evidence=evidence,
        owner=owner,
        status=status,
        details=details or {},
        first_seen_at=first_seen_at,
    )
