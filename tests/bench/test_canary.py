"""The canary's rule on made-up canaries that are looked at after every conversation."""

from collections import Counter

import pytest

from kb.settings import CanarySettings
from tests.bench.canary import QUIET, USUAL, outcome

RULES = CanarySettings()


def ends(live: tuple[float, ...], candidate: tuple[float, ...], runs: int = 30) -> Counter[str]:
    return Counter(outcome(live, candidate, RULES, seed)[0] for seed in range(runs))


@pytest.mark.parametrize("shares", [USUAL, QUIET])
def test_a_candidate_that_is_as_good_is_seldom_withdrawn(shares: tuple[float, ...]) -> None:
    assert ends(shares, shares)["worse"] <= 30 * RULES.alpha
    assert ends(shares, shares)["promoted"] >= 27


def test_a_candidate_that_is_worse_by_ten_points_in_any_signal_is_withdrawn() -> None:
    for place in range(3):
        worse = (*USUAL[:place], USUAL[place] + 0.1, *USUAL[place + 1 :])
        assert ends(USUAL, worse, 10) == {"worse": 10}
