"""The sample's shop: a write takes place once, and can be looked up by its key."""

from typing import Any

import httpx
import pytest

from larkspur.server import Running
from tests.sample.conftest import key

ORDER = "/customers/c-1001/orders/LH-48213"
WANTED = {"amount": "20.00", "reason": "faulty"}
FIND = "/customers/c-1001/refunds/by-key/key-of-a-test-1"


def test_the_same_key_refunds_once(shop: Running, client: httpx.Client) -> None:
    first = client.post(f"{ORDER}/refunds", json=WANTED, headers=key())
    again = client.post(f"{ORDER}/refunds", json=WANTED, headers=key())
    assert first.json() == again.json()
    assert len(shop.state()["refunds"]) == 4


def test_the_same_key_with_another_wish_is_a_conflict(shop: Running, client: httpx.Client) -> None:
    client.post(f"{ORDER}/refunds", json=WANTED, headers=key())
    other = client.post(f"{ORDER}/refunds", json={**WANTED, "amount": "21.00"}, headers=key())
    elsewhere = client.post("/customers/c-1001/subscription/cancellation", headers=key())
    assert other.status_code == elsewhere.status_code == 409
    assert len(shop.state()["refunds"]) == 4


def test_a_write_without_a_key_is_refused(shop: Running, client: httpx.Client) -> None:
    before = shop.state()
    answer = client.post(f"{ORDER}/refunds", json=WANTED)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]
    assert shop.state() == before


def test_a_refusal_is_no_result_that_is_kept(client: httpx.Client) -> None:
    much = client.post(f"{ORDER}/refunds", json={**WANTED, "amount": "900"}, headers=key())
    assert much.status_code == 422
    assert client.post(f"{ORDER}/refunds", json=WANTED, headers=key()).status_code == 200


def test_a_key_tells_whether_it_took_place(client: httpx.Client) -> None:
    assert client.get(FIND).status_code == 404
    made = client.post(f"{ORDER}/refunds", json=WANTED, headers=key())
    assert client.get(FIND).json() == made.json()
    assert client.get(FIND.replace("c-1001", "c-1002")).status_code == 404


def test_every_other_change_is_found_by_its_key(client: httpx.Client) -> None:
    done = client.post("/customers/c-1001/orders/LH-48790/cancellation", headers=key())
    found = client.get("/customers/c-1001/changes/by-key/key-of-a-test-1")
    assert found.json() == done.json()


@pytest.mark.parametrize(
    ("kind", "done", "arrives"),
    [
        ({"kind": "error_before"}, False, 500),
        ({"kind": "error_after"}, True, 500),
        ({"kind": "drop_before"}, False, None),
        ({"kind": "drop_after"}, True, None),
        ({"kind": "stall_before", "seconds": 0.05}, False, None),
        ({"kind": "stall_after", "seconds": 0.05}, True, None),
        ({"kind": "unavailable"}, False, 503),
        ({"kind": "malformed"}, True, 200),
        ({"kind": "slow", "seconds": 0.05}, True, 200),
    ],
)
def test_a_fault_happens_once_and_as_planned(
    shop: Running, client: httpx.Client, kind: dict[str, Any], done: bool, arrives: int | None
) -> None:
    shop.fail({"operation": "createRefund", "call": 1, **kind})
    try:
        status = client.post(f"{ORDER}/refunds", json=WANTED, headers=key()).status_code
    except httpx.RemoteProtocolError:
        status = None
    assert status == arrives
    assert client.get(FIND).is_success is done
    assert client.post(f"{ORDER}/refunds", json=WANTED, headers=key()).is_success
    assert len(shop.state()["refunds"]) == 4


def test_faults_are_counted_by_operation_since_the_reset(
    shop: Running, client: httpx.Client
) -> None:
    client.get(ORDER)
    shop.fail({"operation": "getOrder", "call": 2, "kind": "error_before"})
    assert client.get("/customers/c-1001/subscription").is_success
    assert client.get(ORDER).status_code == 500
    assert client.get(ORDER).is_success
    assert shop.calls() == ["getOrder", "getSubscription", "getOrder", "getOrder"]
