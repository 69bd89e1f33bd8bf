"""A refund is never made twice, and never told to have been made when it was not: whatever breaks,
at any point of a call, on a backend that makes one for every request that reaches it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import sleep

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.action import Call, CallRequest, CallStatus
from agent.execution.catalog import Catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.execution.mending import Mending
from kb.store.database import Database
from tests.agent.actions.backend import STALL_S, Fault, ShopBackend
from tests.agent.execution.requests import ANN, Clock, no_sleep, refund
from tests.contracts.threads import at_once

_NUMBERS = count(1)
LONG_S = 3600.0
"""After which no call can be under way any more."""


class Crash(BaseException):
    """The process dies."""


class Dying(SqlLedger):
    """A ledger whose process dies before it can settle."""

    def settle(self, *_: object, **__: object) -> Call:
        raise Crash


@pytest.mark.parametrize(
    ("fault", "status", "made", "sent"),
    [
        (Fault.REFUSED, CallStatus.REFUSED, 0, 1),
        (Fault.BUSY, CallStatus.DONE, 1, 2),
        (Fault.BACK_SOON, CallStatus.DONE, 1, 2),
        (Fault.UNAVAILABLE, CallStatus.DONE, 1, 2),
        (Fault.ERROR_BEFORE, CallStatus.DONE, 1, 2),
        (Fault.ERROR_AFTER, CallStatus.DONE, 1, 1),
        (Fault.GATEWAY_AFTER, CallStatus.DONE, 1, 1),
        (Fault.STALL_BEFORE, CallStatus.UNKNOWN, 0, 1),
        (Fault.STALL_AFTER, CallStatus.DONE, 1, 1),
        (Fault.DROP_BEFORE, CallStatus.UNKNOWN, 0, 1),
        (Fault.DROP_AFTER, CallStatus.DONE, 1, 1),
        (Fault.MALFORMED, CallStatus.DONE, 1, 1),
        (Fault.MISFIT, CallStatus.DONE, 1, 1),
        (Fault.REDIRECT, CallStatus.DONE, 1, 1),
    ],
)
def test_one_fault_is_looked_up_before_anything_is_repeated(
    executor: Executor,
    shop: ShopBackend,
    fault: Fault,
    status: CallStatus,
    made: int,
    sent: int,
) -> None:
    shop.faults = [fault]
    result = executor.call(refund())
    assert result.status is status
    assert len(shop.refunds) == made
    assert sum(method == "POST" for method, _, _ in shop.calls) == sent
    if result.done:
        assert result.output["id"] == "R-1"


@pytest.mark.parametrize("fault", [Fault.STALL_AFTER, Fault.DROP_AFTER, Fault.ERROR_AFTER])
@pytest.mark.parametrize("blind", [Fault.ERROR_BEFORE, Fault.OTHERS])
def test_without_an_answer_of_the_lookup_it_stays_unknown_and_is_not_repeated(
    executor: Executor, shop: ShopBackend, clock: Clock, fault: Fault, blind: Fault
) -> None:
    shop.faults, shop.lookup_faults = [fault], [blind] * 20
    for _ in range(3):
        assert executor.call(refund()).status is CallStatus.UNKNOWN
        clock.pass_s(LONG_S)
    assert len(shop.refunds) == 1
    shop.lookup_faults = []
    result = executor.call(refund())
    assert result.done
    assert result.replayed
    assert len(shop.refunds) == 1


def test_what_broke_off_may_still_come_so_it_is_not_repeated_at_once(
    executor: Executor, shop: ShopBackend, clock: Clock
) -> None:
    shop.faults = [Fault.DROP_BEFORE]
    assert executor.call(refund()).status is CallStatus.UNKNOWN
    again = executor.call(refund())
    assert again.status is CallStatus.UNKNOWN
    assert "may still" in again.reason
    clock.pass_s(LONG_S)
    assert executor.call(refund()).done
    assert len(shop.refunds) == 1


def test_what_the_backend_does_when_nobody_waits_any_more_is_not_done_beside_it(
    executor: Executor, shop: ShopBackend
) -> None:
    shop.faults = [Fault.LATE]
    assert executor.call(refund()).status is CallStatus.UNKNOWN
    assert executor.call(refund()).status is CallStatus.UNKNOWN
    sleep(STALL_S)
    assert executor.call(refund()).done
    assert len(shop.refunds) == 1


def test_it_is_set_out_on_once_more_and_no_oftener(
    executor: Executor, shop: ShopBackend, clock: Clock
) -> None:
    shop.faults = [Fault.DROP_BEFORE] * 5
    for _ in range(4):
        assert executor.call(refund()).status is CallStatus.UNKNOWN
        clock.pass_s(LONG_S)
    assert sum(method == "POST" for method, _, _ in shop.calls) == 2
    assert shop.refunds == []


@pytest.mark.parametrize(("fault", "made"), [(None, 1), (Fault.DROP_AFTER, 1), (Fault.REFUSED, 0)])
def test_a_process_that_dies_before_it_settles_leaves_what_is_looked_up(
    catalog: Catalog,
    ledger: SqlLedger,
    executor: Executor,
    shop: ShopBackend,
    clock: Clock,
    tmp_path: Path,
    fault: Fault | None,
    made: int,
) -> None:
    shop.faults = [fault] if fault else []
    dying = Executor(catalog, Dying(Database(f"sqlite:///{tmp_path / 'wellkept.db'}")), clock)
    with pytest.raises(Crash):
        dying.call(refund())
    assert [call.status for call in ledger.calls()] == [CallStatus.PENDING]
    clock.pass_s(LONG_S)
    assert executor.call(refund()).done
    assert len(shop.refunds) == 1
    assert sum(method == "POST" for method, _, _ in shop.calls) == 2 - made


def test_a_process_that_dies_before_it_calls_leaves_nothing_done_twice(
    catalog: Catalog, ledger: SqlLedger, executor: Executor, shop: ShopBackend, clock: Clock
) -> None:
    class Dead(SqlLedger):
        def note(self, *_: object, **__: object) -> None:
            raise Crash

    with pytest.raises(Crash):
        Executor(catalog, Dead(ledger.database), clock).call(refund())
    assert shop.refunds == []
    early = executor.call(refund())
    assert early.status is CallStatus.UNKNOWN
    clock.pass_s(LONG_S)
    assert executor.call(refund()).done
    assert len(shop.refunds) == 1


def test_many_at_once_with_one_intent_make_one_refund(
    executor: Executor, shop: ShopBackend
) -> None:
    results = at_once([lambda: executor.call(refund())] * 6)
    assert [result.done for result in results] == [True] * 6
    assert sum(not result.replayed for result in results) == 1
    assert len(shop.refunds) == 1


def test_many_at_once_with_wishes_of_their_own_keep_to_the_limit_of_the_day(
    executor: Executor, shop: ShopBackend
) -> None:
    def ask(number: int) -> Callable[[], CallStatus]:
        changed = refund(
            intent=f"i{number}", confirmation=f"t{number}", conversation_id=f"talk-{number}"
        )
        return lambda: executor.call(changed).status

    results = at_once([ask(number) for number in range(8)])
    assert sorted(results).count(CallStatus.DONE) == 2
    assert results.count(CallStatus.OVER_LIMIT) == 6
    assert len(shop.refunds) == 2


SLOW = (Fault.STALL_BEFORE, Fault.STALL_AFTER, Fault.LATE)
FAST = [fault for fault in Fault if fault not in (*SLOW, Fault.OTHERS)]
STEPS = st.one_of(
    st.just("again"), st.just("soon"), st.just("later"), st.just("die"), st.just("operator")
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    faults=st.lists(st.sampled_from(FAST), max_size=6),
    lookups=st.lists(
        st.sampled_from([Fault.ERROR_BEFORE, Fault.OTHERS, Fault.DROP_BEFORE]), max_size=4
    ),
    steps=st.lists(STEPS, min_size=1, max_size=5),
)
def test_whatever_breaks_in_whatever_order_there_is_at_most_one_refund_and_no_false_word(
    catalog: Catalog,
    ledger: SqlLedger,
    running_shop: ShopBackend,
    faults: list[Fault],
    lookups: list[Fault],
    steps: list[str],
) -> None:
    shop, clock = running_shop, Clock()
    shop.reset()
    shop.faults, shop.lookup_faults = list(faults), list(lookups)
    name = f"{next(_NUMBERS)}"
    request = refund(
        conversation_id=f"talk-{name}", identity=replace(ANN, customer_id=f"customer-{name}")
    )
    executor = Executor(catalog, ledger, clock, no_sleep)
    for step in steps:
        told = _take(step, request, catalog, executor, ledger, clock)
        assert len(shop.refunds) <= 1
        if told is CallStatus.DONE:
            assert len(shop.refunds) == 1
        if told in (CallStatus.REFUSED, CallStatus.FAILED, CallStatus.NOT_FOUND):
            assert shop.refunds == []


def _take(
    step: str,
    request: CallRequest,
    catalog: Catalog,
    executor: Executor,
    ledger: SqlLedger,
    clock: Clock,
) -> CallStatus | None:
    """The status that was told, where one was."""
    if step == "die":
        with suppress(Crash):
            Executor(catalog, Dying(ledger.database), clock, no_sleep).call(request)
        return None
    if step == "operator":
        mending = Mending(catalog, ledger, executor)
        waiting = [
            call for call in mending.unknown() if call.conversation_id == request.conversation_id
        ]
        return mending.settle(waiting[0].id).status if waiting else None
    clock.pass_s({"again": 0.0, "soon": 1.0, "later": LONG_S}[step])
    return executor.call(request).status
