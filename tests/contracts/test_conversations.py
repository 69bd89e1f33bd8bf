"""The contract of `ConversationStore`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from agent.ports import ConversationStore, Overtaken
from agent.store import Conversations
from agent.types import Citation, Conversation, Decision, Handoff, HandoffReason, Message, Turn
from agent.usage import Use
from kb.errors import Permanent
from kb.store.database import Database
from kb.types import Question
from tests.contracts.threads import at_once

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUOTE = Citation("h:a", "a.md", "A", "https://help.example/a", "30 days ⚙", 3, 12, "Refunds")
HELLO = Message("hello", channel="email", customer={"plan": "pro", "name": "Zoë"})


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def turn(name: str, conversation: str = "c", handoff: Handoff | None = None) -> Turn:
    return Turn(
        id=name,
        conversation_id=conversation,
        question=f"question {name}?",
        decision=Decision.HANDOFF if handoff else Decision.ANSWER,
        text="Within 30 days.",
        confidence=0.875,
        reason="evidence is clear",
        created_at=NOON,
        citations=() if handoff else (QUOTE, replace(QUOTE, url=None)),
        handoff=handoff,
        retrieved=("a.md", "b.md"),
        release_id="r1",
        timings_ms={"search": 1.5, "total": 4.25},
    )


def handoff(
    name: str,
    conversation: str = "c",
    reason: HandoffReason = HandoffReason.NO_EVIDENCE,
    minutes: int = 0,
) -> Handoff:
    return Handoff(
        id=name,
        conversation_id=conversation,
        reason=reason,
        summary="asks for a thing",
        created_at=NOON + minutes * MINUTE,
        question=f"what about {name}?",
        transcript=(("customer", "hello"), ("agent", "hi")),
        evidence=(QUOTE,),
    )


def test_the_store_is_the_port(conversations: Conversations) -> None:
    port: ConversationStore = conversations
    assert port.get("nobody") is None


def test_the_first_turn_makes_the_conversation(conversations: Conversations) -> None:
    conversations.record(HELLO, turn("t1"))
    assert conversations.get("c") == Conversation(
        "c", "email", NOON, (turn("t1"),), {"plan": "pro", "name": "Zoë"}
    )


def test_turns_come_back_as_they_were_recorded_oldest_first(conversations: Conversations) -> None:
    turns = [turn("t2"), turn("t1"), turn("t3", handoff=handoff("h"))]
    for item in turns:
        conversations.record(HELLO, item)
    conversations.record(HELLO, turn("other", "d"))
    assert turns_of(conversations, "c") == turns


def test_a_later_turn_does_not_change_who_the_customer_is(conversations: Conversations) -> None:
    conversations.record(HELLO, turn("t1"))
    conversations.record(Message("again"), turn("t2"))
    found = conversations.get("c")
    assert found is not None
    assert (found.channel, found.customer["plan"]) == ("email", "pro")


def test_turns_recorded_at_once_are_all_kept_in_one_order(conversations: Conversations) -> None:
    def recording(name: str) -> Callable[[], None]:
        return lambda: conversations.record(HELLO, turn(name))

    names = [f"t{number}" for number in range(12)]
    at_once([recording(name) for name in names])
    assert sorted(item.id for item in turns_of(conversations, "c")) == sorted(names)


def test_a_turn_that_fails_leaves_nothing_of_its_handoff(conversations: Conversations) -> None:
    conversations.record(HELLO, turn("t1"))
    with pytest.raises(IntegrityError):
        conversations.record(HELLO, turn("t1", handoff=handoff("h")))
    assert conversations.handoffs() == []
    assert turns_of(conversations, "c") == [turn("t1")]


def test_a_handed_over_conversation_stays_so_until_it_is_given_back(
    conversations: Conversations,
) -> None:
    conversations.record(HELLO, turn("t1"))
    assert conversations.handed_over("c") is None
    conversations.record(HELLO, turn("t2", handoff=handoff("h")))
    assert conversations.handed_over("c") == handoff("h")
    assert conversations.handed_over("d") is None
    conversations.give_back("h", NOON + MINUTE)
    assert conversations.handed_over("c") is None
    assert conversations.handoffs() == [replace(handoff("h"), closed_at=NOON + MINUTE)]


def test_an_unknown_handoff_can_not_be_given_back(conversations: Conversations) -> None:
    with pytest.raises(Permanent, match="no handoff h"):
        conversations.give_back("h", NOON)


def test_a_later_turn_of_a_case_adds_to_it_and_tells_where_the_answer_is_wanted(
    conversations: Conversations,
) -> None:
    conversations.record(HELLO, turn("t1", handoff=handoff("h")))
    given = replace(handoff("h"), email="zoe@example.com", summary="not kept")
    conversations.record(HELLO, turn("t2", handoff=given))
    said = (("customer", "question t2?"), ("agent", "Within 30 days."))
    kept = replace(
        handoff("h"),
        email="zoe@example.com",
        transcript=(*handoff("h").transcript, *said),
    )
    assert conversations.handoffs() == [kept]
    assert [item.handoff for item in turns_of(conversations, "c")] == [kept] * 2


def test_what_a_customer_writes_to_a_silent_agent_joins_the_case(
    conversations: Conversations,
) -> None:
    conversations.record(HELLO, turn("t1", handoff=handoff("h")))
    conversations.record(HELLO, silent("t2", "my card is 4111 1111 1111 1111"))
    found = conversations.handoff("h")
    assert found is not None
    assert found.transcript[-1] == ("customer", "my card is [card number …1111]")
    conversations.give_back("h", NOON)
    conversations.record(HELLO, silent("t3", "too late"))
    again = conversations.handoff("h")
    assert again is not None
    assert len(again.transcript) == len(found.transcript)


def test_what_a_person_writes_stands_in_the_conversation_and_in_the_case(
    conversations: Conversations,
) -> None:
    conversations.record(HELLO, turn("t1", handoff=handoff("h")))
    said = conversations.say("h", "I have sent a new one.", "Ana", NOON + MINUTE)
    assert (said.by, said.question) == ("person", "")
    assert turns_of(conversations, "c")[-1] == said
    found = conversations.handoff("h")
    assert found is not None
    assert found.transcript[-1] == ("person", "I have sent a new one.")
    with pytest.raises(Permanent, match="no handoff x"):
        conversations.say("x", "hello", "Ana", NOON)


def test_cases_are_found_by_team_and_by_whether_a_person_has_them(
    conversations: Conversations,
) -> None:
    for number, team in enumerate(("billing", "support", "billing")):
        given = replace(handoff(f"h{number}", f"c{number}", minutes=number), team=team)
        conversations.record(HELLO, turn(f"t{number}", f"c{number}", given))
    conversations.give_back("h0", NOON)
    assert [item.id for item in conversations.handoffs(team="billing")] == ["h2", "h0"]
    assert [item.id for item in conversations.handoffs(closed=False)] == ["h2", "h1"]
    assert [item.id for item in conversations.handoffs(closed=True, team="billing")] == ["h0"]


def test_a_case_that_was_given_back_keeps_its_time(conversations: Conversations) -> None:
    conversations.record(HELLO, turn("t1", handoff=handoff("h")))
    for minutes in (1, 2):
        conversations.give_back("h", NOON + minutes * MINUTE)
    found = conversations.handoff("h")
    assert found is not None
    assert found.closed_at == NOON + MINUTE


def test_a_turn_that_was_overtaken_is_not_recorded(conversations: Conversations) -> None:
    conversations.record(HELLO, turn("t1"), expected=0)
    found = conversations.get("c")
    assert found is not None
    conversations.record(HELLO, turn("t2"), expected=found.revision)
    with pytest.raises(Overtaken):
        conversations.record(HELLO, turn("t3"), expected=found.revision)
    with pytest.raises(Overtaken):
        conversations.record(HELLO, turn("t4"), expected=0)
    assert [item.id for item in turns_of(conversations, "c")] == ["t1", "t2"]


def test_of_turns_made_at_once_on_one_revision_one_is_recorded(
    conversations: Conversations,
) -> None:
    conversations.record(HELLO, turn("t0"))

    def recording(name: str) -> Callable[[], bool]:
        def record() -> bool:
            try:
                conversations.record(HELLO, turn(name), expected=1)
            except Overtaken:
                return False
            return True

        return record

    assert sum(at_once([recording(f"t{number}") for number in range(1, 7)])) == 1
    assert len(turns_of(conversations, "c")) == 2


def silent(name: str, question: str) -> Turn:
    said = replace(turn(name), decision=Decision.SILENT, text="", citations=())
    return replace(said, question=question)


def test_handoffs_are_told_newest_first_by_the_page(conversations: Conversations) -> None:
    for number in (2, 0, 3, 1):
        key = f"h{number}"
        given = handoff(key, f"c{number}", minutes=number)
        conversations.record(HELLO, turn(f"t{number}", f"c{number}", given))
    assert [item.id for item in conversations.handoffs(limit=2)] == ["h3", "h2"]
    assert [item.id for item in conversations.handoffs(limit=2, offset=2)] == ["h1", "h0"]


def test_questions_are_what_the_help_center_could_not_answer(conversations: Conversations) -> None:
    for minutes, reason in enumerate(HandoffReason):
        key = str(reason)
        given = handoff(key, key, reason, minutes)
        conversations.record(HELLO, turn(key, key, given))
    found = conversations.questions(NOON)
    assert [item.id for item in found] == ["no_evidence", "not_grounded"]
    asked_at = found[0].asked_at
    assert found[0] == Question("no_evidence", "what about no_evidence?", asked_at, resolved=False)
    assert asked_at is not None
    assert [item.id for item in conversations.questions(asked_at + MINUTE)] == ["not_grounded"]


def test_a_message_with_characters_that_can_not_be_stored_is_kept(
    conversations: Conversations,
) -> None:
    said = Message("x", customer={"na\x00me": "\ud800"})
    conversations.record(said, replace(turn("t1"), question="a\x00b\udfff"))
    found = conversations.get("c")
    assert found is not None
    assert found.turns[0].question == "a\ufffdb\ufffd"
    assert found.customer == {"na\ufffdme": "\ufffd"}


def turns_of(conversations: Conversations, conversation_id: str) -> list[Turn]:
    found = conversations.get(conversation_id)
    return list(found.turns) if found else []


def test_what_turns_retrieved_and_cited_is_told_from_a_moment_on(
    conversations: Conversations,
) -> None:
    old = replace(turn("old"), created_at=NOON - MINUTE)
    handed = replace(turn("handed", handoff=handoff("h")), created_at=NOON + 24 * 60 * MINUTE)
    for item in (old, turn("new"), handed):
        conversations.record(HELLO, item)
    cited = (QUOTE, replace(QUOTE, url=None))
    assert sorted(conversations.uses(NOON), key=lambda use: use.on) == [
        Use(NOON.date(), ("a.md", "b.md"), cited),
        Use((NOON + 24 * 60 * MINUTE).date(), ("a.md", "b.md"), ()),
    ]
    assert list(conversations.uses(handed.created_at + MINUTE)) == []
