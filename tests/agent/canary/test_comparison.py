"""The comparison of two shares, whenever one looks."""

import numpy as np
import pytest

from agent.canary.comparison import Count, Difference, difference


def told(live: Count, candidate: Count, alpha: float = 0.05) -> Difference:
    found = difference(live, candidate, alpha, 0.05)
    assert found is not None
    return found


def test_nothing_is_told_without_conversations() -> None:
    assert difference(Count(0, 0), Count(1, 4), 0.05, 0.05) is None
    assert difference(Count(1, 4), Count(0, 0), 0.05, 0.05) is None


def test_the_interval_closes_around_what_was_measured() -> None:
    wide, narrow = (told(Count(30 * n, 100 * n), Count(10 * n, 40 * n)) for n in (1, 100))
    assert wide.estimate == narrow.estimate == pytest.approx(-0.05)
    assert wide.low < narrow.low < -0.05 < narrow.high < wide.high
    assert wide.high > 0 > narrow.high


def test_a_smaller_alpha_tells_less() -> None:
    sure = told(Count(30, 100), Count(40, 100), alpha=0.01)
    bold = told(Count(30, 100), Count(40, 100), alpha=0.2)
    assert sure.low < bold.low < bold.high < sure.high


def test_a_few_conversations_are_never_enough() -> None:
    assert told(Count(0, 20), Count(3, 3)).low < 0
    assert told(Count(0, 1), Count(0, 1)).high == 1.0


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_looking_after_each_conversation_seldom_errs(share: float) -> None:
    """400 canaries without any difference, looked at 600 times each: those in which the truth was
    ever excluded are fewer than alpha promises."""
    rng = np.random.default_rng(20_261_122)
    looks = np.arange(5, 605)
    erred = 0
    for _ in range(400):
        shown = rng.random((2, looks[-1], 4)) < share
        live = np.cumsum(shown[0].sum(axis=1))
        candidate = np.cumsum(shown[1, :, 0])
        erred += any(
            not found.low <= 0 <= found.high
            for n in looks[::10]
            for found in [
                told(Count(int(live[n - 1]), 4 * int(n)), Count(int(candidate[n - 1]), int(n)), 0.1)
            ]
        )
    assert erred / 400 < 0.1
