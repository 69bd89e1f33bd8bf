"""What the page of an evaluation shows, ready for the template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eval.comparison import Comparison, Row, compare
from eval.slices import Slice, slices
from eval.store import EvaluationRecord
from eval.verdict import Rule, Verdict

_SLICED = "decision_accuracy"
# A slice of fewer cases says too little to be drawn.
_LEAST = 3
_SLICES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case, how it was before, and the broken or failing rules that name it."""

    row: Row
    before: Row | None
    failing: tuple[str, ...]
    moved: str

    @property
    def right(self) -> bool:
        """Whether it got the decision that it was due."""
        return bool(self.row["decision"] == self.row["expected"])

    @property
    def words(self) -> str:
        """What a filter looks in, in lower case."""
        tags = " ".join(self.row["tags"])
        return f"{self.row['id']} {self.row['question']} {self.row['text'] or ''} {tags}".lower()

    @property
    def states(self) -> str:
        """Names to filter by, between spaces."""
        states = [*self.failing, self.moved, "right" if self.right else "wrong"]
        return " ".join(dict.fromkeys(state for state in states if state))


@dataclass(frozen=True, slots=True)
class View:
    """One page."""

    center: str
    release: str
    created_at: datetime
    verdict: Verdict
    rules: tuple[Rule, ...]
    changes: tuple[Comparison, ...]
    compared: str
    slices: Mapping[str, Sequence[Slice]]
    cases: tuple[CaseView, ...]
    metrics: tuple[str, ...]

    @property
    def wrong(self) -> int:
        return sum(not case.right for case in self.cases)


def view(record: EvaluationRecord, center: str, before: EvaluationRecord | None) -> View:
    """The broken rules come first, then the others in their order; of the cases those that a
    broken rule names, then those with a wrong decision, then the rest."""
    verdict = Verdict.from_json(record.verdict)
    changes = tuple(compare(before.cases, record.cases)) if before else ()
    cases = sorted(_cases(record, before, verdict, changes), key=_urgency)
    return View(
        center=center,
        release=record.release_id,
        created_at=record.created_at,
        verdict=verdict,
        rules=tuple(sorted(verdict.rules, key=lambda rule: rule.passed)),
        changes=tuple(item for item in changes if item.worse or item.better),
        compared=before.release_id if before else "",
        slices=_slices(record.cases),
        cases=tuple(cases),
        metrics=tuple(dict.fromkeys(item.metric for item in verdict.failing)),
    )


def _urgency(case: CaseView) -> tuple[bool, bool, bool]:
    return not case.failing, case.right, case.moved != "worse"


def _cases(
    record: EvaluationRecord,
    before: EvaluationRecord | None,
    verdict: Verdict,
    changes: Sequence[Comparison],
) -> Iterator[CaseView]:
    was = {row["id"]: row for row in before.cases} if before else {}
    broken = {rule.metric for rule in verdict.broken}
    named: dict[str, list[str]] = {}
    for item in verdict.failing:
        if item.metric in broken:
            named.setdefault(item.case_id, []).append(item.metric)
    worse = {case for item in changes for case in item.worse}
    better = {case for item in changes for case in item.better}
    for row in record.cases:
        name = row["id"]
        moved = "worse" if name in worse else "better" if name in better else ""
        yield CaseView(row, was.get(name), tuple(dict.fromkeys(named.get(name, ()))), moved)


def _slices(rows: Sequence[Row]) -> dict[str, list[Slice]]:
    """By dimension, lowest first, so many as can be read."""
    found: dict[str, list[Slice]] = {}
    for item in slices(rows, _SLICED, _LEAST):
        shown = found.setdefault(item.dimension, [])
        if len(shown) < _SLICES_SHOWN:
            shown.append(item)
    return found
