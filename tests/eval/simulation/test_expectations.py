"""A conversation passes when it went just as its scenario says."""

from typing import Any

import pytest

from agent.types import Decision, HandoffReason
from eval.simulation.expectation import broken_promises, differences
from eval.simulation.play import Played
from eval.simulation.scenario import Expected
from tests.eval.simulation.stories import AFTER, BEFORE, REFUND, paid, played, reply

WRITES = frozenset({"pay_back"})
GOOD = played(reply("Shall I?", Decision.CLARIFY), reply(calls=[paid()]))
HANDED = reply(
    "A person will see to it.",
    Decision.HANDOFF,
    reason=HandoffReason.LIMIT,
    team="billing",
    values="order: 7",
)


def wrong(run: Played, **changes: Any) -> list[str]:
    expected = {**REFUND["expect"], **changes}
    return differences(
        run, Expected.model_validate({k: v for k, v in expected.items() if v is not None}), WRITES
    )


def only(run: Played, **expected: Any) -> list[str]:
    return differences(run, Expected.model_validate(expected), WRITES)


def test_a_conversation_as_expected_passes() -> None:
    assert wrong(GOOD) == []


def test_a_crash_is_what_differs() -> None:
    assert wrong(played(error="the agent raised")) == ["the agent raised"]


def test_an_action_that_was_not_called_is_named() -> None:
    run = played(reply(), after=BEFORE)

    assert "pay_back {'amount': 20} was not called" in wrong(run)
    assert any(line.startswith("no new row of refunds") for line in wrong(run))


def test_an_action_with_other_arguments_is_named() -> None:
    run = played(reply(calls=[paid(amount="30.00")]))

    assert wrong(run) == ["called pay_back {'amount': '30.00'}, not pay_back {'amount': 20}"]


def test_an_action_that_nothing_asked_for_is_named() -> None:
    run = played(reply(calls=[paid(), paid()]))

    assert wrong(run) == ["called pay_back {'amount': '20.00'}, which nothing asked for"]


def test_actions_that_did_not_take_place_are_not_counted() -> None:
    assert wrong(played(reply(calls=[paid("refused"), paid()]))) == []


def test_the_customer_must_be_told_that_it_took_place() -> None:
    assert wrong(played(reply("Anything else?", calls=[paid()]))) == [
        "never said that it took place: /you get .* back/"
    ]


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ({"decision": "answer"}, "the decision is handoff (), not answer"),
        ({"decisions": ["clarify"]}, "2 turns, not 1: clarify, handoff"),
        (
            {"decisions": ["answer", ["handoff", "silent"]]},
            "the decision of turn 1 is clarify, not answer",
        ),
        ({"turns": 1}, "2 turns, more than 1"),
        ({"reason": "anger"}, "handed over because of limit, not anger"),
        ({"rule": "mine"}, "handed over by rule none, not mine"),
        ({"team": "trust"}, "handed over to billing, not trust"),
        (
            {"case": {"values": "order: 8"}},
            "the case's values is 'order: 7'; /order: 8/ is not in it",
        ),
        ({"says": ["goodbye"]}, "never said /goodbye/"),
        ({"never": ["PERSON"]}, "said /PERSON/: 'A person will see to it.'"),
        ({"final": ["shall i"]}, "the last reply does not say /shall i/"),
        ({"lookups": ["find"]}, "find was not called"),
        ({"cites": ["a.md"]}, "a.md was not cited"),
    ],
)
def test_what_differs_is_said_in_a_line(expected: dict[str, Any], line: str) -> None:
    run = played(reply("Shall I?", Decision.CLARIFY), HANDED, after=BEFORE)

    assert only(run, **expected) == [line]


def test_a_silent_turn_is_not_the_last_word() -> None:
    run = played(HANDED, reply("", Decision.SILENT), after=BEFORE)

    assert only(run, decision="handoff", reason="limit") == []


def test_nothing_handed_over_is_named() -> None:
    assert only(played(reply(), after=BEFORE), reason="limit") == ["nothing was handed over"]


def broken(run: Played) -> list[str]:
    return broken_promises(run, Expected.model_validate(REFUND["expect"]), WRITES)


def test_promises_hold_when_all_went_well_and_when_a_person_has_it() -> None:
    assert broken(GOOD) == []
    assert broken(played(HANDED, after=BEFORE)) == []
    assert broken(played(HANDED, after=AFTER)) == []


def test_a_payment_made_twice_breaks_a_promise() -> None:
    twice = {**AFTER, "refunds": {**AFTER["refunds"], "r2": {"order": "7", "amount": "20.00"}}}

    lines = broken(played(reply(calls=[paid(), paid()]), after=twice))

    assert "pay_back took place 2 times" in lines
    assert any("r2 was added" in line for line in lines)


def test_a_claim_of_what_did_not_take_place_breaks_a_promise() -> None:
    assert broken(played(reply(), after=BEFORE)) == [
        "claimed what did not take place: 'You get 20.00 back.'"
    ]


def test_of_two_changes_one_may_be_claimed_when_one_took_place() -> None:
    two = {**REFUND["expect"], "changes": {"refunds": {"new 1": {}, "new 2": {}}}}
    expected = Expected.model_validate({**two, "calls": [*two["calls"], *two["calls"]]})
    once = reply(calls=[paid()])

    assert broken_promises(played(once, HANDED), expected, WRITES) == []
    assert len(broken_promises(played(once, reply()), expected, WRITES)) == 1


def test_a_message_without_a_reply_breaks_a_promise() -> None:
    lines = broken(played(reply("", Decision.ANSWER), HANDED, after=BEFORE))

    assert lines == ["no reply to 'said'"]


def test_an_open_end_breaks_a_promise() -> None:
    assert broken(played(reply("Shall I?", Decision.CLARIFY), after=BEFORE)) == [
        "ended with clarify although it did not take place"
    ]
