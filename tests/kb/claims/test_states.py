"""Opposite states of one thing, told in words that have nothing to do with each other."""

import pytest

from tests.bench.contradictions import try_pair
from tests.bench.labelled_pairs import Pair

LEAST = 0.5


def confidence(a: str, b: str) -> float:
    pair = Pair("pair", contradicts=True, strong=True, kind="effect", reason="", a=a, b=b)
    return try_pair(pair, LEAST).confidence


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Deleted boards can be restored from the recycle bin.",
            "Deleting a board removes it irretrievably.",
        ),
        ("Archived rooms are read-only.", "You can still rename an archived room."),
        (
            "Deleting a tag removes it from all recipes.",
            "Recipes keep their tags when a tag is deleted.",
        ),
        (
            "Unused credits roll over to the next month.",
            "Unused credits are forfeited at the end of the month.",
        ),
        (
            "Archiving a room unsubscribes its members.",
            "Archiving a room does not unsubscribe its members.",
        ),
    ],
)
def test_opposite_states_of_one_thing_contradict_each_other(a: str, b: str) -> None:
    assert confidence(a, b) >= LEAST


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Deactivating a device keeps its recordings.", "Deleting a device removes them."),
        ("Recordings are kept for 30 days.", "Recordings are deleted after 30 days."),
        ("Archived rooms are hidden from the list.", "Shared rooms are visible in the list."),
        (
            "The name can't be changed once the room is published.",
            "The name can be changed before the room is published.",
        ),
        ("Reports are sent automatically.", "You can also send a report manually."),
        ("You can undo a deletion.", "After 30 days, a deletion can't be undone."),
    ],
)
def test_states_of_two_things_or_cases_go_together(a: str, b: str) -> None:
    assert confidence(a, b) < LEAST
