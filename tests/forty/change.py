"""A change to the sample, what the gate is due to say of it, and whether it did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.forty.bringing import Brought
from tests.forty.world import World

Row: TypeAlias = Mapping[str, Any]
# How many cases of a rule a reader looks at.
_LOOKED_AT = 5
_CONTENT = (
    "decision",
    "text",
    "evidence",
    "retrieved",
    "handoff",
    "calls",
    "end_state_differences",
)


@dataclass(frozen=True)
class Way:
    """One way to make a change: what is done, in a few words, and how. `about` are the articles
    that it concerns: at least one case that is about one of them must be named. `says` must stand
    in what refused it, one of them."""

    told: str
    make: Callable[[World], None]
    about: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A row of the table. `base` is the world that it begins in. `cases`: whether golden cases
    are due to be named; else what broke is told by `says` alone."""

    number: str
    name: str
    ways: tuple[Way, ...]
    refused: bool
    base: str = "plain"
    cases: bool = True


@dataclass(frozen=True)
class Judged:
    """A row that was tried. `named` are the golden cases that each broken rule names first, as
    many as a reader looks at; `rightly` those of them that the change touched. `right` says
    whether the right things were named."""

    change: Change
    way: Way
    refused: bool
    how: str
    rules: tuple[str, ...]
    named: tuple[str, ...]
    rightly: tuple[str, ...]
    right: bool
    seconds: float
    why: str

    @property
    def as_expected(self) -> bool:
        return self.refused == self.change.refused and (self.right or not self.refused)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "number": self.change.number,
            "change": self.change.name,
            "way": self.way.told,
            "expected": "refused" if self.change.refused else "passed",
            "verdict": "refused" if self.refused else "passed",
            "as_expected": self.as_expected,
            "how": self.how,
            "rules": list(self.rules),
            "cases": list(self.named),
            "rightly": list(self.rightly),
            "right": self.right,
            "seconds": round(self.seconds, 1),
            "why": self.why,
        }


def judge(change: Change, way: Way, before: Brought, after: Brought) -> Judged:
    """A case is named rightly when what was said to it, or done, is other than before, or it is
    about an article that was changed; that is looked at without asking the gate."""
    broken = [rule for rule in after.verdict.get("rules", []) if _broke(rule)]
    metrics = {rule["metric"] for rule in broken}
    known = {row["id"] for row in (*before.rows, *after.rows)}
    failing = [it for it in after.verdict.get("failing", []) if it["metric"] in metrics]
    named = _first(failing, metrics, known)
    concerned = _about(before.rows, way.about)
    touched = concerned | _changed(before.rows, after.rows)
    rightly = tuple(name for name in named if name in touched)
    told = " ".join([after.error, *(rule["reason"] for rule in broken), *map(str, failing)])
    return Judged(
        change,
        way,
        refused=not after.passed,
        how=after.how,
        rules=tuple(rule["metric"] for rule in broken) or _stopped(after),
        named=named,
        rightly=rightly,
        right=_right(change, way, named, rightly, concerned, told),
        seconds=after.seconds,
        why=after.error or "; ".join(f"{it['metric']}: {it['reason']}" for it in broken),
    )


def _first(failing: Sequence[Row], metrics: set[str], known: set[str]) -> tuple[str, ...]:
    """The golden cases that each rule names first."""
    named: dict[str, None] = {}
    for metric in metrics:
        cases = [item["case_id"] for item in failing if item["metric"] == metric]
        named |= dict.fromkeys([case for case in cases if case in known][:_LOOKED_AT])
    return tuple(sorted(named))


def _broke(rule: Mapping[str, Any]) -> bool:
    return not rule["passed"] and not rule.get("informs")


def _stopped(after: Brought) -> tuple[str, ...]:
    if not after.error:
        return ()
    return ("promotion",) if after.how == "release" else ("compile",)


def _right(
    change: Change,
    way: Way,
    named: Sequence[str],
    rightly: Sequence[str],
    concerned: set[str],
    told: str,
) -> bool:
    """Most of those that are named were touched, one of those that the change is about among
    them."""
    if way.says and not any(text in told for text in way.says):
        return False
    if not change.cases:
        return True
    found = not concerned or bool(concerned & set(rightly))
    return found and bool(rightly) and 2 * len(rightly) >= len(named)


def _about(rows: Sequence[Row], paths: Sequence[str]) -> set[str]:
    """Cases that an article answers, or answered."""
    return {
        row["id"]
        for row in rows
        if set(paths) & {*row["articles"], *(item["article"] for item in row["evidence"])}
    }


def _changed(before: Sequence[Row], after: Sequence[Row]) -> set[str]:
    known = {row["id"]: row for row in before}
    return {row["id"] for row in after if _content(row) != _content(known.get(row["id"], {}))}


def _content(row: Row) -> list[Any]:
    return [row.get(name) for name in _CONTENT]
