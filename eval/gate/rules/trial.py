"""What the rules of the gate decide on: a release that was tried, and the live one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from eval.gate.comparison import Comparison, Row, compare, key
from eval.scoring.evaluation import Evaluation
from kb.findings import Finding
from kb.settings import GateSettings
from kb.types import Article


@dataclass(frozen=True)
class Baseline:
    """The live release: its `rows` on the cases of this evaluation, as far as it was tried with
    them, its `articles`, and when it went live. `cases` are the ids of the golden set that it was
    judged by, as it was then."""

    rows: Sequence[Row]
    articles: Sequence[Article] = ()
    promoted_at: datetime | None = None
    release_id: str = ""
    cases: Sequence[str] = ()


@dataclass(frozen=True)
class Trial:
    """One evaluation with all that it is held against. `articles` are those of the release that
    was tried; `findings` all that are known now; `standing` says of judged metrics that may not
    block why they only inform. Of a `part` of the cases nothing can be said that takes all."""

    evaluation: Evaluation
    settings: GateSettings
    baseline: Baseline | None = None
    articles: Sequence[Article] = ()
    findings: Sequence[Finding] = ()
    standing: Mapping[str, str] = field(default_factory=dict)
    part: bool = False

    @cached_property
    def rows(self) -> list[Row]:
        """The cases as plain values, in order."""
        return list(self.evaluation.rows())

    @cached_property
    def was(self) -> Mapping[str, Row]:
        """By id, what the live release did in those cases that are asked the same way now."""
        if self.baseline is None:
            return {}
        known = {key(row): row for row in self.baseline.rows}
        return {row["id"]: known[key(row)] for row in self.rows if key(row) in known}

    @cached_property
    def changes(self) -> Mapping[str, Comparison]:
        """By metric, how it compares with the live release; empty without one."""
        if self.baseline is None:
            return {}
        return {item.metric: item for item in compare(self.baseline.rows, self.rows)}
