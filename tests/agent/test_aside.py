"""A conversation that leaves no trace."""

from agent.agent import Agent
from agent.identity import Identity, IdentityLevel
from agent.types import Decision, Message
from tests.agent.center import agent_on
from tests.agent.fakes import MemoryConversations

MIA = Identity(IdentityLevel.VERIFIED, "c-1")


def test_nothing_that_is_said_aside_is_recorded() -> None:
    kept = MemoryConversations()
    agent: Agent = agent_on(conversations=kept)
    aside = agent.aside(Message("", identity=MIA))
    first = aside.say("How do I download an invoice?")
    second = aside.say("Let me talk to a person")
    assert (first.decision, second.decision) == (Decision.ANSWER, Decision.HANDOFF)
    assert first.conversation_id == second.conversation_id
    assert kept.turns() == []


def test_what_was_said_before_counts_in_its_own_conversation_alone() -> None:
    agent = agent_on()
    aside = agent.aside()
    asked = aside.say("How do I install the scanner?")
    assert asked.decision is Decision.CLARIFY
    assert agent.aside().say("the second one").decision is Decision.HANDOFF
    chosen = aside.say("the second one")
    assert [item.path for item in chosen.citations] == ["scanner/windows.md"]
