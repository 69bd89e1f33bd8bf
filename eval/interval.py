"""How sure a mean is: 95 % intervals for scores of a few dozen cases."""

from collections.abc import Sequence
from math import sqrt
from typing import TypeAlias

import numpy as np

Interval: TypeAlias = tuple[float, float]

# Two-sided 95 % point of the normal distribution.
_Z = 1.959964
_RESAMPLES = 2000
_SEED = 20_240_501


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Of at least one value."""
    return float(np.average(values, weights=weights))


def mean_interval(values: Sequence[float], weights: Sequence[float]) -> Interval:
    """The 95 % interval of the weighted mean of at least one value; the same on every run.

    Wilson's score interval (Wilson 1927) where every value is 0 or 1, which holds for a handful
    of cases and for shares of 0 and 1; else the percentile bootstrap over cases.
    """
    if all(value in (0.0, 1.0) for value in values):
        effective = sum(weights) ** 2 / sum(weight * weight for weight in weights)
        return _wilson(weighted_mean(values, weights), effective)
    return _bootstrap(np.asarray(values, dtype=float), np.asarray(weights, dtype=float))


def quantile_interval(values: Sequence[float], share: float) -> Interval:
    """The 95 % interval of the quantile at `share` of at least one value, by percentile bootstrap
    over cases; the same on every run."""
    drawn = np.random.default_rng(_SEED).integers(len(values), size=(_RESAMPLES, len(values)))
    found = np.quantile(np.asarray(values, dtype=float)[drawn], share, axis=1)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _wilson(share: float, n: float) -> Interval:
    centre = share + _Z * _Z / (2 * n)
    half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    scale = 1 + _Z * _Z / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def _bootstrap(values: np.ndarray, weights: np.ndarray) -> Interval:
    drawn = np.random.default_rng(_SEED).integers(len(values), size=(_RESAMPLES, len(values)))
    totals = weights[drawn].sum(axis=1)
    means = (values[drawn] * weights[drawn]).sum(axis=1) / totals
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
