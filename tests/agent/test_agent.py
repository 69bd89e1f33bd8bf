"""A turn from the customer's side."""

import logging

import pytest

from agent.agent import Agent, EmptyMessage, MessageTooLong, UnknownConversation
from agent.answers.ground import ground
from agent.types import Decision, HandoffReason, Message, Turn
from kb.settings import AgentSettings
from kb.types import Article
from tests.agent.center import ARTICLES, PLANS, agent_on
from tests.agent.fakes import MemoryConversations, WordKnowledge, article


def assert_word_for_word(turn: Turn, articles: tuple[Article, ...] = ARTICLES) -> None:
    """Every quote stands in its article, and every statement is supported."""
    by_id = {item.id: item for item in articles}
    assert turn.citations
    for citation in turn.citations:
        assert by_id[citation.article_id].text[citation.start : citation.end] == citation.quote
    assert [said for said, found in ground(turn.text, turn.citations) if not found.supported] == []


def test_steps_come_whole_in_order_and_with_their_introduction() -> None:
    turn = agent_on().answer("How do I download an invoice?")
    assert turn.text.splitlines() == [
        "To download an invoice:",
        "1. Open Settings > Billing.",
        "2. Choose the month.",
        "3. Select Download PDF.",
    ]
    assert_word_for_word(turn)
    assert len(turn.citations) == 1


def test_a_table_row_is_told_with_its_headers() -> None:
    turn = agent_on().answer("How much is the Growth plan?")
    assert "Growth – Price: $29 a month; Boards: Unlimited; Support: Chat" in turn.text
    assert "Starter" not in turn.text
    assert_word_for_word(turn)


def test_the_sentence_that_answers_comes_with_its_exception() -> None:
    turn = agent_on().answer("Are yearly plans refunded?")
    assert turn.text.startswith("We refund a yearly plan within 30 days")
    assert "Monthly plans are not refunded." in turn.text
    assert_word_for_word(turn)


def test_a_long_section_is_answered_briefly_from_its_middle() -> None:
    filler = " ".join(f"Remark number {n} concerns the garden." for n in range(40))
    long = article(
        "office.md",
        f"# Office\n\n{filler}\n\nThe office opens at 9:30. Bring a badge.\n\n{filler}\n",
    )
    turn = agent_on((long,)).answer("When does the office open?")
    assert turn.text.startswith("The office opens at 9:30. Bring a badge.")
    assert len(turn.text.split(". ")) <= 7


def test_a_question_about_nothing_here_is_handed_over() -> None:
    turn = agent_on().answer("Which wine goes with trout?")
    assert turn.decision is Decision.HANDOFF
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.OUT_OF_SCOPE
    assert turn.citations == ()
    assert turn.confidence < 0.5


def test_staff_articles_never_answer_a_customer() -> None:
    question = "Who grants goodwill overrides?"
    assert agent_on().answer(question).decision is Decision.HANDOFF
    told = agent_on(audience=["staff"]).answer(question)
    assert "duty manager" in told.text


def test_the_choice_that_the_evidence_offers_is_asked_once_and_then_answered() -> None:
    agent = agent_on()
    asked = agent.respond(Message("How do I install the scanner?"))
    assert asked.decision is Decision.CLARIFY
    assert {"Linux", "Windows"} <= set(asked.text.replace("?", "").split())
    told = agent.respond(Message("Linux", asked.conversation_id))
    assert told.decision is Decision.ANSWER
    assert "./install.sh" in told.text
    assert agent.answer("How do I install the scanner on Windows?").decision is Decision.ANSWER


def test_a_short_follow_up_is_read_with_the_question_before() -> None:
    agent = agent_on()
    first = agent.respond(Message("How much is the Growth plan?"))
    second = agent.respond(Message("And Starter?", first.conversation_id))
    assert "$9 a month" in second.text


def test_small_talk_needs_no_search() -> None:
    knowledge = WordKnowledge(ARTICLES)
    agent = Agent(knowledge, MemoryConversations(), AgentSettings())
    turn = agent.answer("Hello!")
    assert (turn.decision, turn.citations, knowledge.searched) == (Decision.ANSWER, (), [])


def test_warming_up_searches_without_recording() -> None:
    knowledge, conversations = WordKnowledge(ARTICLES), MemoryConversations()
    Agent(knowledge, conversations, AgentSettings()).warm()
    assert len(knowledge.searched) == 1
    assert conversations.handoffs() == []


def test_a_handoff_holds_the_whole_case_and_silences_the_agent() -> None:
    conversations = MemoryConversations()
    agent = agent_on(conversations=conversations)
    first = agent.respond(Message("How much is the Growth plan?"))
    second = agent.respond(Message("I want to talk to a human", first.conversation_id))
    third = agent.respond(Message("How do I download an invoice?", first.conversation_id))
    case = second.handoff
    assert case is not None
    assert case.reason is HandoffReason.ASKED_FOR_PERSON
    assert case.transcript == (
        ("customer", "How much is the Growth plan?"),
        ("agent", first.text),
        ("customer", "I want to talk to a human"),
        ("agent", second.text),
    )
    assert "I want to talk to a human" in case.summary
    assert "How much is the Growth plan?" in case.summary
    assert "\n" not in case.summary
    assert (third.decision, third.text, third.citations) == (Decision.SILENT, "", ())
    (kept,) = conversations.handoffs()
    assert kept.transcript == (*case.transcript, ("customer", third.question))


def test_the_person_gets_the_nearest_passages() -> None:
    turn = agent_on().answer("Please cancel my subscription")
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.ACCOUNT_ACCESS
    assert any(item.article_id == PLANS.id for item in turn.handoff.evidence)


def test_what_cannot_be_read_is_refused() -> None:
    agent = agent_on(max_message_chars=20)
    with pytest.raises(MessageTooLong, match="21 characters"):
        agent.answer("x" * 21)
    with pytest.raises(EmptyMessage):
        agent.answer(" \x00\n")
    with pytest.raises(UnknownConversation):
        agent.respond(Message("hello", "nobody"))


def test_the_log_holds_no_personal_data(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "wellkept"):
        agent_on().respond(Message("I am jo@example.org, card 4111 1111 1111 1111, refunds?"))
    assert "[email]" in caplog.text
    assert "jo@example.org" not in caplog.text
    assert "4111" not in caplog.text


def test_everything_but_search_takes_under_ten_milliseconds() -> None:
    agent = agent_on()
    agent.answer("How do I download an invoice?")
    timings = agent.answer("How do I download an invoice?").timings_ms
    assert timings["total"] - timings["retrieve"] < 10
    assert list(timings) == ["screen", "retrieve", "decide", "write", "total"]
