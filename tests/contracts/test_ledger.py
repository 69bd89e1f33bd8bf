"""The contract of `Ledger`: what is recorded before a call is made once, and counted once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.action import Call, CallStatus, Limits
from agent.execution.ledger import SqlLedger
from kb.errors import Permanent
from kb.store.database import Database
from tests.contracts.threads import at_once

MONDAY = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
DAY = timedelta(hours=24)
FREE = Limits()
TWICE = Limits(per_customer_per_day=2)
DONE, FAILED, UNKNOWN = CallStatus.DONE, CallStatus.FAILED, CallStatus.UNKNOWN
PENDING, REFUSED = CallStatus.PENDING, CallStatus.REFUSED


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    return SqlLedger(database)


def call(name: str = "a", **changes: Any) -> Call:
    """A pending refund of its own customer agreement and intent."""
    made = Call(
        id=f"id-{name}",
        key=f"key-{name}",
        action="issue_refund",
        arguments={"amount": "59.00"},
        conversation_id="talk",
        customer_id="c-1",
        procedure="refund@1",
        step="7",
        confirmation=f"turn-{name}",
        status=PENDING,
        created_at=MONDAY,
        intent=f"intent-{name}",
        who="verified by signed token",
        tried_at=MONDAY,
    )
    return replace(made, **changes)


def begin(ledger: SqlLedger, *calls: Call, status: CallStatus = DONE) -> None:
    for item in calls:
        ledger.begin(item, FREE)
        ledger.settle(item.key, status, {}, "", MONDAY)


def test_a_call_comes_back_as_it_was_begun_and_settled(ledger: SqlLedger) -> None:
    assert ledger.begin(call(), FREE) == call()
    ledger.note("key-a", before={"refunded": 0})
    settled = ledger.settle("key-a", DONE, {"id": "R-1"}, "", MONDAY + DAY)
    ledger.note("key-a", after={"refunded": 59.0})
    expected = replace(
        call(),
        status=DONE,
        output={"id": "R-1"},
        settled_at=MONDAY + DAY,
        before={"refunded": 0},
    )
    assert settled == expected
    assert ledger.find("id-a") == replace(expected, after={"refunded": 59.0})
    assert ledger.find("id-b") is None


def test_a_known_key_gives_the_call_that_is_kept_as_it_stands(ledger: SqlLedger) -> None:
    begin(ledger, call())
    kept = ledger.begin(call(id="id-other"), FREE)
    assert kept is not None
    assert (kept.id, kept.status) == ("id-a", DONE)


def test_the_same_intent_with_another_key_gives_the_call_that_is_kept(ledger: SqlLedger) -> None:
    begin(ledger, call())
    kept = ledger.begin(call("b", intent="intent-a"), FREE)
    assert kept is not None
    assert kept.key == "key-a"


def test_an_intent_belongs_to_its_conversation_and_its_action(ledger: SqlLedger) -> None:
    begin(ledger, call())
    elsewhere = call("b", intent="intent-a", conversation_id="other")
    other = call("c", intent="intent-a", action="cancel_order")
    assert ledger.begin(elsewhere, FREE) == elsewhere
    assert ledger.begin(other, FREE) == other


@pytest.mark.parametrize(
    ("status", "used"), [(DONE, True), (UNKNOWN, True), (REFUSED, False), (FAILED, False)]
)
def test_an_agreement_is_used_up_by_what_took_place_or_may_have(
    ledger: SqlLedger, status: CallStatus, used: bool
) -> None:
    begin(ledger, call(), status=status)
    kept = ledger.begin(call("b", confirmation="turn-a"), FREE)
    assert kept is not None
    assert (kept.id == "id-a") is used


def test_calls_without_an_intent_stand_in_nobodys_way(ledger: SqlLedger) -> None:
    for name in "abc":
        reading = call(name, intent=None, confirmation="turn")
        assert ledger.begin(reading, FREE) == reading


@pytest.mark.parametrize(
    ("statuses", "room"),
    [
        ((DONE, DONE), False),
        ((DONE, UNKNOWN), False),
        ((DONE, PENDING), False),
        ((DONE, REFUSED), True),
        ((FAILED, REFUSED, DONE), True),
    ],
)
def test_what_took_place_or_may_have_counts_against_the_day(
    ledger: SqlLedger, statuses: tuple[CallStatus, ...], room: bool
) -> None:
    for number, status in enumerate(statuses):
        begin(ledger, call(str(number)), status=status)
    assert (ledger.begin(call("next"), TWICE) is not None) is room


def test_a_day_is_24_hours_and_a_limit_one_customers(ledger: SqlLedger) -> None:
    begin(ledger, call("a"), call("b"))
    assert ledger.begin(call("c"), TWICE) is None
    assert ledger.begin(call("c", customer_id="c-2"), TWICE) is not None
    assert ledger.begin(call("d", created_at=MONDAY + DAY), TWICE) is not None


def test_tries_in_a_conversation_are_counted_whatever_came_of_them(ledger: SqlLedger) -> None:
    three = Limits(tries_per_conversation=3)
    for number in range(3):
        assert ledger.begin(call(str(number), intent=None), three) is not None
        ledger.settle(f"key-{number}", REFUSED, {}, "wrong code", MONDAY)
    assert ledger.begin(call("next", intent=None), three) is None
    assert ledger.begin(call("next", intent=None, conversation_id="other"), three) is not None


def test_what_was_settled_stays(ledger: SqlLedger) -> None:
    begin(ledger, call())
    again = ledger.settle("key-a", UNKNOWN, {}, "late", MONDAY + DAY)
    assert (again.status, again.settled_at) == (DONE, MONDAY)


def test_what_is_unknown_is_not_settled_and_may_still_be(ledger: SqlLedger) -> None:
    ledger.begin(call(), FREE)
    assert ledger.settle("key-a", UNKNOWN, {}, "no answer", MONDAY).settled_at is None
    assert ledger.settle("key-a", DONE, {"id": "R-1"}, "", MONDAY).status is DONE


def test_a_key_that_was_never_begun_can_not_be_settled(ledger: SqlLedger) -> None:
    with pytest.raises(Permanent, match="key-a"):
        ledger.settle("key-a", DONE, {}, "", MONDAY)


def test_a_failed_call_is_taken_again_once_for_each_time_it_was_seen(ledger: SqlLedger) -> None:
    begin(ledger, call(), status=FAILED)
    seen = ledger.find("id-a")
    assert seen is not None
    taken = ledger.retake(seen, MONDAY + DAY, TWICE)
    assert taken is not None
    assert (taken.status, taken.tries, taken.tried_at) == (PENDING, 2, MONDAY + DAY)
    assert ledger.retake(seen, MONDAY + DAY, TWICE) is None


def test_a_call_is_not_taken_again_when_the_day_is_full(ledger: SqlLedger) -> None:
    begin(ledger, call(), status=FAILED)
    begin(ledger, call("b"), call("c"))
    seen = ledger.find("id-a")
    assert seen is not None
    assert ledger.retake(seen, MONDAY, TWICE) is None


def test_calls_are_told_oldest_first_and_of_many_the_newest(ledger: SqlLedger) -> None:
    for number in range(4):
        begin(ledger, call(str(number), created_at=MONDAY + number * DAY))
    begin(ledger, call("x", conversation_id="other", action="cancel_order"), status=REFUSED)
    assert [item.id for item in ledger.calls("talk")] == [f"id-{n}" for n in range(4)]
    assert [item.id for item in ledger.calls("talk", limit=2)] == ["id-2", "id-3"]
    assert [item.id for item in ledger.calls(statuses=[REFUSED])] == ["id-x"]
    assert [item.id for item in ledger.calls(action="cancel_order")] == ["id-x"]


def _beginning(ledger: SqlLedger, made: Call, limits: Limits) -> Callable[[], Call | None]:
    return lambda: ledger.begin(made, limits)


def test_one_of_many_at_once_with_one_key_begins_it(ledger: SqlLedger) -> None:
    kept = at_once([_beginning(ledger, call(id=f"id-{n}"), FREE) for n in range(6)])
    assert len({item.id for item in kept if item}) == 1


def test_one_of_many_at_once_with_one_intent_begins_it_as_whomever(ledger: SqlLedger) -> None:
    some = [call(str(n), intent="one", customer_id=f"c-{n}", confirmation="") for n in range(6)]
    kept = at_once([_beginning(ledger, item, FREE) for item in some])
    assert len({item.id for item in kept if item}) == 1


def test_many_at_once_keep_to_the_limit_of_the_day(ledger: SqlLedger) -> None:
    some = [call(str(n), conversation_id=f"talk-{n}") for n in range(8)]
    kept = at_once([_beginning(ledger, item, TWICE) for item in some])
    assert sum(item is not None for item in kept) == 2


def test_one_of_many_at_once_takes_a_failed_call_again(ledger: SqlLedger) -> None:
    begin(ledger, call(), status=FAILED)
    seen = ledger.find("id-a")
    assert seen is not None
    taken = at_once([lambda: ledger.retake(seen, MONDAY, FREE)] * 5)
    assert sum(item is not None for item in taken) == 1
