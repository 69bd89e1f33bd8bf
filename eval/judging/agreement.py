"""How far a judge and people agree: Cohen's kappa of pass and fail."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.interval import Interval

_RESAMPLES = 10_000
_SEED = 20_261_123
_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Agreement:
    """`n` cases that both have judged: how many both let pass, how many the judge alone or the
    person alone, and how many neither. `kappa` (Cohen 1960) is None where judge and people say
    the same of every case, so that chance explains it all; `interval` holds it in 95 of 100."""

    both_pass: int
    judge_only: int
    person_only: int
    both_fail: int
    kappa: float | None
    interval: Interval | None

    @property
    def n(self) -> int:
        return self.both_pass + self.judge_only + self.person_only + self.both_fail

    @property
    def share(self) -> float:
        """Of the cases on which they agree."""
        return (self.both_pass + self.both_fail) / self.n


def agreement(judged: Sequence[bool], labelled: Sequence[bool]) -> Agreement:
    """Of at least one case, in the same order; true is a pass.

    The interval is by percentile bootstrap over cases, the same on every run. Where they agree on
    every case, no resample disagrees: then its lower end is that of a share of disagreement which
    n agreements leave possible (1 - 0.05^(1/n), the exact one-sided bound).
    """
    pairs = list(zip(judged, labelled, strict=True))
    both_pass, judge_only, person_only, both_fail = (pairs.count(pair) for pair in _CELLS)
    cells = np.array([both_pass, judge_only, person_only, both_fail])
    kappa = float(_kappas(cells[None, :])[0])
    known = not np.isnan(kappa)
    return Agreement(
        both_pass,
        judge_only,
        person_only,
        both_fail,
        kappa=kappa if known else None,
        interval=_interval(cells, kappa) if known else None,
    )


_CELLS = ((True, True), (True, False), (False, True), (False, False))


def _interval(cells: np.ndarray, kappa: float) -> Interval:
    n = int(cells.sum())
    if kappa == 1.0:
        chance = float(_chance(cells[None, :] / n)[0])
        return (_ALPHA ** (1 / n) - chance) / (1 - chance), 1.0
    drawn = np.random.default_rng(_SEED).multinomial(n, cells / n, size=_RESAMPLES)
    found = _kappas(drawn)
    low, high = np.percentile(found[~np.isnan(found)], [2.5, 97.5])
    return float(low), float(high)


def _kappas(cells: np.ndarray) -> np.ndarray:
    """One for each row of counts; NaN where one answer is all that was given."""
    shares = cells / cells.sum(axis=1, keepdims=True)
    chance = _chance(shares)
    same = shares[:, 0] + shares[:, 3]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isclose(chance, 1.0), np.nan, (same - chance) / (1 - chance))


def _chance(shares: np.ndarray) -> np.ndarray:
    """The agreement of two who say pass and fail as often, without looking."""
    judge, person = shares[:, 0] + shares[:, 1], shares[:, 0] + shares[:, 2]
    return np.asarray(judge * person + (1 - judge) * (1 - person))
