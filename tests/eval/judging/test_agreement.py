"""Cohen's kappa of a judge and people, and how sure it is."""

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from eval.judging.agreement import agreement


def answers(
    both_pass: int, judge_only: int, person_only: int, both_fail: int
) -> tuple[list[bool], list[bool]]:
    pairs = [
        *[(True, True)] * both_pass,
        *[(True, False)] * judge_only,
        *[(False, True)] * person_only,
        *[(False, False)] * both_fail,
    ]
    return [judge for judge, _ in pairs], [person for _, person in pairs]


@pytest.mark.parametrize(
    "counts", [(20, 5, 10, 15), (1, 0, 1, 6), (3, 9, 8, 2), (40, 1, 0, 2)], ids=str
)
def test_it_is_the_kappa_that_everybody_knows(counts: tuple[int, int, int, int]) -> None:
    judged, labelled = answers(*counts)
    found = agreement(judged, labelled)
    assert found.kappa == pytest.approx(cohen_kappa_score(judged, labelled))
    assert (found.both_pass, found.judge_only, found.person_only, found.both_fail) == counts
    assert found.n == sum(counts)


def test_the_textbook_case() -> None:
    """Cohen's kappa of 20, 5, 10 and 15 of 50 is 0.4."""
    found = agreement(*answers(20, 5, 10, 15))
    assert found.kappa == pytest.approx(0.4)
    assert found.share == pytest.approx(0.7)
    low, high = found.interval or (0, 0)
    assert low == pytest.approx(0.13, abs=0.03)
    assert high == pytest.approx(0.66, abs=0.03)


def test_the_same_answers_give_the_same_interval_and_more_of_them_a_narrower_one() -> None:
    few, again = (agreement(*answers(8, 2, 2, 8)) for _ in range(2))
    many = agreement(*answers(80, 20, 20, 80))
    assert few == again
    assert many.kappa == pytest.approx(few.kappa)
    width = [high - low for low, high in (few.interval or (0, 0), many.interval or (0, 0))]
    assert width[1] < width[0] / 2


def test_full_agreement_on_a_few_cases_is_not_certainty() -> None:
    few, many = (agreement(*answers(n, 0, 0, n)).interval or (1, 1) for n in (5, 50))
    assert few[0] < 0.6 < 0.9 < many[0] < 1.0
    assert few[1] == many[1] == 1.0


def test_a_judge_that_always_says_the_same_agrees_by_chance_alone() -> None:
    found = agreement([True] * 10, [True, False] * 5)
    assert (found.kappa, found.interval) == (0.0, (0.0, 0.0))


def test_where_both_always_say_the_same_there_is_no_kappa() -> None:
    found = agreement([True] * 10, [True] * 10)
    assert (found.kappa, found.interval, found.share) == (None, None, 1.0)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of 200 samples of 60 from a population with a kappa of 0.6."""
    draw = random.Random(7)
    population = (
        [(True, True)] * 40 + [(True, False)] * 10 + [(False, True)] * 10 + [(False, False)] * 40
    )
    held = 0
    for _ in range(200):
        sample = draw.choices(population, k=60)
        low, high = agreement([a for a, _ in sample], [b for _, b in sample]).interval or (0, 0)
        held += low <= 0.6 <= high
    assert 0.90 <= held / 200 <= 0.99
