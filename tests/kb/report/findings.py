"""Findings for the tests of reports."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from kb.findings import Evidence, Finding, FindingKind, FindingStatus, Severity, StatusChange
from kb.report import Record, render
from kb.report.coverage import Coverage

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def finding(
    name: str,
    *,
    kind: FindingKind = FindingKind.STALE,
    severity: Severity = Severity.MEDIUM,
    owner: str = "ann@example.com",
    status: FindingStatus = FindingStatus.OPEN,
    quotes: Sequence[str] = ("It will launch on 3 May 2026.",),
    url: str | None = None,
    details: Mapping[str, str] | None = None,
    first_seen_at: datetime | None = None,
    harm: float = 0.0,
) -> Finding:
    evidence = tuple(
        Evidence(
            f"a:{n}", f"docs/{name}{n}.md", f"Article {n}", quote, 5, 5 + len(quote), "Top", url=url
        )
        for n, quote in enumerate(quotes)
    )
    return Finding(
        name,
        kind,
        severity,
        0.9,
        f"Title {name}",
        "Why.",
        "Mend it.",
        evidence,
        owner,
        status,
        details or {},
        harm,
        first_seen_at,
    )


def many(count: int) -> list[Finding]:
    return [finding(f"f{n:02}") for n in range(count)]


def page(
    *findings: Finding,
    owner: str | None = None,
    form: str = "html",
    changes: Sequence[StatusChange] = (),
    coverage: Sequence[Coverage] = (),
) -> str:
    record = Record(findings, changes, coverage)
    return render(record, form, center="Help", generated_at=NOW, owner=owner)
