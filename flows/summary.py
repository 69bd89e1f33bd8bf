"""What a run came to, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flows.outcome import Outcome
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.sync import SyncReport
from kb.types import ReadError

SHOWN_ERRORS = 20
LONGEST_QUOTE = 200


def describe_outcome(outcome: Outcome) -> str:
    """The summary at the end of a release."""
    return "\n".join(_lines(outcome))


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """The same for programs."""
    from kb.report.wire import to_json as finding_to_json

    return {
        "release": outcome.release.id,
        "status": outcome.release.status.value,
        "unchanged": outcome.unchanged,
        "articles": outcome.release.article_count,
        "passages": outcome.release.passage_count,
        "sync": sync_to_json(outcome.sync),
        "findings": [finding_to_json(item) for item in outcome.findings],
        "failures": list(outcome.failures),
        "verdict": outcome.verdict.to_json() if outcome.verdict else None,
        "report": str(outcome.report),
        "evaluation": str(outcome.evaluation) if outcome.evaluation else None,
        "timings_s": {step: round(value, 3) for step, value in outcome.timings_s.items()},
    }


def describe_sync(report: SyncReport) -> str:
    """One line, then one for each document that could not be read."""
    counts = (
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} removed"
    )
    return "\n".join([counts, *_errors(report.errors)])


def sync_to_json(report: SyncReport) -> dict[str, Any]:
    """Counts, and the documents that could not be read."""
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": report.skipped,
        "errors": [{"path": item.path, "reason": item.reason} for item in report.errors],
    }


def describe_findings(findings: Sequence[Finding]) -> str:
    """Every finding with its quotes, most harmful first, then the counts."""
    blocks = ["\n".join(_finding(item)) for item in findings]
    return "\n\n".join([*blocks, *_counts(findings)])


def _finding(item: Finding) -> Iterator[str]:
    yield f"{item.severity.label.upper():<6} {item.kind.value}: {item.title}"
    for part in item.evidence:
        heading = f" > {part.heading}" if part.heading else ""
        yield f"         {part.path}:{part.line}{heading}: “{_shown(part)}”"
    yield f"       → {item.suggestion}"


def _shown(part: Evidence) -> str:
    """The quote as its readers see it, in one line."""
    from kb.report.marks import readable

    text = readable(part.quote)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _lines(outcome: Outcome) -> Iterator[str]:
    built = outcome.release
    yield ""
    yield f"Articles   {built.article_count} ({describe_sync(outcome.sync)})"
    yield f"Passages   {built.passage_count}"
    yield "Findings"
    yield from (f"  {line}" for line in _counts(outcome.findings))
    yield from (f"  {failure}" for failure in outcome.failures)
    yield from _gate(outcome)
    if outcome.evaluation:
        yield f"Cases      {outcome.evaluation}"
    yield f"Report     {outcome.report}"
    spent = ", ".join(f"{step} {value:.1f} s" for step, value in outcome.timings_s.items())
    yield f"Time       {spent}"
    yield f"Release    {built.id} {_state(outcome)}"


def _state(outcome: Outcome) -> str:
    if not outcome.passed:
        return "was REFUSED; the release before still serves"
    if outcome.held and not outcome.unchanged:
        return "has passed and waits: `wellkept canary start` tries it on customers"
    return "is live"


def _gate(outcome: Outcome) -> Iterator[str]:
    if outcome.verdict is None:
        yield "Gate       nothing changed since this release passed"
        return
    from eval.formats.text import render_text

    first, *rest = render_text(outcome.verdict).splitlines()
    yield f"Gate       {first}"
    yield from (f"           {line}".rstrip() for line in rest)


def _counts(findings: Iterable[Finding]) -> Iterator[str]:
    by_kind: dict[FindingKind, Counter[Severity]] = {}
    for item in findings:
        by_kind.setdefault(item.kind, Counter())[item.severity] += 1
    if not by_kind:
        yield "no findings"
    for kind, counts in sorted(by_kind.items()):
        parts = [
            f"{counts[level]} {level.label}"
            for level in sorted(Severity, reverse=True)
            if counts[level]
        ]
        yield f"{kind.value:<14}{sum(counts.values()):>4}   {', '.join(parts)}"


def _errors(errors: Sequence[ReadError]) -> Iterator[str]:
    for item in errors[:SHOWN_ERRORS]:
        yield f"  could not read {item.path}: {item.reason}"
    if len(errors) > SHOWN_ERRORS:
        yield f"  and {len(errors) - SHOWN_ERRORS} more; --json names them"
