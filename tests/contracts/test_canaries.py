"""Canaries, failed turns and ratings in rows, and the signals that are read from them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.canary.canary import Canary, CanaryStatus
from agent.canary.comparison import Count
from agent.canary.signals import FAILED, HANDED_OVER, REPEATED, SIGNALS, THUMBS_DOWN, read_signals
from agent.canary.store import Canaries, in_canary
from agent.ports import UnknownTurn
from agent.ratings import Ratings
from agent.store import Conversations
from agent.types import PERSON, Decision, Handoff, HandoffReason, Message, Rating, Thumb, Turn
from kb.errors import Permanent
from kb.settings import CanarySettings
from kb.store.database import Database
from tests.contracts.threads import at_once

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CANARY = Canary("c1", "new", "old", CanarySettings(share=0.25, most=500), NOON)
UP, DOWN = Rating(Thumb.UP, NOON), Rating(Thumb.DOWN, NOON + MINUTE, "it is wrong")


@pytest.fixture
def canaries(database: Database) -> Canaries:
    return Canaries(database)


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def say(
    conversations: Conversations,
    name: str,
    question: str = "How do I cancel my plan?",
    decision: Decision = Decision.ANSWER,
    release: str = "old",
    minutes: int = 1,
    ms: float = 20.0,
) -> Turn:
    """A turn of the conversation before the dash in `name`."""
    conversation = name.split("-")[0]
    at = NOON + minutes * MINUTE
    handoff = None
    if decision is Decision.HANDOFF:
        handoff = Handoff(f"h{name}", conversation, HandoffReason.NO_EVIDENCE, "", at, question)
    turn = Turn(
        name,
        conversation,
        question,
        decision,
        "So.",
        1.0,
        "",
        at,
        handoff=handoff,
        release_id=release,
        timings_ms={"total": ms},
    )
    conversations.record(Message(question), turn)
    return turn


def test_a_canary_comes_back_as_it_was_started(canaries: Canaries) -> None:
    assert canaries.running() is None
    canaries.start(CANARY)
    assert canaries.running() == CANARY
    assert canaries.all() == [CANARY]


def test_only_one_canary_runs(canaries: Canaries) -> None:
    canaries.start(CANARY)
    with pytest.raises(Permanent, match=r"another canary is running.*canary stop"):
        canaries.start(replace(CANARY, id="c2"))
    assert canaries.end("c1", CanaryStatus.STOPPED, "by hand", NOON)
    canaries.start(replace(CANARY, id="c2", started_at=NOON + MINUTE))
    assert [item.id for item in canaries.all()] == ["c2", "c1"]


def test_of_several_that_end_a_canary_at_once_one_does(canaries: Canaries) -> None:
    canaries.start(CANARY)

    def end() -> bool:
        return canaries.end("c1", CanaryStatus.WITHDRAWN, "worse", NOON, [{"signal": "x"}])

    assert sum(at_once([end] * 6)) == 1
    ended = canaries.all()[0]
    assert (ended.status, ended.reason, ended.ended_at) == ("withdrawn", "worse", NOON)
    assert ended.readings == ({"signal": "x"},)
    assert canaries.running() is None


def test_the_release_that_customers_try_is_known(database: Database, canaries: Canaries) -> None:
    assert in_canary(database) == frozenset()
    canaries.start(CANARY)
    assert in_canary(database) == {"new"}


def counted(database: Database, signal: str) -> Sequence[Count]:
    reading = read_signals(database, CANARY).readings[SIGNALS.index(signal)]
    assert reading.signal == signal
    return reading.live, reading.candidate


def test_conversations_count_for_the_release_that_they_began_with(
    database: Database, conversations: Conversations
) -> None:
    say(conversations, "a-1")
    say(conversations, "a-2", "Let me talk to a person", Decision.HANDOFF, release="new")
    say(conversations, "b-1", "Wine?", Decision.HANDOFF, release="new")
    say(conversations, "b-2", "Wine!", Decision.SILENT, release="new")
    say(conversations, "c-1", release="new")
    say(conversations, "before-1", "Wine?", Decision.HANDOFF, release="new", minutes=-5)
    say(conversations, "other-1", "Wine?", Decision.HANDOFF, release="another")
    assert counted(database, HANDED_OVER) == (Count(1, 1), Count(1, 2))


def test_the_last_rating_of_a_turn_counts_and_a_conversation_counts_once(
    database: Database, conversations: Conversations
) -> None:
    for name in ("a-1", "a-2", "b-1"):
        say(conversations, name, release="new")
    conversations.rate("a", "a-1", DOWN)
    conversations.rate("a", "a-2", DOWN)
    conversations.rate("b", "b-1", DOWN)
    conversations.rate("b", "b-1", UP)
    assert counted(database, THUMBS_DOWN) == (Count(0, 0), Count(1, 2))


def test_a_question_that_is_asked_again_after_an_answer_is_a_signal(
    database: Database, conversations: Conversations
) -> None:
    say(conversations, "a-1", "How do I download an invoice?")
    say(conversations, "a-2", "Where can I download my invoices?")
    say(conversations, "b-1", "How do I download an invoice?", release="new")
    say(conversations, "b-2", "How do I cancel my plan?", release="new")
    assert counted(database, REPEATED) == (Count(1, 1), Count(0, 1))


def test_a_failed_turn_counts_for_the_release_that_failed(
    database: Database, conversations: Conversations, canaries: Canaries
) -> None:
    say(conversations, "a-1")  # the candidate failed, and the live release answered
    canaries.fail("new", "a", "RuntimeError: no", NOON + MINUTE)
    canaries.fail("new", "", "RuntimeError: no", NOON + MINUTE)
    canaries.fail("old", "", "RuntimeError: no", NOON - MINUTE)
    say(conversations, "b-1")
    say(conversations, "before-1", minutes=-5)
    canaries.fail("old", "before", "RuntimeError: no", NOON + MINUTE)
    assert counted(database, FAILED) == (Count(0, 1), Count(2, 2))
    assert read_signals(database, CANARY).failures == {"old": 0, "new": 2}


def test_the_median_time_of_a_turn_is_told(
    database: Database, conversations: Conversations
) -> None:
    for number, ms in enumerate((10.0, 30.0, 90.0)):
        say(conversations, f"a{number}-1", ms=ms)
    assert read_signals(database, CANARY).turn_ms == {"old": 30.0}


def test_a_rating_comes_back_with_its_turn_without_secrets(
    database: Database, conversations: Conversations
) -> None:
    say(conversations, "a-1")
    said = replace(DOWN, comment="my password is hunter2")
    conversations.rate("a", "a-1", said)
    found = conversations.get("a")
    assert found is not None
    rating = found.turns[0].rating
    assert rating == replace(DOWN, comment="my password is [secret]")
    assert [item.rating for item in Ratings(database).rated(NOON)] == [rating]


def test_what_can_not_be_rated_is_refused(conversations: Conversations) -> None:
    say(conversations, "a-1", "Wine?", Decision.HANDOFF)
    say(conversations, "a-2", "Hello?", Decision.SILENT)
    written = conversations.say("ha-1", "Red.", "Ana", NOON)
    assert written.by == PERSON
    for name in ("a-2", written.id):
        with pytest.raises(Permanent, match="only what the agent said"):
            conversations.rate("a", name, UP)
    for conversation, name in (("a", "x"), ("b", "a-1")):
        with pytest.raises(UnknownTurn):
            conversations.rate(conversation, name, UP)


def test_badly_rated_turns_are_told_oldest_first(
    database: Database, conversations: Conversations
) -> None:
    for number in range(3):
        say(conversations, f"a{number}-1")
        at = NOON + (3 - number) * MINUTE
        conversations.rate(f"a{number}", f"a{number}-1", replace(DOWN, at=at))
    conversations.rate("a1", "a1-1", UP)
    ratings = Ratings(database)
    assert [item.turn_id for item in ratings.rated(NOON, Thumb.DOWN)] == ["a2-1", "a0-1"]
    assert [item.conversation_id for item in ratings.rated(NOON + 3 * MINUTE)] == ["a0"]


def test_the_release_that_began_a_conversation_is_told(conversations: Conversations) -> None:
    assert conversations.began_with("a") is None
    say(conversations, "a-1", release="new")
    say(conversations, "a-2", release="old")
    assert conversations.began_with("a") == "new"
