"""What the gate says: rules with their scores, and the cases that broke them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from eval.interval import Interval

SCORES = "scores"
"""The group of rules that hold a metric to its floor."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that was required, or merely measured (`threshold` None).

    `score` is None where nothing could be or had to be scored. `n` cases have a score, `failed`
    could not be computed, `not_applicable` were left out. `reason` explains `passed`. A rule that
    `informs` refuses nothing, broken or not. `group` is what it belongs to, for readers. `before`
    is the live release's score over the cases that both have, `change` the 95 % interval of the
    difference, by paired bootstrap.
    """

    metric: str
    passed: bool
    reason: str
    score: float | None = None
    threshold: float | None = None
    n: int = 0
    interval: Interval | None = None
    failed: int = 0
    not_applicable: int = 0
    informs: bool = False
    group: str = SCORES
    before: float | None = None
    change: Interval | None = None


@dataclass(frozen=True, slots=True)
class Failing:
    """A question that missed a floor, or could not be scored. `before` is what the live release
    said to it, empty where there is nothing to compare with. `article` and `line` are where it is
    to be mended, empty where that is not known."""

    metric: str
    case_id: str
    question: str
    expected: str
    got: str
    why: str
    score: float | None = None
    before: str = ""
    article: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """A rule beside the metrics' floors, judged already, with what broke it, and what its readers
    are to know besides."""

    rule: Rule
    failing: tuple[Failing, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the release may go live. `failing` is by rule in the order of `rules`, then those
    first that got worse against the live release, then in the order of the cases; the questions of
    broken rules are those that refused the release.
    `confusion` counts cases as (expected decision, decided, count)."""

    passed: bool
    cases: int
    drafted: bool
    rules: tuple[Rule, ...]
    failing: tuple[Failing, ...] = ()
    notes: tuple[str, ...] = ()
    confusion: tuple[tuple[str, str, int], ...] = ()

    @property
    def broken(self) -> tuple[Rule, ...]:
        """The rules that refused it."""
        return tuple(rule for rule in self.rules if not rule.passed and not rule.informs)

    @property
    def uncomputed(self) -> tuple[Rule, ...]:
        """The rules with cases that crashed or could not be scored: they say nothing of the
        release, good or bad."""
        return tuple(rule for rule in self.broken if rule.failed)

    def to_json(self) -> dict[str, Any]:
        """Plain values; `from_json` reads them back to an equal verdict."""
        values: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return values

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Verdict":
        """Raises `ValueError` when the values are not a verdict's."""
        return _ADAPTER.validate_python(dict(values))


def anchor(case_id: str) -> str:
    """The HTML id of a case on the page of its evaluation, the same in every link to it; letters,
    digits, `-`, `.` and `_` alone, different for different cases."""
    return "case-" + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", case_id)


_ADAPTER: TypeAdapter[Verdict] = TypeAdapter(Verdict)
