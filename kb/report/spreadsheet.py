"""Reports as CSV."""

import csv
import io
import re
from collections.abc import Sequence

from kb.findings import Finding
from kb.report.view import shown

COLUMNS = (
    "id",
    "severity",
    "kind",
    "confidence",
    "harm",
    "status",
    "first_seen",
    "snoozed_until",
    "owner",
    "title",
    "explanation",
    "suggestion",
    "before",
    "after",
    "article",
    "line",
    "url",
    "heading",
    "quote",
    "other_article",
    "other_line",
    "other_url",
    "other_quote",
    "more_articles",
)
# A spreadsheet would run a cell that begins so; an apostrophe makes it text (OWASP).
FORMULA = re.compile(r"^[\s]*[=+\-@\t\r|]")


def to_csv(findings: Sequence[Finding]) -> str:
    """One line for each finding that is not settled, open ones first, most harmful first, with
    its first two quotes; `more_articles` are the paths of the others."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in shown(findings):
        writer.writerow([_cell(value) for value in _values(finding)])
    return out.getvalue()


def _values(finding: Finding) -> tuple[str, ...]:
    first = finding.evidence[0] if finding.evidence else None
    other = finding.evidence[1] if len(finding.evidence) > 1 else None
    until, since = finding.snoozed_until, finding.first_seen_at
    return (
        finding.id,
        finding.severity.label,
        finding.kind.value,
        f"{finding.confidence:.2f}",
        f"{finding.harm:.3f}",
        finding.status.value,
        f"{since:%Y-%m-%d}" if since else "",
        f"{until:%Y-%m-%d}" if until else "",
        finding.owner,
        finding.title,
        finding.explanation,
        finding.suggestion,
        finding.details.get("before", ""),
        finding.details.get("after", ""),
        first.path if first else "",
        str(first.line) if first else "",
        first.url or "" if first else "",
        first.heading if first else "",
        first.quote if first else "",
        other.path if other else "",
        str(other.line) if other else "",
        other.url or "" if other else "",
        other.quote if other else "",
        " ".join(dict.fromkeys(item.path for item in finding.evidence[2:])),
    )


def _cell(value: str) -> str:
    return f"'{value}" if FORMULA.match(value) else value
