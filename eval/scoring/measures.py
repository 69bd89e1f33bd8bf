"""What an evaluation measured beside scores: times, costs, tokens. Numbers with a unit, which have
no floor of their own and are no shares of anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from eval.scoring.evaluation import CaseResult, Evaluation, Score

MS = "ms"


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric with a unit over the `n` cases that have a value: `total`, `mean`, and the values
    that 50 % and 95 % of the cases do not exceed, by linear interpolation. All None without
    cases."""

    name: str
    unit: str
    n: int
    total: float | None = None
    mean: float | None = None
    p50: float | None = None
    p95: float | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def measure(name: str, unit: str, results: Iterable[CaseResult]) -> Measure:
    """Of times only those count that were taken in this run: what a case that was not asked again
    took on another day says nothing of it."""
    counted = [it for it in results if not (unit == MS and it.reused)]
    outcomes = (it.measured.get(name) for it in counted)
    values = [outcome.value for outcome in outcomes if isinstance(outcome, Score)]
    if not values:
        return Measure(name, unit, 0)
    return Measure(
        name=name,
        unit=unit,
        n=len(values),
        total=float(np.sum(values)),
        mean=float(np.mean(values)),
        p50=float(np.quantile(values, 0.5)),
        p95=float(np.quantile(values, 0.95)),
    )


@dataclass(frozen=True, slots=True)
class Used:
    """What one language model had to do: turns, tokens read and written, and their cost in the
    unit of the settings' prices."""

    turns: int
    input_tokens: int
    output_tokens: int
    cost: float


def used(results: Sequence[CaseResult]) -> Mapping[str, Used]:
    """By name of the model, those that wrote anything, in the order in which they first did."""
    found: dict[str, Used] = {}
    for spent in (turn.spent for result in results for turn in result.turns if turn.spent):
        if not (spent.input_tokens or spent.output_tokens):
            continue
        so_far = found.get(spent.model, Used(0, 0, 0, 0.0))
        found[spent.model] = Used(
            so_far.turns + 1,
            so_far.input_tokens + spent.input_tokens,
            so_far.output_tokens + spent.output_tokens,
            so_far.cost + spent.cost,
        )
    return found


def measured(evaluation: Evaluation) -> list[Measure]:
    """Every metric with a unit, in the order of the suite."""
    return [measure(name, unit, evaluation.results) for name, unit in evaluation.units.items()]
