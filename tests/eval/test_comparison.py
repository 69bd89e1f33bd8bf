"""Two evaluations, case by case."""

import tracemalloc
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gate.comparison import Comparison, compare, mcnemar


def rows(scores: Sequence[float | None], metric: str = "decision_accuracy") -> list[dict[str, Any]]:
    return [
        {"id": f"q{n}", "question": f"why {n}?", "expected": "answer", "scores": {metric: score}}
        for n, score in enumerate(scores)
    ]


def only(before: Sequence[float | None], after: Sequence[float | None]) -> Comparison:
    (found,) = compare(rows(before), rows(after))
    return found


def test_the_same_scores_are_no_regression() -> None:
    found = only([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])
    assert (found.difference, found.p_value, found.worse, found.better) == (0.0, 1.0, (), ())
    assert not found.is_regression(0.05)


def test_one_case_of_many_that_got_worse_may_be_chance() -> None:
    found = only([1.0] * 40, [0.0] + [1.0] * 39)
    assert found.worse == ("q0",)
    assert found.p_value == pytest.approx(0.5)
    assert not found.is_regression(0.05)


def test_many_cases_that_got_worse_are_a_regression_and_are_named() -> None:
    found = only([1.0] * 40, [0.0] * 8 + [1.0] * 32)
    assert found.test == "McNemar"
    assert found.worse == tuple(f"q{n}" for n in range(8))
    assert found.is_regression(0.05)


def test_as_many_better_as_worse_are_no_regression() -> None:
    found = only([1.0] * 8 + [0.0] * 8, [0.0] * 8 + [1.0] * 8)
    assert found.difference == 0.0
    assert not found.is_regression(0.05)


def test_scores_between_0_and_1_are_compared_by_bootstrap() -> None:
    fell = only([0.9] * 20, [0.7] * 20)
    assert fell.test == "bootstrap"
    assert fell.difference == pytest.approx(-0.2)
    assert fell.is_regression(0.05)


def test_what_has_no_score_in_one_of_them_is_left_out() -> None:
    found = only([1.0, None, 1.0], [1.0, 0.0, None])
    assert found.n == 1
    assert compare(rows([None]), rows([1.0])) == []


def test_a_case_that_was_rewritten_is_not_compared() -> None:
    before = rows([1.0, 1.0])
    after = rows([0.0, 0.0])
    after[0]["question"] = "something else"
    after[1]["expected"] = "handoff"
    assert compare(before, after) == []


def test_a_heavier_case_moves_the_mean_more() -> None:
    after = rows([0.0, 1.0])
    after[0]["weight"] = 3.0
    (found,) = compare(rows([1.0, 1.0]), after)
    assert found.difference == pytest.approx(-0.75)


def test_mcnemars_p_value_is_that_of_a_fair_coin() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 0) == pytest.approx(1 / 32)
    assert mcnemar(3, 1) == pytest.approx(5 / 16)


@given(st.integers(0, 12), st.integers(0, 12))
def test_more_cases_that_got_worse_are_never_likelier_by_chance(worse: int, better: int) -> None:
    values = [mcnemar(worse + more, better) for more in range(3)]
    assert all(now <= was + 1e-12 for was, now in pairwise(values))


def test_both_tests_are_told_whichever_decides() -> None:
    found = only([0.9] * 20, [0.7] * 20)
    assert (found.bootstrap_p, found.mcnemar_p) == (0.0, mcnemar(20, 0))
    found = only([1.0] * 40, [0.0] * 8 + [1.0] * 32)
    assert found.p_value == found.mcnemar_p == mcnemar(8, 0)
    assert found.bootstrap_p < 0.05


def test_a_fall_that_nobody_would_see_is_no_regression_however_certain() -> None:
    found = only([0.9] * 100, [0.89] * 30 + [0.9] * 70)
    assert found.p_value < 0.001
    assert not found.is_regression(0.05)


def test_four_cases_are_too_few_whatever_they_lost() -> None:
    assert not only([0.9] * 20, [0.1] * 4 + [0.9] * 16).is_regression(0.05)
    assert only([0.9] * 20, [0.1] * 5 + [0.9] * 15).is_regression(0.05)


def test_another_conversation_before_the_question_makes_another_case() -> None:
    before, after = rows([1.0]), rows([0.0])
    after[0]["earlier"] = ["Hello."]
    assert compare(before, after) == []


def test_thousands_of_cases_take_no_gigabytes() -> None:
    tracemalloc.start()
    only([1.0] * 3_000, [0.0] * 8 + [1.0] * 2_992)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150_000_000


def test_metrics_can_be_named() -> None:
    before, after = (
        [{**row, "scores": {"a": score, "b": score}} for row in rows([score])]
        for score in (1.0, 0.0)
    )
    assert [item.metric for item in compare(before, after)] == ["a", "b"]
    assert [item.metric for item in compare(before, after, ["b"])] == ["b"]
