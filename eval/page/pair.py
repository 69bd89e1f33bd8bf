"""What the page of two runs shows, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.diff.lines import cautions, moved, summary
from eval.diff.runs import CaseChange, RunDiff, RunName
from eval.diff.wording import level_of, standing
from eval.gate.comparison import Row
from eval.page.case import CaseView
from eval.page.filters import Filter, filtered
from eval.page.view import Change


@dataclass(frozen=True, slots=True)
class PairView:
    """One page. `level` is the one at which a metric is judged."""

    center: str
    before: RunName
    after: RunName
    summary: str
    cautions: tuple[str, ...]
    changes: tuple[Change, ...]
    level: float
    filters: tuple[Filter, ...]
    cases: tuple[CaseView, ...]
    told: dict[str, str]
    only_before: tuple[Row, ...]
    only_after: tuple[Row, ...]

    @property
    def verdict(self) -> str:
        """The headline: what fell and what rose for certain, and nothing else."""
        return headline(self.changes)


def pair_view(diff: RunDiff, center: str) -> PairView:
    """Every metric of both, and every case that changed, worse ones first."""
    level = level_of(diff.metrics)
    filters, cases = filtered([_case(item) for item in diff.changed])
    return PairView(
        center=center,
        before=diff.before,
        after=diff.after,
        summary=summary(diff),
        cautions=tuple(cautions(diff)),
        changes=tuple(Change(item, standing(item, level)) for item in diff.metrics),
        level=level,
        filters=tuple(filters),
        cases=tuple(cases),
        told={item.id: moved(item) for item in diff.changed},
        only_before=diff.only_before,
        only_after=diff.only_after,
    )


def headline(changes: Sequence[Change]) -> str:
    """Such as "Fell: context recall. Rose: grounding."."""
    parts = []
    for direction in ("fell", "rose"):
        names = [it.item.metric for it in changes if it.standing.direction == direction]
        if names:
            told = ", ".join(name.replace("_", " ") for name in names)
            parts.append(f"{direction.capitalize()} by more than chance explains: {told}.")
    return " ".join(parts) or "No metric changed by more than chance explains."


def _case(item: CaseChange) -> CaseView:
    return CaseView(item.now, item.was, (), item.worse, item.better)
