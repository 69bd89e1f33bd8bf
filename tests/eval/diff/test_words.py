"""Two texts beside each other: what differs is marked, and nothing else is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.diff.words import compare_words


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_runs_joined_are_the_texts(before: str, after: str) -> None:
    found = compare_words(before, after)
    assert "".join(run.text for run in found.before) == before
    assert "".join(run.text for run in found.after) == after


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("Within 30 days of delivery.", "Within 14 days of delivery.", ["30"], ["14"]),
        ("It costs €49.00.", "It costs €59.00.", ["49.00"], ["59.00"]),
        ("You can.", "You can.", [], []),
        ("You can cancel online.", "You can not cancel online.", [], ["not"]),
    ],
)
def test_only_the_words_that_differ_are_marked(
    before: str, after: str, gone: list[str], come: list[str]
) -> None:
    found = compare_words(before, after)
    assert [run.text for run in found.before if run.differs] == gone
    assert [run.text for run in found.after if run.differs] == come


def test_texts_with_little_in_common_are_marked_whole_and_counted() -> None:
    found = compare_words("A person will help you.", "Refunds take 30 days.")
    assert len(found.before) == len(found.after) == 1
    assert (found.removed, found.added) == (5, 4)
