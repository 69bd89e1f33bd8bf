"""Intervals are sure enough for a few dozen cases, and the same on every run."""

import pytest

from eval.interval import mean_interval, quantile_interval


def test_a_share_has_wilsons_interval() -> None:
    low, high = mean_interval([1.0] * 8 + [0.0] * 2, [1.0] * 10)
    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)


def test_a_perfect_share_of_few_cases_is_not_certain() -> None:
    low, high = mean_interval([1.0] * 5, [1.0] * 5)
    assert low < 0.6
    assert high == pytest.approx(1.0)


def test_more_cases_make_it_narrower() -> None:
    few = mean_interval([0.2, 0.5, 0.9], [1.0] * 3)
    many = mean_interval([0.2, 0.5, 0.9] * 30, [1.0] * 90)
    assert many[1] - many[0] < few[1] - few[0]
    assert many[0] < (0.2 + 0.5 + 0.9) / 3 < many[1]


def test_it_is_the_same_on_every_run() -> None:
    values = [0.1, 0.4, 0.45, 0.9, 0.33]
    assert mean_interval(values, [1.0] * 5) == mean_interval(values, [1.0] * 5)


def test_one_heavy_case_among_light_ones_is_less_sure_than_equal_ones() -> None:
    equal = mean_interval([1.0] * 10, [1.0] * 10)
    skewed = mean_interval([1.0] * 10, [100.0] + [1.0] * 9)
    assert skewed[0] < equal[0]


def test_the_interval_of_a_quantile_holds_the_quantile() -> None:
    times = [float(number) for number in range(1, 101)]
    low, high = quantile_interval(times, 0.95)
    assert low < 95 < high <= 100
    assert quantile_interval(times, 0.95) == (low, high)
    assert quantile_interval([7.0], 0.5) == (7.0, 7.0)
