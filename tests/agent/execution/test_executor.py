"""What is called, what is not, and what is said of it."""

import json
import logging
from dataclasses import replace

import pytest

from agent.action import CallStatus
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from tests.agent.actions.backend import TOKEN, Fault, ShopBackend
from tests.agent.execution.requests import ANN, BEN, Clock, refund

WRITES = "POST"


def made(shop: ShopBackend) -> int:
    return len(shop.refunds)


def tries(shop: ShopBackend) -> int:
    return sum(method == WRITES for method, _, _ in shop.calls)


def test_a_confirmed_refund_of_a_verified_customer_is_made_and_told(
    executor: Executor, shop: ShopBackend
) -> None:
    result = executor.call(refund())
    assert result.done
    assert result.output == {"id": "R-1", "order_number": "LH-10042", "amount": "59.00"}
    assert made(shop) == 1


def test_the_audit_log_says_who_what_before_and_after(
    executor: Executor, ledger: SqlLedger
) -> None:
    result = executor.call(refund())
    (call,) = ledger.calls("talk-1")
    assert call.id == result.call_id
    assert (call.customer_id, call.who) == ("c-1", "verified by signed token")
    assert (call.procedure, call.step, call.confirmation) == ("refund@abc", "8", "turn-7")
    assert call.arguments == refund().arguments
    assert call.before == {"number": "LH-10042", "status": "delivered", "refunded": 0}
    assert call.after == {"number": "LH-10042", "status": "delivered", "refunded": 59.0}
    assert call.status is CallStatus.DONE
    assert call.settled_at is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"identity": ANONYMOUS}, "needs a verified customer; this one is anonymous"),
        ({"identity": Identity(IdentityLevel.CLAIMED)}, "this one is claimed"),
        ({"identity": Identity(IdentityLevel.VERIFIED, None)}, "this one is claimed"),
        ({"confirmation": ""}, "only once the customer has agreed"),
        ({"arguments": {"customer": "c-9"}}, "'customer', which is no input"),
        ({"action": "print_money"}, "there is no action"),
    ],
)
def test_what_is_not_allowed_is_not_called_and_stands_on_record(
    executor: Executor, shop: ShopBackend, ledger: SqlLedger, changed: dict[str, object], said: str
) -> None:
    result = executor.call(refund(**changed))
    assert result.status is CallStatus.NOT_ALLOWED
    assert said in result.reason
    assert shop.calls == []
    assert [call.status for call in ledger.calls("talk-1")] == [CallStatus.NOT_ALLOWED]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": "much"}, "amount is 'much', not a number"),
        ({"amount": "NaN"}, "not a number"),
        ({"amount": "Infinity"}, "not a number"),
        ({"amount": "-5"}, "amount is -5, not above 0"),
        ({"amount": "0.00"}, "not above 0"),
        ({"order_number": "10042"}, "order_number is '10042'"),
        ({"order_number": "LH-10042/../../admin"}, "order_number"),
        ({"order_number": ""}, "order_number is empty"),
        ({"reason": "because"}, "one of faulty, unwanted"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_unsent(
    executor: Executor, shop: ShopBackend, given: dict[str, str], said: str
) -> None:
    result = executor.call(refund(arguments=given))
    assert result.status is CallStatus.REFUSED
    assert said in result.reason
    assert tries(shop) == 0


@pytest.mark.parametrize("amount", ["150.01", 1e9, "1e3", 150.0000001])
def test_an_amount_above_the_limit_is_not_called(
    executor: Executor, shop: ShopBackend, amount: object
) -> None:
    result = executor.call(refund(arguments={"amount": amount}))
    assert result.status is CallStatus.OVER_LIMIT
    assert "at most 150" in result.reason
    assert tries(shop) == 0


def test_an_amount_at_the_limit_is(executor: Executor) -> None:
    assert executor.call(refund(arguments={"amount": "150.00"})).done


def test_a_limited_amount_must_be_given(executor: Executor, shop: ShopBackend) -> None:
    request = refund()
    rest = {name: value for name, value in request.arguments.items() if name != "amount"}
    result = executor.call(replace(request, arguments=rest))
    assert not result.done
    assert shop.calls == []


def test_the_third_refund_of_a_day_goes_to_a_person_and_another_customers_does_not(
    executor: Executor, shop: ShopBackend, clock: Clock
) -> None:
    results = [
        executor.call(refund(intent=f"i{n}", confirmation=f"t{n}", conversation_id=f"talk-{n}"))
        for n in range(3)
    ]
    assert [result.status for result in results[:2]] == [CallStatus.DONE] * 2
    assert results[2].status is CallStatus.OVER_LIMIT
    assert "at most 2 times a day" in results[2].reason
    assert executor.call(refund(intent="b", identity=BEN, conversation_id="talk-b")).done
    clock.pass_s(24 * 3600 + 1)
    assert executor.call(refund(intent="next day", confirmation="t9")).done
    assert made(shop) == 4


def test_the_same_intent_is_answered_from_the_record(executor: Executor, shop: ShopBackend) -> None:
    first = executor.call(refund())
    again = executor.call(refund())
    assert again == replace(first, replayed=True)
    assert tries(shop) == 1


def test_an_amount_written_otherwise_is_the_same_intent(
    executor: Executor, shop: ShopBackend
) -> None:
    executor.call(refund(arguments={"amount": "59.00"}))
    assert executor.call(refund(arguments={"amount": 59})).replayed
    assert made(shop) == 1


def test_the_same_intent_with_other_arguments_is_not_allowed(
    executor: Executor, shop: ShopBackend
) -> None:
    executor.call(refund())
    result = executor.call(refund(arguments={"amount": "60.00"}))
    assert result.status is CallStatus.NOT_ALLOWED
    assert "other arguments" in result.reason
    assert made(shop) == 1


def test_one_agreement_is_good_for_one_refund(executor: Executor, shop: ShopBackend) -> None:
    executor.call(refund())
    result = executor.call(refund(intent="refund/8/2"))
    assert result.status is CallStatus.NOT_ALLOWED
    assert "agreed to was done already" in result.reason
    assert made(shop) == 1


def test_a_refusal_is_told_with_the_backends_reason_and_kept(
    executor: Executor, shop: ShopBackend
) -> None:
    shop.faults = [Fault.REFUSED]
    result = executor.call(refund())
    assert result.status is CallStatus.REFUSED
    assert result.reason.startswith("refused")
    assert executor.call(refund()).replayed
    assert (made(shop), tries(shop)) == (0, 1)


def test_what_is_not_there_is_not_found(executor: Executor) -> None:
    request = replace(
        refund(arguments={}), action="find_order", arguments={"order_number": "LH-00000"}
    )
    result = executor.call(request)
    assert result.status is CallStatus.NOT_FOUND
    assert result.reason == "no such order"


def test_a_reading_action_is_made_anew_each_time(executor: Executor, shop: ShopBackend) -> None:
    request = replace(refund(), action="find_order", arguments={"order_number": "LH-10042"})
    first = executor.call(request)
    executor.call(refund())
    second = executor.call(request)
    assert first.output["refunded"] == 0
    assert second.output["refunded"] == 59.0
    assert not second.replayed


def test_a_backend_that_is_not_there_fails_after_its_retries(
    executor: Executor, shop: ShopBackend, ledger: SqlLedger
) -> None:
    shop.faults = [Fault.BUSY] * 3
    result = executor.call(refund())
    assert result.status is CallStatus.FAILED
    assert (made(shop), tries(shop)) == (0, 3)
    again = executor.call(refund())
    assert again.done
    assert (made(shop), tries(shop)) == (1, 4)
    assert [call.tries for call in ledger.calls("talk-1")] == [2]


def test_a_token_that_is_not_set_is_said_by_name(
    executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOP_TOKEN")
    result = executor.call(refund())
    assert result.status is CallStatus.FAILED
    assert "set SHOP_TOKEN in the environment" in result.reason


def test_the_token_goes_along_and_stands_in_no_log_reason_or_record(
    executor: Executor, shop: ShopBackend, ledger: SqlLedger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shop.faults = [Fault.REFUSED]
    result = executor.call(refund())
    assert all(headers["Authorization"] == f"Bearer {TOKEN}" for _, _, headers in shop.calls)
    assert "[secret]" in result.reason
    told = [result.reason, caplog.text, json.dumps([str(call) for call in ledger.calls()])]
    assert not any(TOKEN in text for text in told)


def test_card_numbers_and_passwords_are_not_kept(executor: Executor, ledger: SqlLedger) -> None:
    given = {"note": "card 4111 1111 1111 1111, password: hunter2", "cvv": "123"}
    executor.call(refund(arguments=given, identity=ANN))
    kept = json.dumps(dict(ledger.calls()[0].arguments))
    assert "4111 1111" not in kept
    assert "hunter2" not in kept
    assert '"cvv": "[secret]"' in kept
    assert "LH-10042" in kept
