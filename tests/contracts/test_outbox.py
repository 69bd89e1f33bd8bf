"""The contract of the outbox's queue, on every database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.outbox.delivery import Delivery
from agent.outbox.queue import Queue
from agent.store import Conversations
from agent.types import Decision, Handoff, Message, Turn
from kb.store.database import Database
from tests.agent.outbox.cases import CASE, NOON
from tests.contracts.threads import at_once

WAYS = ["email", "webhook"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(database: Database) -> Conversations:
    return Conversations(database, lambda _: WAYS)


@pytest.fixture
def queue(database: Database) -> Queue:
    return Queue(database)


def turn(name: str, handoff: Handoff | None = CASE) -> Turn:
    decision = Decision.HANDOFF if handoff else Decision.SILENT
    return Turn(name, "c1", "more", decision, "", 1.0, "", NOON, handoff=handoff)


def test_a_case_is_queued_with_its_turn_once_by_each_way(
    store: Conversations, queue: Queue
) -> None:
    store.record(Message("x"), turn("t1"))
    assert [item.way for item in queue.unfinished()] == ["email", "webhook"]
    store.record(Message("x"), turn("t2", None))
    assert len(queue.unfinished("h1")) == 4
    assert queue.unfinished("h2") == []


def test_a_turn_that_was_not_recorded_leaves_nothing_to_deliver(
    store: Conversations, queue: Queue
) -> None:
    store.record(Message("x"), turn("t1"))
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        store.record(Message("x"), turn("t1", replace(CASE, id="h2")))
    assert len(queue.unfinished()) == 2


def test_a_claim_holds_for_its_lease(store: Conversations, queue: Queue) -> None:
    store.record(Message("x"), turn("t1"))
    first = queue.claim(["webhook"], NOON, 60)
    assert first is not None
    assert (first.way, first.attempts, first.opens) == ("webhook", 1, True)
    assert queue.claim(["webhook"], NOON + timedelta(seconds=59), 60) is None
    again = queue.claim(["webhook"], NOON + MINUTE, 60)
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)


def test_one_who_lost_a_claim_does_not_put_off_the_next_ones(
    store: Conversations, queue: Queue
) -> None:
    store.record(Message("x"), turn("t1"))
    slow = queue.claim(["webhook"], NOON, 60)
    quick = queue.claim(["webhook"], NOON + MINUTE, 60)
    assert slow is not None
    assert quick is not None
    queue.given_up(slow, NOON, "too late")
    queue.postponed(slow, NOON, "too late")
    assert queue.claim(["webhook"], NOON + MINUTE, 60) is None
    queue.delivered(quick, NOON + MINUTE, "200")
    assert [item.way for item in queue.unfinished()] == ["email"]


def test_what_is_delivered_stays_so(store: Conversations, queue: Queue) -> None:
    store.record(Message("x"), turn("t1"))
    found = queue.claim(["email"], NOON, 60)
    assert found is not None
    queue.delivered(found, NOON, "<id@x>")
    queue.postponed(found, NOON, "no")
    assert queue.claim(["email"], NOON + 60 * MINUTE, 60) is None


def test_a_later_delivery_waits_for_an_earlier_one_and_knows_its_receipt(
    store: Conversations, queue: Queue
) -> None:
    store.record(Message("x"), turn("t1"))
    store.record(Message("x"), turn("t2", None))
    first = queue.claim(["webhook"], NOON, 60)
    assert first is not None
    assert queue.claim(["webhook"], NOON, 60) is None
    queue.delivered(first, NOON, "ticket 7")
    second = queue.claim(["webhook"], NOON, 60)
    assert second is not None
    assert (second.opens, second.receipt) == (False, "ticket 7")


def test_what_was_given_up_lets_the_rest_pass_and_comes_again_when_asked(
    store: Conversations, queue: Queue
) -> None:
    store.record(Message("x"), turn("t1"))
    store.record(Message("x"), turn("t2", None))
    first = queue.claim(["webhook"], NOON, 60)
    assert first is not None
    queue.given_up(first, NOON, "gone")
    second = queue.claim(["webhook"], NOON, 60)
    assert second is not None
    assert second.id != first.id
    assert queue.again(NOON) == 1
    revived = queue.claim(["webhook"], NOON, 60)
    assert revived is not None
    assert revived.id == first.id


def test_each_delivery_is_claimed_by_one_of_many(store: Conversations, queue: Queue) -> None:
    for number in range(4):
        case = replace(CASE, id=f"h{number}")
        store.record(Message("x"), turn(f"t{number}", case))

    def claiming() -> Callable[[], Delivery | None]:
        return lambda: queue.claim(WAYS, NOON, 60)

    found = at_once([claiming() for _ in range(12)])
    ids = [item.id for item in found if item]
    assert len(ids) == len(set(ids)) == 8
