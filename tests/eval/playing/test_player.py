"""A case is played as whoever asks would talk, and what comes of it is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.types import Decision, Message, Turn
from eval.golden.case import Asker, Case
from eval.playing.customer import NONE_OF_THESE, Customer
from eval.playing.player import CasePlayer
from kb.errors import ConfigError
from tests.agent.center import ARTICLES
from tests.eval.turns import answer, handoff, turn

ASKED = Case("a", "How do I get a refund?", Decision.ANSWER, articles=("billing/invoices.md",))
CHOICE = replace(
    turn("Which?", Decision.CLARIFY, "", (), ()),
    text="Which one?\n1. Plans and prices\n2. Download an invoice",
)
Reply = Callable[[str], Turn]


class Talking:
    """Replies by a function of the message, and remembers who said what."""

    def __init__(self, reply: Reply) -> None:
        self.likes: list[Message] = []
        self.heard: list[str] = []
        self._reply = reply

    def aside(self, like: Message) -> "Talking":
        self.likes.append(like)
        return self

    def say(self, text: str) -> Turn:
        self.heard.append(text)
        return replace(self._reply(text), question=text)


def on(agent: Talking) -> CasePlayer:
    return CasePlayer(lambda audience: agent, ARTICLES)


def test_a_question_is_asked_once_and_timed() -> None:
    agent = Talking(answer)
    result = on(agent).play(ASKED)
    assert agent.heard == [ASKED.question]
    assert result.turn == result.turns[-1]
    assert result.conversation == (("customer", ASKED.question), ("agent", answer().text))
    assert result.answer_ms > 0
    assert (result.changed, result.end_state_differences, result.error) == (None, None, "")


def test_earlier_messages_are_said_first_and_the_last_turn_is_judged() -> None:
    agent = Talking(lambda text: answer(text, text=f"about {text}"))
    result = on(agent).play(replace(ASKED, earlier=("one", "two")))
    assert agent.heard == ["one", "two", ASKED.question]
    assert [item.text for item in result.turns] == [
        "about one",
        "about two",
        f"about {ASKED.question}",
    ]
    assert result.turn is result.turns[-1]


def test_whoever_was_handed_over_says_no_more() -> None:
    agent = Talking(lambda text: handoff(text) if text == "one" else answer(text))
    result = on(agent).play(replace(ASKED, earlier=("one", "two")))
    assert agent.heard == ["one"]
    assert result.turn
    assert result.turn.decision is Decision.HANDOFF


def test_the_author_of_a_case_answers_what_the_agent_asks_back() -> None:
    agent = Talking(lambda text: answer(text) if text == "2" else CHOICE)
    result = on(agent).play(ASKED)
    assert agent.heard == [ASKED.question, "2"]
    assert result.turn
    assert result.turn.decision is Decision.ANSWER
    assert len(result.turns) == 2


def test_what_fits_none_of_the_choices_is_said_so() -> None:
    customer = Customer(ARTICLES)
    unknown = Case("u", "Who won?", Decision.HANDOFF)
    assert customer.reply(unknown, CHOICE) == NONE_OF_THESE
    assert customer.reply(replace(unknown, decision=Decision.CLARIFY), CHOICE) is None
    assert customer.reply(ASKED, answer()) is None
    assert customer.reply(ASKED, replace(CHOICE, procedure="refund@1")) is None


def test_a_crash_is_what_its_case_came_to() -> None:
    def crash(text: str) -> Turn:
        if text == "two":
            raise RuntimeError("out of paint")
        return answer(text)

    result = on(Talking(crash)).play(replace(ASKED, earlier=("one", "two")))
    assert result.turn is None
    assert result.error == "RuntimeError: out of paint"
    assert [item.question for item in result.turns] == ["one"]


@pytest.mark.parametrize(
    ("who", "identity", "customer"),
    [
        (Asker(), ANONYMOUS, {}),
        (Asker(plan="Pro"), ANONYMOUS, {"plan": "Pro"}),
        (
            Asker(identity=IdentityLevel.CLAIMED, customer_id="c-1", claims={"name": "Mia"}),
            Identity(IdentityLevel.CLAIMED, claims={"name": "Mia"}),
            {"name": "Mia", "id": "c-1"},
        ),
        (
            Asker(identity=IdentityLevel.VERIFIED, customer_id="c-1", plan="Pro"),
            Identity(IdentityLevel.VERIFIED, "c-1", {"plan": "Pro"}, by="token"),
            {},
        ),
    ],
)
def test_who_asks_comes_as_customers_come(
    who: Asker, identity: Identity, customer: dict[str, str]
) -> None:
    agent = Talking(answer)
    on(agent).play(replace(ASKED, who=replace(who, locale="de")))
    (like,) = agent.likes
    assert (like.identity, like.customer, like.locale) == (identity, customer, "de")


def test_each_audience_has_its_agent() -> None:
    agents = {(): Talking(answer), ("staff",): Talking(answer)}
    player = CasePlayer(lambda audience: agents[audience], ARTICLES)
    player.play(replace(ASKED, who=Asker(audience=("staff",))))
    assert [len(agent.heard) for agent in agents.values()] == [0, 1]


def test_nobody_acts_without_backends() -> None:
    with pytest.raises(ConfigError, match="case a acts"):
        on(Talking(answer)).play(replace(ASKED, actions=()))
