"""Every turn tells who wrote its answer."""

from agent.rows import turn_of, turn_row
from agent.types import Decision, Message
from tests.agent.models.center import agent_with, by_prompt
from tests.openai_server import Fault, Reply

QUESTION = "Are yearly plans refunded?"


def written_by(reply: Reply, question: str = QUESTION) -> str:
    with agent_with(by_prompt(write=reply), llm_first_token_timeout_s=20.0, llm_timeout_s=30.0) as (
        agent,
        _,
    ):
        return agent.respond(Message(question)).writer


def test_the_model_is_named_where_its_words_stand() -> None:
    assert written_by("Yearly plans are refunded within 30 days of the payment. [1]") == "scripted"


def test_the_articles_are_quoted_where_the_model_invents_or_fails() -> None:
    assert written_by("Yearly plans are refunded 500 times. [1]") == "extractive"
    assert written_by(Fault(500)) == "extractive"


def test_nobody_wrote_what_the_agent_says_in_words_of_its_own() -> None:
    with agent_with(by_prompt()) as (agent, _):
        turn = agent.respond(Message("I want to talk to a person."))
    assert (turn.decision, turn.writer) == (Decision.HANDOFF, "")


def test_it_is_kept_with_the_turn() -> None:
    with agent_with(by_prompt(write=Fault(500))) as (agent, _):
        turn = agent.respond(Message(QUESTION))
    assert turn_of(turn_row(turn, 0), None, None).writer == "extractive"
