"""Two shares of conversations compared while they come in, looked at as often as one likes.

The difference of two shares with variance V is compared with a normal mixture N(0, t^2) of
differences that would matter. The mixture's likelihood ratio to one difference d is a martingale
where d is true, so by Ville's inequality (1939) it ever reaches 1/alpha with probability alpha at
most (Robbins 1970). What it has not excluded is

    estimate +- sqrt(V (1 + V / t^2) log((1 + t^2 / V) / alpha^2)),

the mixture sequential probability ratio test of two shares (Johari, Koomen, Pekelis, Walsh 2022:
Always valid inference), which holds at every moment at once, for any split between the two. With an
estimated V it does so in the limit (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2024: Time-uniform
central limit theory and asymptotic confidence sequences); at few conversations V is kept from being
too small by one conversation more of either kind in each share (Agresti and Caffo 2000).
`tests/bench/canary.py` measures how often it errs.
"""

from dataclasses import dataclass
from math import log, sqrt


@dataclass(frozen=True, slots=True)
class Count:
    """`k` of `n` conversations."""

    k: int
    n: int

    @property
    def share(self) -> float | None:
        """In [0, 1]; None without any conversation."""
        return self.k / self.n if self.n else None

    @property
    def variance(self) -> float:
        """Of the share, never 0; of at least one conversation."""
        share = (self.k + 1) / (self.n + 2)
        return share * (1 - share) / self.n


@dataclass(frozen=True, slots=True)
class Difference:
    """The candidate's share less the live release's: as measured, and what is not excluded now,
    in [-1, 1]."""

    estimate: float
    low: float
    high: float


def difference(live: Count, candidate: Count, alpha: float, matters: float) -> Difference | None:
    """None while one of them has no conversation. Over all looks the true difference is ever
    outside with probability `alpha` at most; `matters` is the size of difference that the
    comparison is best at telling."""
    if not live.n or not candidate.n:
        return None
    estimate = candidate.k / candidate.n - live.k / live.n
    variance = live.variance + candidate.variance
    known = matters**2 / variance
    radius = sqrt(variance * (1 + 1 / known) * log((1 + known) / alpha**2))
    return Difference(estimate, max(-1.0, estimate - radius), min(1.0, estimate + radius))
