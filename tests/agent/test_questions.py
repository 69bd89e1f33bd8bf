"""Several questions in one message."""

import pytest

from agent.answers.questions import split_questions


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (
            "How do I cancel and do I get a refund?",
            ["How do I cancel?", "do I get a refund?"],
        ),
        (
            "1. How do I add a board?\n2) What does Growth cost?\n3. refund time?",
            ["How do I add a board?", "What does Growth cost?", "refund time?"],
        ),
        (
            "How much is Growth? Also, can I pay by bank transfer?",
            ["How much is Growth?", "Also, can I pay by bank transfer?"],
        ),
        (
            "hi\nis there a student discount?\nhow do i invite my team?",
            ["is there a student discount?", "how do i invite my team?"],
        ),
        (
            "The scanner is broken. Can I return it? How long does a refund take?",
            ["Can I return it?", "How long does a refund take?"],
        ),
    ],
)
def test_questions_are_taken_apart(message: str, questions: list[str]) -> None:
    assert [asked.text for asked in split_questions(message)] == questions


@pytest.mark.parametrize(
    "message",
    [
        "I bought a scanner yesterday. It does not start. What should I do?",
        "Do I have to buy the scanner too, or does my phone do the job?",
        "How do I export my boards and delete my account?",
        "Can I use it on Windows and Linux?",
        "How can I sync my Yahoo! Calendar with the boards?",
        "Growth plan renewed 5 days ago by surprise. Refund possible?",
        "Thanks!",
    ],
)
def test_one_question_stays_one(message: str) -> None:
    assert len(split_questions(message)) == 1


def test_a_question_that_points_back_takes_along_what_it_points_at() -> None:
    first, second = split_questions("Where is the export menu and when will it be back?")
    assert (first.whole, second.text) == ("Where is the export menu?", "when will it be back?")
    assert "export menu" in second.whole


def test_what_is_told_first_goes_with_the_questions_that_need_it() -> None:
    broken, price = split_questions("My scanner is broken. Can I return it? What does Growth cost?")
    assert broken.whole == "My scanner is broken. Can I return it?"
    assert price.whole == "What does Growth cost?"


def test_a_greeting_is_no_part_of_the_question() -> None:
    (asked,) = split_questions("Hi there, quick question: how do I download an invoice?")
    assert asked.whole == "how do I download an invoice?"


def test_a_message_with_very_many_questions_is_read_as_one() -> None:
    message = " ".join(f"How much is plan number {n}?" for n in range(9))
    assert len(split_questions(message)) == 1
