"""Counts without a limit, and names that hold for the rest of a paragraph."""

import math

import pytest

from kb.claims.phrases import opening
from kb.claims.reading import values
from kb.claims.relations import relate
from kb.claims.values import Relation


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("A garden holds any number of plants.", "plant"),
        ("Plus comes with unlimited gardens.", "garden"),
        ("Add as many gardens as you like.", "garden"),
    ],
)
def test_what_has_no_limit_is_a_count_without_an_end(text: str, unit: str) -> None:
    (value,) = values(text)
    assert (value.unit, value.high) == (unit, math.inf)


def test_as_many_as_there_are_of_others_is_no_count() -> None:
    assert values("It has as many gardens as the other account.") == ()


def test_no_limit_and_a_limit_exclude_each_other() -> None:
    (open_,) = values("Plus comes with unlimited gardens.")
    (closed,) = values("Plus comes with up to 5 gardens.")
    assert relate(open_, closed) == relate(closed, open_) == Relation.CONFLICT


def test_a_sentence_opens_with_what_it_is_about() -> None:
    assert opening("The Plus plan includes five gardens.") == "The Plus plan "
    assert opening("On the Plus plan, add gardens.") == "On the Plus plan, "
    assert opening("Upgrade to the Plus plan.") == ""
