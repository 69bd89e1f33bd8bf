"""No new finding that would harm customers in what answers cite."""

from collections.abc import Iterator
from dataclasses import replace

from eval.gate.comparison import Row
from eval.gate.rules.naming import name, shorten
from eval.gate.rules.trial import Baseline, Trial
from eval.gate.verdict import Check, Failing, Rule
from kb.findings import Finding, FindingKind, Severity

NEW_FINDINGS = "new_findings"
_NAMED = 3
# What an article that is deleted leaves in others that did not change.
_OF_WHAT_WENT = frozenset({FindingKind.BROKEN_LINK, FindingKind.ORPHAN})


def check_findings(trial: Trial) -> Check:
    """Refuses when there is an active finding of the set severity or above that was first seen
    after the live release went live, that the change brought, and that quotes an article which an
    answer of this evaluation cites or a case names. Those that time brought inform, as all do
    where nothing is live."""
    wanted = trial.settings.new_findings
    if wanted == "off":
        return _check(trial, [], "switched off")
    least = Severity[wanted.upper()]
    grave = [item for item in trial.findings if item.severity >= least and item.status.is_active]
    touching = [(item, rows) for item in grave if (rows := _touched(item, trial.rows))]
    live = trial.baseline
    if live is None or live.promoted_at is None:
        return _check(
            trial, [], f"no other release is live: {len(touching)} in cited articles inform"
        )
    new = [(item, rows) for item, rows in touching if _is_new(item, live)]
    brought = _Change(trial, live)
    mine = [(item, rows) for item, rows in new if brought.by(item)]
    aged = [item for item, _ in new if not brought.by(item)]
    note = f"New since the live release, in articles that did not change: {_titles(aged)}."
    return _check(trial, mine, "", (note,) if aged else ())


class _Change:
    """What is other in the articles than in the live release."""

    def __init__(self, trial: Trial, live: Baseline) -> None:
        was = {article.id: article.text for article in live.articles}
        now = {article.id: article.text for article in trial.articles}
        self._changed = {name for name, text in now.items() if was.get(name) != text}
        self._removed = bool(was.keys() - now.keys())

    def by(self, finding: Finding) -> bool:
        """Whether the change may have brought it: it quotes what changed, or misses what went."""
        missing = self._removed and finding.kind in _OF_WHAT_WENT
        return missing or any(item.article_id in self._changed for item in finding.evidence)


def _is_new(finding: Finding, live: Baseline) -> bool:
    seen, promoted = finding.first_seen_at, live.promoted_at
    return seen is not None and promoted is not None and seen > promoted


def _touched(finding: Finding, rows: list[Row]) -> list[Row]:
    """The cases that the finding's articles answer, or were to."""
    paths = {item.path for item in finding.evidence}
    return [
        row
        for row in rows
        if paths & {item["article"] for item in row["evidence"]} or paths & set(row["articles"])
    ]


def _check(
    trial: Trial,
    found: list[tuple[Finding, list[Row]]],
    reason: str,
    notes: tuple[str, ...] = (),
) -> Check:
    if found:
        level = trial.settings.new_findings
        named = _titles([item for item, _ in found])
        reason = f"{len(found)} new of {level} severity or above in cited articles: {named}"
    rule = Rule(
        NEW_FINDINGS,
        passed=not found,
        reason=reason,
        score=float(len(found)),
        threshold=0.0,
        n=len(trial.findings),
        group="articles",
    )
    failing = [item for one, rows in found for item in _failing(trial, one, rows)]
    return Check(rule, tuple(failing), notes)


def _failing(trial: Trial, finding: Finding, rows: list[Row]) -> Iterator[Failing]:
    quotes = " / ".join(
        f"{item.path}:{item.line}: “{shorten(item.quote)}”" for item in finding.evidence[:_NAMED]
    )
    why = f"{finding.kind} {finding.id}: {finding.title}: {quotes}"
    first = finding.evidence[0]
    for row in rows:
        named = name(trial, NEW_FINDINGS, row, why)
        yield replace(named, article=first.path, line=first.line)


def _titles(findings: list[Finding]) -> str:
    named = "; ".join(f"{item.title} ({item.id})" for item in findings[:_NAMED])
    more = len(findings) - _NAMED
    return f"{named}; and {more} more" if more > 0 else named
