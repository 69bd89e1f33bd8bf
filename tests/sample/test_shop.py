"""The sample's shop: what it lets an agent do, and where it says no."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from larkspur.server import Running
from tests.sample.conftest import key

MINE = "/customers/c-1001/orders/LH-48213"
Json = dict[str, Any]


def detail(answer: httpx.Response) -> str:
    text: str = answer.json()["detail"]
    return text


def refund(client: httpx.Client, order: str, number: int = 1, **wanted: str) -> httpx.Response:
    return client.post(f"{order}/refunds", json=wanted, headers=key(number))


def test_without_the_token_nothing_is_told(shop: Running) -> None:
    for headers in ({}, {"Authorization": "Bearer guess"}):
        answer = httpx.get(f"{shop.url}{MINE}", headers=headers, trust_env=False)
        assert answer.status_code == 401
        assert "LH-48213" not in answer.text


def test_an_order_is_found_however_its_number_is_written(client: httpx.Client) -> None:
    for number in ("LH-48213", "lh-48213", "48213", "LH 48213"):
        order = client.get(f"/customers/c-1001/orders/{number}").json()
        assert order["number"] == "LH-48213"
        assert order["summary"] == "1 × Sprout Pro, 1 × Sprout"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/customers/c-1002/orders/LH-48213", None),
        ("GET", "/customers/c-1002/orders/LH-48213/refund-quote?reason=faulty", None),
        ("POST", "/customers/c-1002/orders/LH-48213/refunds", {"amount": "1", "reason": "faulty"}),
        ("POST", "/customers/c-1002/orders/LH-48790/cancellation", None),
        (
            "PUT",
            "/customers/c-1002/orders/LH-48790/address",
            {"street": "1 Main St", "city": "Reno, NV", "postal_code": "89501"},
        ),
        ("POST", "/customers/c-1002/refunds/R-3/cancellation", None),
        ("GET", "/customers/c-1001/orders/LH-48611", None),
    ],
)
def test_what_is_somebody_elses_looks_like_nothing(
    shop: Running, client: httpx.Client, method: str, path: str, body: Json | None
) -> None:
    before = shop.state()
    theirs = client.request(method, path, json=body, headers=key())
    nothing = client.request(
        method, path.replace("LH-48", "LH-11").replace("R-3", "R-99"), json=body, headers=key()
    )
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.json() == nothing.json()
    assert shop.state() == before


def test_a_list_holds_the_customers_own_orders_newest_first(client: httpx.Client) -> None:
    found = client.get("/customers/c-1001/orders").json()
    assert found["numbers"] == "LH-48790, LH-48213"
    assert client.get("/customers/c-1012/orders").json()["count"] == 0


def test_a_parcel_is_tracked_by_number_and_postal_code_alone(client: httpx.Client) -> None:
    found = client.get("/tracking/LH-48301", params={"postal_code": "53703"})
    assert found.json()["status"] == "shipped"
    assert "Okafor" not in found.text
    assert "Lake Drive" not in found.text
    wrong = client.get("/tracking/LH-48301", params={"postal_code": "53704"})
    unknown = client.get("/tracking/LH-11111", params={"postal_code": "53703"})
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.json() == unknown.json()


def test_a_change_of_mind_costs_the_label_and_the_goods_come_back(client: httpx.Client) -> None:
    quote = client.get(f"{MINE}/refund-quote", params={"reason": "unwanted"}).json()
    assert (quote["amount"], quote["label_cost"], quote["send_back"]) == ("101.05", "6.95", True)
    made = refund(client, MINE, amount="101.05", reason="unwanted").json()
    assert (made["status"], made["currency"]) == ("awaiting return", "USD")


def test_damage_reported_in_time_is_paid_back_at_once(client: httpx.Client) -> None:
    order = "/customers/c-1003/orders/LH-48477"
    quote = client.get(f"{order}/refund-quote", params={"reason": "damaged"}).json()
    assert (quote["amount"], quote["currency"], quote["send_back"]) == ("138.00", "EUR", False)
    assert refund(client, order, amount="138.00", reason="damaged").json()["status"] == "approved"


def test_european_shops_give_back_the_outward_journey(client: httpx.Client) -> None:
    order = "/customers/c-1003/orders/LH-48155"
    quote = client.get(f"{order}/refund-quote", params={"reason": "unwanted"}).json()
    assert quote["amount"] == "42.95"


@pytest.mark.parametrize(
    ("order", "reason", "status", "why"),
    [
        ("/customers/c-1002/orders/LH-46020", "faulty", 422, "return window"),
        ("/customers/c-1002/orders/LH-48301", "faulty", 409, "not been delivered"),
        ("/customers/c-1007/orders/LH-48260", "unwanted", 422, "engraved"),
        ("/customers/c-1009/orders/LH-48005", "faulty", 409, "refunded in full"),
        ("/customers/c-1009/orders/LH-48350", "faulty", 409, "cancelled"),
    ],
)
def test_a_refund_beyond_the_policy_is_refused(
    shop: Running, client: httpx.Client, order: str, reason: str, status: int, why: str
) -> None:
    before = shop.state()
    for answer in (
        client.get(f"{order}/refund-quote", params={"reason": reason}),
        refund(client, order, amount="5.00", reason=reason),
    ):
        assert answer.status_code == status
        assert why in detail(answer)
    assert shop.state() == before


@pytest.mark.parametrize("amount", ["101.06", "0", "0.00", "-3", "1e3", "abc", ""])
def test_no_more_than_the_policy_gives_is_refunded(client: httpx.Client, amount: str) -> None:
    assert refund(client, MINE, amount=amount, reason="unwanted").status_code == 422


def test_several_refunds_never_come_to_more_than_the_order(client: httpx.Client) -> None:
    assert refund(client, MINE, 1, amount="100.00", reason="faulty").status_code == 200
    assert refund(client, MINE, 2, amount="8.01", reason="faulty").status_code == 422
    assert refund(client, MINE, 3, amount="8.00", reason="faulty").status_code == 200
    assert refund(client, MINE, 4, amount="0.01", reason="faulty").status_code == 409


def test_a_refund_is_taken_back_until_it_is_paid(client: httpx.Client) -> None:
    made = refund(client, MINE, amount="50.00", reason="faulty").json()
    path = f"/customers/c-1001/refunds/{made['refund_id']}/cancellation"
    assert client.post(path, headers=key(2)).status_code == 200
    assert client.post(path, headers=key(3)).status_code == 409
    assert client.get(MINE).json()["refunded"] == "0.00"
    paid = client.post("/customers/c-1009/refunds/R-2/cancellation", headers=key(4))
    assert "paid already" in detail(paid)


def test_an_order_is_changed_in_its_first_two_hours(shop: Running, client: httpx.Client) -> None:
    path = "/customers/c-1001/orders/LH-48790/address"
    where = {"street": "7 Oak Road", "city": "Dayton, OH", "postal_code": "45403"}
    assert client.put(path, json=where, headers=key()).json()["subject"] == "LH-48790"
    address = shop.state()["addresses"]["LH-48790"]
    assert (address["street"], address["name"]) == ("7 Oak Road", "Mia Brandt")
    abroad = client.put(path, json={**where, "country": "FR"}, headers=key(2))
    assert "region" in detail(abroad)


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("/customers/c-1010/orders/LH-48781", "two hours"),
        ("/customers/c-1002/orders/LH-48301", "shipped"),
        (MINE, "delivered"),
    ],
)
def test_later_an_order_stays_as_it_is(client: httpx.Client, order: str, why: str) -> None:
    answer = client.post(f"{order}/cancellation", headers=key())
    assert answer.status_code == 409
    assert why in detail(answer)
    assert client.get(order).json()["changeable"] is False


def test_plus_is_put_on_hold_and_taken_up_again(shop: Running, client: httpx.Client) -> None:
    before = shop.state()["subscriptions"]["S-1001"]
    path = "/customers/c-1001/subscription"
    held = client.post(f"{path}/pause", json={"months": 2}, headers=key())
    assert held.json()["until"] == "2027-01-20"
    assert client.get(path).json()["status"] == "paused"
    assert client.post(f"{path}/resumption", headers=key(2)).status_code == 200
    assert shop.state()["subscriptions"]["S-1001"] == before


def test_a_cancelled_plan_runs_to_its_last_day(shop: Running, client: httpx.Client) -> None:
    path = "/customers/c-1002/subscription"
    would_end = client.get(path).json()["would_end"]
    ended = client.post(f"{path}/cancellation", headers=key()).json()
    assert ended["until"] == would_end == "2027-11-15"
    assert client.get(path).json()["status"] == "cancelled"
    assert client.post(f"{path}/resumption", headers=key(2)).status_code == 200
    assert client.get(path).json()["renews_on"] == "2027-11-15"


@pytest.mark.parametrize(
    ("customer", "what", "why"),
    [
        ("c-1004", "cancellation", "App Store"),
        ("c-1005", "cancellation", "Google Play"),
        ("c-1007", "cancellation", "no paid plan"),
        ("c-1009", "cancellation", "cancelled already"),
        ("c-1010", "offer", "can't have the offer"),
        ("c-1002", "offer", "can't have the offer"),
        ("c-1008", "offer", "paused"),
    ],
)
def test_a_plan_that_is_not_ours_to_change_is_left_alone(
    shop: Running, client: httpx.Client, customer: str, what: str, why: str
) -> None:
    before = shop.state()
    answer = client.post(f"/customers/{customer}/subscription/{what}", headers=key())
    assert answer.status_code in (409, 422)
    assert why in detail(answer)
    assert shop.state() == before


def test_only_plus_is_put_on_hold(client: httpx.Client) -> None:
    path = "/customers/c-1006/subscription/pause"
    assert client.post(path, json={"months": 1}, headers=key()).status_code == 422
    mine = "/customers/c-1001/subscription/pause"
    for months in (0, 4):
        assert client.post(mine, json={"months": months}, headers=key()).status_code == 422


def test_a_yearly_payment_is_paid_back_for_two_weeks(client: httpx.Client) -> None:
    plan: Callable[[str], Json] = lambda who: client.get(f"/customers/{who}/subscription").json()  # noqa: E731
    assert plan("c-1002")["refund_until"] == "2026-11-29"
    assert plan("c-1003")["refund_until"] is None
    assert plan("c-1001")["refund_until"] is None


def test_the_seed_is_laid_out_relative_to_the_time(shop: Running, client: httpx.Client) -> None:
    shop.reset(datetime(2030, 1, 8, 9, tzinfo=UTC))
    assert client.get("/customers/c-1001/orders/LH-48790").json()["changeable"] is True
    assert client.get(MINE).json()["returnable_until"] == "2030-01-30"
