"""Reports as Markdown and CSV."""

import csv
import io
import re
from collections.abc import Sequence

from kb.report.marks import readable
from kb.report.view import Item, Row, View, active
from kb.types import Finding

COLUMNS = (
    "id",
    "severity",
    "kind",
    "confidence",
    "status",
    "owner",
    "title",
    "explanation",
    "suggestion",
    "article",
    "heading",
    "quote",
    "other_article",
    "other_quote",
)
# A spreadsheet would run a cell that begins so; an apostrophe makes it text (OWASP).
FORMULA = re.compile(r"^[\s]*[=+\-@\t\r|]")
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def to_csv(findings: Sequence[Finding]) -> str:
    """One line for each finding, ranked, with its first two quotes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in active(findings):
        writer.writerow([_cell(value) for value in _values(finding)])
    return out.getvalue()


def _values(finding: Finding) -> tuple[str, ...]:
    first = finding.evidence[0] if finding.evidence else None
    other = finding.evidence[1] if len(finding.evidence) > 1 else None
    return (
        finding.id,
        finding.severity.label,
        finding.kind.value,
        f"{finding.confidence:.2f}",
        finding.status.value,
        finding.owner,
        finding.title,
        finding.explanation,
        finding.suggestion,
        first.path if first else "",
        first.heading if first else "",
        first.quote if first else "",
        other.path if other else "",
        other.quote if other else "",
    )


def _cell(value: str) -> str:
    return f"'{value}" if FORMULA.match(value) else value


def to_markdown(page: View) -> str:
    """Summary, the leading items, then the rest."""
    about = f"{page.center}: {page.owner}" if page.owner else page.center
    lines = [f"# Findings, {_safe(about)}", ""]
    lines += [f"As of {page.generated_at:%-d %B %Y}, {page.total} open.", ""]
    if not page.total:
        lines += ["Nothing to do.", ""]
    lines += _table("Kind", page.kinds, page) + _table("Owner", page.owners, page)
    if page.leading:
        lines += ["## Most urgent", ""]
    for item in page.leading:
        lines += _section(item)
    if page.rest:
        lines += [f"## And {len(page.rest)} more", ""]
    for item in page.rest:
        lines += _section(item)
    return "\n".join(lines).rstrip() + "\n"


def _table(name: str, rows: Sequence[Row], page: View) -> list[str]:
    if not rows:
        return []
    levels = [level.label.capitalize() for level in page.severities]
    lines = [f"| {name} | {' | '.join(levels)} | All |", "|---|" + "--:|" * (len(levels) + 1)]
    for row in rows:
        named = f"[{_safe(row.name)}]({row.link})" if row.link else _safe(row.name)
        lines.append(f"| {named} | {' | '.join(map(str, row.counts))} | {row.total} |")
    return [*lines, ""]


def _section(item: Item) -> list[str]:
    finding = item.finding
    label = f"{finding.severity.label}, {item.kind.lower()}"
    lines = [f"### {item.number}. {_safe(finding.title)} ({label})", ""]
    lines += [_safe(finding.explanation), ""]
    for quote in item.quotes:
        heading = f" > {quote.evidence.heading}" if quote.evidence.heading else ""
        lines += [f"- **{_safe(quote.evidence.title + heading)}** ({_safe(quote.evidence.path)})"]
        lines += [f"  > {_safe(readable(quote.evidence.quote))}"]
    return [*lines, "", f"**To do:** {_safe(finding.suggestion)}", ""]


def _safe(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
