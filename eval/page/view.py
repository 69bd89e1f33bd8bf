"""What the page of an evaluation shows, ready for the template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eval.diff.runs import moved
from eval.diff.wording import Standing, level_of, standing
from eval.gate.comparison import Comparison, Row, compare
from eval.gate.verdict import Verdict
from eval.page.case import CaseView
from eval.page.charts import Chart, charts
from eval.page.figures import Figure, figures, provenance
from eval.page.filters import Filter, codes_of, filtered
from eval.page.matrix import Matrix, matrix
from eval.page.rules import RuleView, idle_rules, rules_of
from eval.runs.store import EvaluationRecord

_FIRST = "decision_accuracy"


@dataclass(frozen=True, slots=True)
class Change:
    """A metric since the run before, and what may be said of it."""

    item: Comparison
    standing: Standing


@dataclass(frozen=True, slots=True)
class View:
    """One page."""

    center: str
    run: str
    release: str
    created_at: datetime
    verdict: Verdict
    rules: tuple[RuleView, ...]
    idle: Mapping[str, Sequence[str]]
    changes: tuple[Change, ...]
    level: float
    compared: str
    unmoved: int
    charts: tuple[Chart, ...]
    matrix: Matrix
    figures: tuple[Figure, ...]
    judge: Mapping[str, Any]
    provenance: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    cases: tuple[CaseView, ...]

    @property
    def broken(self) -> list[RuleView]:
        """The rules that refused it."""
        return [it for it in self.rules if not it.rule.passed and not it.rule.informs]

    @property
    def wrong(self) -> int:
        """Cases with a mistake."""
        return sum(not case.right for case in self.cases)

    @property
    def misjudged(self) -> int:
        """Cases with another decision than they were due."""
        return sum(not case.decided for case in self.cases)

    @property
    def named(self) -> int:
        """Cases that a broken rule names."""
        return sum(bool(case.failing) for case in self.cases)


def view(record: EvaluationRecord, center: str, before: EvaluationRecord | None) -> View:
    """The broken rules come first, then the others in their order; of the cases those that a
    broken rule names, then those with a wrong decision, then those that moved, then the rest."""
    verdict = Verdict.from_json(record.verdict)
    changes = compare(before.cases, record.cases) if before else []
    level = level_of(changes)
    ordered = sorted(_cases(record, before, verdict, changes), key=_urgency)
    filters, cases = filtered(ordered)
    return View(
        center=center,
        run=record.id,
        release=record.release_id,
        created_at=record.created_at,
        verdict=verdict,
        rules=tuple(rules_of(verdict, {row["id"] for row in record.cases})),
        idle=idle_rules(verdict),
        changes=tuple(
            Change(item, standing(item, level)) for item in changes if item.worse or item.better
        ),
        level=level,
        compared=before.release_id if before else "",
        unmoved=sum(not (item.worse or item.better) for item in changes),
        charts=tuple(charts(record.cases, verdict.rules, _FIRST)),
        matrix=matrix(record.cases, codes_of(filters)),
        figures=tuple(figures(record.cases, before.cases if before else ())),
        judge=record.details.get("judge") or {},
        provenance=tuple(provenance(record)),
        filters=tuple(filters),
        cases=tuple(cases),
    )


def _urgency(case: CaseView) -> tuple[bool, bool, int]:
    order = ("worse", "changed", "better", "")
    return not case.failing, case.right, order.index(case.moved)


def _cases(
    record: EvaluationRecord,
    before: EvaluationRecord | None,
    verdict: Verdict,
    changes: Sequence[Comparison],
) -> Iterator[CaseView]:
    was = {row["id"]: row for row in before.cases} if before else {}
    broken = {rule.metric for rule in verdict.broken}
    named: dict[str, dict[str, str]] = {}
    for item in verdict.failing:
        if item.metric in broken:
            named.setdefault(item.case_id, {}).setdefault(item.metric, item.why)
    worse, better = moved(changes)
    for row in record.cases:
        name = row["id"]
        yield CaseView(
            row=row,
            before=_same_case(was.get(name), row),
            failing=tuple(named.get(name, {}).items()),
            worse=worse.get(name, ()),
            better=better.get(name, ()),
        )


def _same_case(was: Row | None, now: Row) -> Row | None:
    """How it was, where it is the same question: what was rewritten has no before."""
    if was is None or was["question"] != now["question"]:
        return None
    return was
