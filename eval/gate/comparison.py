"""Two evaluations compared case by case: is the second worse than chance explains?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, TypeAlias

import numpy as np

from eval.interval import Interval

# Plain values of a case, as `CaseResult.to_json` gives them.
Row: TypeAlias = Mapping[str, Any]

_RESAMPLES = 10_000
_SEED = 20_261_122
# Numbers drawn at once: samples of thousands of cases would take gigabytes.
_DRAWN_AT_ONCE = 2_000_000
# Scores that differ by less are the same: cosines of one text differ in the last digits.
_SAME = 1e-6
# A mean that fell by less is nobody's concern, however certain it is: one article in other words
# moves the similarity of each of its answers a little, all the same way.
_LEAST = 0.01
# Of fewer cases that all got worse the sign test can't say either that it was no chance (1/2^4 is
# above 0.05), and a bootstrap over so few is too sure of itself.
LEAST_MOVED = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """One metric over the `n` cases that have a score in both evaluations.

    `difference` is the weighted mean of after minus before, `interval` its 95 % interval by paired
    bootstrap over cases. `p_value` is one-sided, for worse: McNemar's exact test (McNemar 1947)
    where every score is 0 or 1 (`test` says which), else the share of bootstrap means that are not
    below 0, which is `bootstrap_p` in any case; `rise_p` is the share of those not above 0.
    `worse` and `better` are ids of cases that changed, in order.
    """

    metric: str
    n: int
    before: float
    after: float
    difference: float
    interval: Interval
    p_value: float
    test: str
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    bootstrap_p: float = 1.0
    rise_p: float = 1.0

    @property
    def mcnemar_p(self) -> float:
        """McNemar's one-sided exact p value; where scores are no yes or no, that of the sign test
        over the cases that changed, which is the same sum."""
        return mcnemar(len(self.worse), len(self.better))

    def is_regression(self, alpha: float) -> bool:
        """Whether it fell, by more than chance explains at this level, by both tests: the
        interval of the bootstrap, and the p value; and by a hundredth at least, with five cases
        that got worse."""
        if self.difference > -_LEAST or len(self.worse) < LEAST_MOVED:
            return False
        return self.interval[1] < 0 and self.p_value < alpha


def compare(
    before: Sequence[Row], after: Sequence[Row], metrics: Iterable[str] | None = None
) -> list[Comparison]:
    """Every metric, or those that are named, that both have scores of, in the order of `after`. A
    case counts as the same when its id, its question and what it is due are; one that is new or
    was rewritten has nothing to be compared with."""
    known = {key(row): row for row in before}
    pairs = [(known[key(row)], row) for row in after if key(row) in known]
    if metrics is None:
        metrics = dict.fromkeys(name for row in after for name in row["scores"])
    found = (_compare(metric, pairs) for metric in metrics)
    return [item for item in found if item is not None]


def key(row: Row) -> tuple[str, ...]:
    """What makes two rows the same case: its id, all that the customer says, and what it is
    due."""
    return row["id"], *row.get("earlier", ()), row["question"], row["expected"]


def _compare(metric: str, pairs: Sequence[tuple[Row, Row]]) -> Comparison | None:
    scored = [
        (old, new)
        for old, new in pairs
        if old["scores"].get(metric) is not None and new["scores"].get(metric) is not None
    ]
    if not scored:
        return None
    was = np.array([old["scores"][metric] for old, _ in scored], dtype=float)
    now = np.array([new["scores"][metric] for _, new in scored], dtype=float)
    weights = np.array([new.get("weight", 1.0) for _, new in scored], dtype=float)
    change = np.where(np.abs(now - was) < _SAME, 0.0, now - was)
    means = _resampled(change, weights)
    bootstrap_p = float((means >= 0).mean())
    binary = bool(np.isin(was, (0.0, 1.0)).all() and np.isin(now, (0.0, 1.0)).all())
    worse = tuple(new["id"] for (_, new), moved in zip(scored, change, strict=True) if moved < 0)
    better = tuple(new["id"] for (_, new), moved in zip(scored, change, strict=True) if moved > 0)
    return Comparison(
        metric=metric,
        n=len(scored),
        before=float(np.average(was, weights=weights)),
        after=float(np.average(now, weights=weights)),
        difference=float(np.average(change, weights=weights)),
        interval=(float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))),
        p_value=mcnemar(len(worse), len(better)) if binary else bootstrap_p,
        test="McNemar" if binary else "bootstrap",
        worse=worse,
        better=better,
        bootstrap_p=bootstrap_p,
        rise_p=float((means <= 0).mean()),
    )


def mcnemar(worse: int, better: int) -> float:
    """One-sided exact p value that so many of the changed cases, or more, got worse, when each is
    as likely to get better; 1 without any change."""
    changed = worse + better
    if not changed:
        return 1.0
    return float(sum(comb(changed, count) for count in range(worse, changed + 1)) / 2**changed)


def _resampled(change: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means of samples of the cases, drawn with replacement; the same on every run."""
    if not change.any():
        return np.zeros(1)
    generator = np.random.default_rng(_SEED)
    n, step = len(change), max(1, _DRAWN_AT_ONCE // len(change))
    means = []
    for begun in range(0, _RESAMPLES, step):
        drawn = generator.integers(n, size=(min(step, _RESAMPLES - begun), n))
        drawn_weights = weights[drawn]
        means.append((change[drawn] * drawn_weights).sum(axis=1) / drawn_weights.sum(axis=1))
    return np.concatenate(means)
