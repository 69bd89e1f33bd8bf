"""What the gate says: rules with their scores, and the cases that broke them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from eval.interval import Interval


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that was required, or merely measured (`threshold` None).

    `score` is None where nothing could be or had to be scored. `n` cases have a score, `failed`
    could not be computed, `not_applicable` were left out. `reason` explains `passed`.
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


@dataclass(frozen=True, slots=True)
class Failing:
    """A question that missed a floor, or could not be scored."""

    metric: str
    case_id: str
    question: str
    expected: str
    got: str
    why: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule beside the metrics' floors, judged already, with what broke it."""

    rule: Rule
    failing: tuple[Failing, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the release may go live. `failing` is by rule in the order of `rules`, then in the
    order of the cases; the questions of broken rules are those that refused the release."""

    passed: bool
    cases: int
    drafted: bool
    rules: tuple[Rule, ...]
    failing: tuple[Failing, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[Rule, ...]:
        """The rules that refused it."""
        return tuple(rule for rule in self.rules if not rule.passed)

    def to_json(self) -> dict[str, Any]:
        """Plain values; `from_json` reads them back to an equal verdict."""
        values: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return values

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Verdict":
        """Raises `ValueError` when the values are not a verdict's."""
        return _ADAPTER.validate_python(dict(values))


_ADAPTER: TypeAdapter[Verdict] = TypeAdapter(Verdict)
