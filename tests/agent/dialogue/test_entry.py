"""Which procedure's case a message is, by words alone."""

from dataclasses import replace

import pytest

from agent.dialogue.speech import Act, act
from agent.dialogue.understanding import Rules
from agent.types import Decision, Turn
from tests.agent.dialogue.shop import ADDRESS, HELP, NOW, REFUND


def entered(message: str, earlier: tuple[Turn, ...] = ()) -> list[str]:
    found = Rules().entry(message, (REFUND, ADDRESS, HELP), earlier)
    return [item.name for item in found]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("I want a refund", "refund"),
        ("please refund order LH-48213", "refund"),
        ("Refund my order please!", "refund"),
        ("can I get my money back, it arrived broken", "refund"),
        ("Hello there. I bought this in May and it was fine. Now I want a refund.", "refund"),
        ("change the delivery address of order LH-10023", "address"),
        ("my sensor does not react", "restart"),
    ],
)
def test_a_wish_begins_its_procedure(message: str, name: str) -> None:
    assert entered(message) == [name]


@pytest.mark.parametrize(
    "message",
    [
        "How long do refunds take?",
        "how do I get a refund for my order?",
        "What is your refund policy?",
        "Do you refund shipping costs?",
        "How can I change the delivery address of my order?",
        "LH-10023",
        "12345",
        "hello",
        "what a lovely day",
    ],
)
def test_a_question_or_a_value_begins_none(message: str) -> None:
    assert entered(message) == []


def test_what_was_asked_about_can_be_asked_for() -> None:
    asked = Turn("1", "c", "How do I refund my order?", Decision.ANSWER, "So.", 1.0, "", NOW)
    assert entered("Can you do that for me?", (asked,)) == ["refund"]
    thanked = replace(asked, question="thanks")
    assert entered("Can you do that for me?", (thanked,)) == []


@pytest.mark.parametrize(
    ("message", "what"),
    [
        ("How do I cancel?", Act.ASKS),
        ("please tell me how refunds work", Act.ASKS),
        ("can orders be cancelled?", Act.ASKS),
        ("Can I pause it?", Act.MAY),
        ("Where is my order?", Act.CASE),
        ("has my parcel been sent", Act.CASE),
        ("can you cancel it?", Act.WANTS),
        ("I want to know nothing, just refund me", Act.WANTS),
        ("it arrived broken", Act.WANTS),
    ],
)
def test_what_a_message_does(message: str, what: Act) -> None:
    assert act(message) is what
