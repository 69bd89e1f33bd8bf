"""Splitting text into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.parse.sentences import split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Open the app.", "Tap Save!", "Done?", "Yes."],
        ["Use a browser, e.g. Firefox or Chrome, i.e. a modern one.", "Then sign in."],
        ["It works with PDFs, images, etc. and more."],
        ["Bring tea, coffee, etc.", "We have milk."],
        ["Version 2.1.67 is out.", "It costs $4.99 a month."],
        ["Open settings.json in the folder.", "Save it."],
        ["See No. 5 on the list.", "The answer is no.", "Try again."],
        ["We ship to the U.S. and the U.K. within 3 days.", "Not to Mexico."],
        ["Wait ... it takes a while…", "Then go on."],
        ['Click "Are you sure?" and then "Yes".', "It is gone."],
        ["He asked: “Why?”", "Nobody knew."],
        ["Press it.", "iOS users press it twice."],
        ["Restart now.", "(This takes a minute.)", "Sign in."],
        ["Choose plan B.", "The rest follows."],
        ["Written by J. Smith in May."],
        ["1. Open the app."],
        ["Go to plausible.io/docs today.", "Read."],
        ["Pro vs. Free: see Fig. 3 for more."],
        ["これは一文です。", "次の文です。"],
    ],
)
def test_sentences_end_where_a_reader_says(parts: list[str]) -> None:
    joiner = "" if parts[0].endswith("。") else " "
    assert sentences(joiner.join(parts)) == parts


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("Does it count?\nNo\nIt does not") == ["Does it count?", "No", "It does not"]


@given(st.text(alphabet="aB1 .!?…\n\"'()。e.g", max_size=80))
def test_spans_are_in_order_trimmed_and_leave_out_only_whitespace(text: str) -> None:
    spans = split(text)
    reached = 0
    for start, end in spans:
        assert not text[reached:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        reached = end
    assert not text[reached:].strip()
