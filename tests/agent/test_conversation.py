"""Several messages: follow-ups, corrections, new subjects, clarifying questions."""

import pytest

from agent.answers.choices import Pick, picked
from agent.answers.vocabulary import Vocabulary
from agent.types import Decision, HandoffReason, Message, Turn
from tests.agent.center import ARTICLES, agent_on
from tests.agent.fakes import article


def talk(*messages: str) -> list[Turn]:
    """The turns of one conversation."""
    agent, name, turns = agent_on(), None, []
    for message in messages:
        turns.append(agent.respond(Message(message, name)))
        name = turns[-1].conversation_id
    return turns


def test_each_question_of_a_message_is_answered_from_its_own_article() -> None:
    (turn,) = talk("How much is the Growth plan? And are yearly plans refunded?")
    assert turn.decision is Decision.ANSWER
    assert turn.text.index("$29 a month") < turn.text.index("within 30 days")
    assert {citation.path for citation in turn.citations} == {
        "billing/plans.md",
        "billing/invoices.md",
    }
    assert turn.reason.count("evidence in") == 2


def test_what_cannot_be_answered_is_handed_over_with_the_rest_answered() -> None:
    (turn,) = talk("How much is the Growth plan? Which wine goes with trout?")
    assert turn.decision is Decision.HANDOFF
    assert "$29 a month" in turn.text
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.OUT_OF_SCOPE


def test_another_plan_takes_the_place_of_the_one_before() -> None:
    assert "$9 a month" in talk("How much is the Growth plan?", "what about Starter?")[1].text


def test_a_correction_changes_the_question() -> None:
    turn = talk("How do I download the scanner?", "no, I meant the invoice")[1]
    assert "Download PDF" in turn.text


def test_a_new_subject_is_not_glued_to_the_old_one() -> None:
    turn = talk("How much is the Growth plan?", "what about refunds?")[1]
    assert turn.text.startswith("We refund a yearly plan")
    assert "Growth" not in turn.text


@pytest.mark.parametrize(
    "reply", ["2", "the second one", "windows", "Windows please", "number two"]
)
def test_a_choice_is_taken_by_number_place_or_name(reply: str) -> None:
    first, second = talk("How do I install the scanner?", reply)
    assert first.decision is Decision.CLARIFY
    assert "2. Windows" in first.text
    assert second.decision is Decision.ANSWER
    assert "double-click" in second.text


def test_none_of_the_choices_hands_over_with_the_question_that_was_asked() -> None:
    turn = talk("How do I install the scanner?", "none of these")[1]
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.LOW_CONFIDENCE
    assert turn.handoff.evidence


def test_a_person_that_was_offered_can_be_taken() -> None:
    turn = talk("it does not work", "yes please")[1]
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.ASKED_FOR_PERSON


def test_low_confidence_twice_in_a_row_hands_over() -> None:
    first, second = talk("it does not work", "it still does that")
    assert (first.decision, second.decision) == (Decision.CLARIFY, Decision.HANDOFF)
    assert second.handoff is not None
    assert second.handoff.reason is HandoffReason.LOW_CONFIDENCE
    assert "second time" in second.reason


def test_an_answer_in_between_starts_the_count_anew() -> None:
    turns = talk("it does not work", "How much is the Growth plan?", "it does not work")
    assert [turn.decision for turn in turns][1:] == [Decision.ANSWER, Decision.CLARIFY]


def test_confidence_in_the_middle_asks_with_what_the_articles_offer() -> None:
    agent = agent_on(answer_confidence=0.999, clarify_confidence=0.2)
    turn = agent.answer("How do I download an invoice?")
    assert turn.decision is Decision.CLARIFY
    assert "1. Download an invoice" in turn.text
    assert "person" in turn.text
    assert "below 1.00" in turn.reason or "below 0.99" in turn.reason


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1", "Reset your password"),
        ("the last one", "Two-step verification: Lost phone"),
        ("password", "Reset your password"),
        ("lost phone", "Two-step verification: Lost phone"),
        ("neither", Pick.NONE),
        ("no, something else", Pick.NONE),
        ("yes please", Pick.PERSON),
        ("what does the hub cost?", None),
        ("7", None),
    ],
)
def test_answers_to_a_clarifying_question(said: str, meant: str | Pick | None) -> None:
    options = ("Reset your password", "Two-step verification: Lost phone")
    assert picked(said, options) == meant


def test_slips_of_the_pen_are_repaired_by_the_articles_words() -> None:
    text = "Recieving a subscription. Change the address of the account. A password. Water proof."
    vocabulary = Vocabulary.of([article("words.md", text)])
    assert vocabulary.terms("adress acount pasword") == vocabulary.terms("address account password")
    assert vocabulary.terms("waterproof") == vocabulary.terms("water proof")
    assert vocabulary.terms("worse stuff") == ["wors", "stuff"]


def test_vague_messages_are_asked_about_and_clear_ones_are_not() -> None:
    agent = agent_on(ARTICLES)
    assert agent.answer("it is blinking, what does it mean?").decision is Decision.CLARIFY
    assert agent.answer("How do I download this invoice?").decision is Decision.ANSWER
