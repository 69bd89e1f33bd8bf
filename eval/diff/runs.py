"""What differs between two runs: metric by metric, and case by case."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from eval.gate.comparison import Comparison, Row, compare, key
from eval.runs.store import EvaluationRecord

DECISION, ANSWER, CITATIONS, ACTIONS = "decision", "answer", "citations", "actions"


@dataclass(frozen=True, slots=True)
class RunName:
    """Which run it is, and what came of it."""

    id: str
    release_id: str
    created_at: datetime
    passed: bool
    cases: int
    golden: str = ""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case of both runs that did not go the same. `differs` names what an asker would notice,
    `worse` and `better` the metrics that moved."""

    was: Row
    now: Row
    differs: tuple[str, ...]
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return str(self.now["id"])


@dataclass(frozen=True, slots=True)
class RunDiff:
    """`metrics` are those that both runs have scores of; `changed` names the cases that got worse
    first, in the order of the later run. `only_before` and `only_after` have no partner: the case
    is missing in the other run, or what it asks or is due was rewritten (`rewritten` holds the
    ids of those)."""

    before: RunName
    after: RunName
    metrics: tuple[Comparison, ...]
    changed: tuple[CaseChange, ...]
    same: int
    only_before: tuple[Row, ...]
    only_after: tuple[Row, ...]
    rewritten: tuple[str, ...]

    @property
    def other_golden(self) -> bool:
        """Whether the two are known to have been tried with different golden sets."""
        first, second = self.before.golden, self.after.golden
        return bool(first and second and first != second)


def diff_runs(before: EvaluationRecord, after: EvaluationRecord) -> RunDiff:
    """Pairs the cases of the same id, question and due decision, as `compare` does."""
    metrics = compare(before.cases, after.cases)
    was = {key(row): row for row in before.cases}
    now = {key(row): row for row in after.cases}
    pairs = [(was[name], row) for name, row in now.items() if name in was]
    changed = sorted(_changes(pairs, metrics), key=lambda it: (not it.worse, not it.differs))
    only_before = tuple(row for name, row in was.items() if name not in now)
    only_after = tuple(row for name, row in now.items() if name not in was)
    gone = {row["id"] for row in only_before}
    return RunDiff(
        before=name_of(before),
        after=name_of(after),
        metrics=tuple(metrics),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
        only_before=only_before,
        only_after=only_after,
        rewritten=tuple(row["id"] for row in only_after if row["id"] in gone),
    )


def name_of(record: EvaluationRecord) -> RunName:
    """Its name and its outcome."""
    golden = record.details.get("golden") or {}
    return RunName(
        record.id,
        record.release_id,
        record.created_at,
        record.verdict.get("passed") is True,
        len(record.cases),
        str(golden.get("sha256", "")),
    )


def differences(was: Row, now: Row) -> tuple[str, ...]:
    """What of a turn is other than it was, as an asker or a reviewer would notice it."""
    return tuple(name for name, read in _NOTICED if read(was) != read(now))


def _changes(
    pairs: Sequence[tuple[Row, Row]], metrics: Sequence[Comparison]
) -> Iterator[CaseChange]:
    worse, better = moved(metrics)
    for was, now in pairs:
        name, differs = now["id"], differences(was, now)
        if differs or name in worse or name in better:
            yield CaseChange(was, now, differs, worse.get(name, ()), better.get(name, ()))


def moved(
    metrics: Sequence[Comparison],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Case id to the metrics in which it got worse, and the same for better."""
    worse: dict[str, tuple[str, ...]] = {}
    better: dict[str, tuple[str, ...]] = {}
    for item in metrics:
        for found, names in ((worse, item.worse), (better, item.better)):
            found.update({name: (*found.get(name, ()), item.metric) for name in names})
    return worse, better


def _decided(row: Row) -> object:
    return row["decision"], bool(row.get("error"))


def _said(row: Row) -> object:
    return " ".join((row["text"] or "").split())


def _cited(row: Row) -> object:
    return sorted({(item["article"], item["quote"]) for item in row.get("evidence", ())})


def _called(row: Row) -> object:
    return [(call["action"], call["arguments"], call["status"]) for call in row.get("calls", ())]


_NOTICED: Sequence[tuple[str, Callable[[Row], object]]] = (
    (DECISION, _decided),
    (ANSWER, _said),
    (CITATIONS, _cited),
    (ACTIONS, _called),
)
