"""pass^k: the chance that all of k trials pass."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.simulation.passes import mean_pass_hat, pass_hat


@pytest.mark.parametrize(
    ("passed", "trials", "k", "share"),
    [(4, 4, 4, 1.0), (3, 4, 4, 0.0), (3, 4, 1, 0.75), (2, 4, 2, 1 / 6), (0, 4, 1, 0.0)],
)
def test_pass_hat_of_known_counts(passed: int, trials: int, k: int, share: float) -> None:
    assert pass_hat(passed, trials, k) == pytest.approx(share)


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.integers(1, 4))
def test_pass_hat_is_the_share_of_draws_without_a_failure(outcomes: list[bool], k: int) -> None:
    found = pass_hat(sum(outcomes), len(outcomes), k)

    draws = list(combinations(outcomes, k))
    assert found == (pytest.approx(sum(map(all, draws)) / len(draws)) if draws else None)


def test_fewer_trials_than_k_tell_nothing() -> None:
    assert pass_hat(1, 1, 4) is None
    assert mean_pass_hat([(4, 4), (1, 1)], 4) is None
    assert mean_pass_hat([], 1) is None


def test_the_mean_weighs_every_scenario_the_same() -> None:
    assert mean_pass_hat([(4, 4), (0, 8)], 1) == pytest.approx(0.5)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        pass_hat(5, 4, 1)
    with pytest.raises(ValueError, match="at least 1"):
        pass_hat(1, 4, 0)
