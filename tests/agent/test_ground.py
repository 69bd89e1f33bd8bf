"""What is said must stand in what is cited."""

import pytest

from agent.answers.ground import ground, split_statements, support, supported
from agent.replies import DISAGREE
from agent.types import Citation

QUOTE = (
    "On the **Growth** plan you can invite 25 people. Open [Settings > Members](members.md) and "
    "choose **Invite**. Guests cannot export reports. Invitations expire after 7 days."
)


@pytest.mark.parametrize(
    "said",
    [
        "On the Growth plan you can invite 25 people.",
        "Open Settings > Members and choose Invite.",
        "- Guests cannot export reports.",
        "2. Invitations expire after seven days.",
        "You can invite 25 people on Growth.",
    ],
)
def test_what_the_quote_says_is_supported(said: str) -> None:
    assert supported(said, QUOTE)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("On the Growth plan you can invite 50 people.", "number 50"),
        ("On the Starter plan you can invite 25 people.", "name Starter"),
        ("Guests can export reports.", "denies"),
        ("You cannot invite people on the Growth plan.", "denies"),
        ("Open Billing > Members and choose Invite.", "path Billing > Members"),
        ("Open Members > Settings and choose Invite.", "path Members > Settings"),
        ("See https://example.com/members to invite people.", "link"),
        ("Invitations are sent by courier pigeons overnight.", "of its words"),
    ],
)
def test_what_the_quote_does_not_say_is_refused_with_the_reason(said: str, why: str) -> None:
    found = support(said, QUOTE)
    assert not found.supported
    assert why in found.why


def test_thousands_separators_do_not_make_another_number() -> None:
    assert supported("The limit is 10000 views.", "The limit is 10,000 views.")
    assert not supported("The limit is 1000 views.", "The limit is 10,000 views.")


def test_each_statement_of_an_answer_is_judged_on_its_own() -> None:
    citation = Citation("docs:a", "a.md", "A", None, QUOTE, 0, len(QUOTE))
    text = f"Guests cannot export reports. Guests are free.\n\n{DISAGREE}\n- Choose Invite."
    judged = [(said, found.supported) for said, found in ground(text, [citation])]
    assert judged == [
        ("Guests cannot export reports.", True),
        ("Guests are free.", False),
        ("Choose Invite.", True),
    ]


def test_nothing_cited_supports_nothing() -> None:
    assert [found.supported for _, found in ground("Guests are free.", [])] == [False]


def test_statements_are_lines_and_sentences_without_markers() -> None:
    text = "First one. Second one!\n\n1. Open it.\n   - Inner point\n---"
    assert split_statements(text) == ["First one.", "Second one!", "Open it.", "Inner point"]


def test_a_note_stands_in_its_quoted_lines() -> None:
    quote = (
        "> **Note:** In a power cut the lamp goes off at once; it has no battery. It comes back."
    )
    assert supported("Note: In a power cut the lamp goes off at once; it has no battery.", quote)
