"""What operators do about calls: take them back, and settle what is unknown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.action import CallStatus
from agent.execution.catalog import Catalog, open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.execution.mending import Mending
from kb.errors import Permanent
from tests.agent.actions.backend import Fault, ShopBackend
from tests.agent.execution.requests import ANN, Clock, no_sleep, refund

CLUB = """
[backend.club]
plugin = "club.py"

[action.give]
backend = "club"
effect = "change"
identity = "verified"
result = "gift"
undo = "take_back"
bind = { customer = "identity.customer_id" }
inputs = { customer = {}, points = { type = "integer" } }
outputs = { id = {} }

[action.take_back]
backend = "club"
effect = "change"
identity = "verified"
confirm = true
bind = { customer = "identity.customer_id" }
inputs = { customer = {}, gift_id = {}, points = { type = "integer" } }
"""
FILE = """
GIVEN, TAKEN = [], []

def give(arguments, key):
    GIVEN.append(arguments)
    return {"id": f"g-{len(GIVEN)}"}

def take_back(arguments, key):
    TAKEN.append(dict(arguments))
    return {}
"""


@pytest.fixture
def club(tmp_path: Path, ledger: SqlLedger) -> Iterator[Mending]:
    (tmp_path / "club.py").write_text(FILE)
    path = tmp_path / "club.toml"
    path.write_text(CLUB)
    catalog = open_catalog(path)
    yield Mending(catalog, ledger, Executor(catalog, ledger, Clock(), no_sleep))
    catalog.close()


@pytest.fixture
def mending(catalog: Catalog, ledger: SqlLedger, executor: Executor) -> Mending:
    return Mending(catalog, ledger, executor)


def test_a_call_is_taken_back_once_as_its_customer_and_on_record(
    club: Mending, ledger: SqlLedger
) -> None:
    given = club.executor.call(replace(refund(), action="give", arguments={"points": 5}))
    undone = club.undo(given.call_id, "dana")
    assert undone.done
    assert club.undo(given.call_id, "eve") == replace(undone, replayed=True)
    _, call = ledger.calls()
    assert call.arguments == {"customer": "c-1", "gift_id": "g-1", "points": 5}
    assert (call.customer_id, call.who) == ("c-1", "verified by operator")
    assert "dana" in call.confirmation


def test_only_what_was_done_and_has_an_undo_is_taken_back(
    mending: Mending, executor: Executor, shop: ShopBackend
) -> None:
    done = executor.call(refund())
    with pytest.raises(Permanent, match="names no undo"):
        mending.undo(done.call_id, "dana")
    shop.faults = [Fault.REFUSED]
    refused = executor.call(refund(intent="other", confirmation="turn-8"))
    with pytest.raises(Permanent, match="is refused; only what is done is undone"):
        mending.undo(refused.call_id, "dana")
    with pytest.raises(Permanent, match="there is no call x"):
        mending.undo("x", "dana")


@pytest.mark.parametrize(
    ("fault", "status", "made"),
    [(Fault.DROP_AFTER, CallStatus.DONE, 1), (Fault.DROP_BEFORE, CallStatus.FAILED, 0)],
)
def test_an_unknown_call_is_settled_by_what_the_backend_tells_and_never_repeated(
    mending: Mending,
    executor: Executor,
    shop: ShopBackend,
    clock: Clock,
    fault: Fault,
    status: CallStatus,
    made: int,
) -> None:
    shop.faults, shop.lookup_faults = [fault], [Fault.OTHERS]
    call_id = executor.call(refund()).call_id
    assert [call.id for call in mending.unknown()] == [call_id]
    if status is CallStatus.FAILED:
        assert mending.settle(call_id).status is CallStatus.UNKNOWN
    clock.pass_s(3600)
    assert mending.settle(call_id).status is status
    assert mending.unknown() == []
    assert len(shop.refunds) == made
    assert sum(method == "POST" for method, _, _ in shop.calls) == 1


def test_a_settled_call_stays_as_it_is(mending: Mending, executor: Executor) -> None:
    call_id = executor.call(refund(identity=ANN)).call_id
    assert mending.settle(call_id).status is CallStatus.DONE


def test_a_call_whose_action_is_gone_is_still_listed(
    mending: Mending, executor: Executor, ledger: SqlLedger, shop: ShopBackend, clock: Clock
) -> None:
    shop.faults, shop.lookup_faults = [Fault.DROP_AFTER], [Fault.OTHERS]
    call_id = executor.call(refund()).call_id
    empty = Catalog()
    later = Mending(empty, ledger, Executor(empty, ledger, clock))
    assert [call.id for call in later.unknown()] == [call_id]
    with pytest.raises(Permanent, match="has no `issue_refund` any more"):
        later.settle(call_id)
