"""What every format tells: one run, its verdict, and the cases that matter, first those that
refused it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from eval.gate.comparison import Row
from eval.gate.verdict import Failing, Verdict
from eval.runs.store import EvaluationRecord


@dataclass(frozen=True, slots=True)
class Named:
    """A case that broken rules name: all that they say of it, in the order of the rules."""

    row: Row
    before: Row | None
    failing: tuple[Failing, ...]

    @property
    def case_id(self) -> str:
        return str(self.row["id"])

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.metric for item in self.failing))


@dataclass(frozen=True)
class Report:
    """One run. `before` is the live release's, `page` where the whole of it can be read; `golden`
    is the path of the golden set from the top of the repository, empty for drafted questions, and
    `lines` the line of each case in it; `articles` tells by an article's path that from the top of
    the repository."""

    record: EvaluationRecord
    before: EvaluationRecord | None = None
    center: str = ""
    page: str = ""
    golden: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def verdict(self) -> Verdict:
        return Verdict.from_json(self.record.verdict)

    @cached_property
    def named(self) -> list[Named]:
        """The cases that broken rules name: those that must pass first, then those that the most
        rules name, then in the order in which they are named."""
        broken = {rule.metric for rule in self.verdict.broken}
        by_case: dict[str, list[Failing]] = {}
        for item in self.verdict.failing:
            if item.metric in broken:
                by_case.setdefault(item.case_id, []).append(item)
        was = {row["id"]: row for row in self.before.cases} if self.before else {}
        rows = {row["id"]: row for row in self.record.cases}
        found = [
            Named(rows[name], was.get(name), tuple(failing))
            for name, failing in by_case.items()
            if name in rows
        ]
        return sorted(found, key=lambda it: (not it.row.get("must_pass"), -len(it.rules)))

    @cached_property
    def unplaced(self) -> list[Failing]:
        """What broken rules name that is no case of the set, such as a procedure."""
        broken = {rule.metric for rule in self.verdict.broken}
        known = {row["id"] for row in self.record.cases}
        return [
            it for it in self.verdict.failing if it.metric in broken and it.case_id not in known
        ]
