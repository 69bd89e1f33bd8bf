"""Cases as tickets, on a server that speaks as far as is needed."""

from dataclasses import replace
from typing import Any

import pytest

from tests.agent.outbox.cases import CASE, Office, Open
from tests.agent.outbox.servers import FakeZendesk


def settings(zendesk: FakeZendesk) -> dict[str, Any]:
    return {"zendesk_url": zendesk.url, "zendesk_email": "me@x.org", "zendesk_token": "t0k"}


def until_done(office: Office) -> None:
    for _ in range(20):
        office.courier.deliver()
        office.clock.forward(hours=1)


def test_a_case_becomes_a_ticket_for_the_teams_group(opened: Open, zendesk: FakeZendesk) -> None:
    office = opened(**settings(zendesk))
    office.hand_over(replace(CASE, email="zoe@example.com"))
    assert office.courier.deliver().delivered == 1
    (ticket,) = zendesk.tickets
    assert ticket["external_id"] == "h1"
    assert ticket["subject"] == "[payment_dispute] I was charged twice"
    assert ticket["group_id"] == 77
    assert ticket["requester"]["email"] == "zoe@example.com"
    assert ticket["tags"] == ["billing", "payment_dispute", "wellkept"]
    assert ticket["priority"] == "high"
    assert ticket["comment"]["public"] is False
    assert "Customer: <b>charged</b> twice" in ticket["comment"]["body"]
    assert "find_order(order = LH-1) → not found" in ticket["comment"]["body"]


def test_without_an_address_there_is_no_requester(opened: Open, zendesk: FakeZendesk) -> None:
    office = opened(**settings(zendesk))
    office.hand_over(replace(CASE, team="nobody"))
    office.courier.deliver()
    (ticket,) = zendesk.tickets
    assert "requester" not in ticket
    assert "group_id" not in ticket


def test_what_the_customer_adds_is_a_comment_on_the_ticket(
    opened: Open, zendesk: FakeZendesk
) -> None:
    office = opened(**settings(zendesk))
    office.hand_over()
    office.add("t2", "It was 59 euros")
    office.courier.deliver()
    ((number, body),) = zendesk.comments
    assert number == "1000"
    assert body.startswith("The customer added\nIt was 59 euros")


@pytest.mark.parametrize("fault", [503, "drop_before", "drop_after"])
@pytest.mark.parametrize("at", range(6))
def test_whatever_breaks_there_is_one_ticket_and_one_comment(
    opened: Open, zendesk: FakeZendesk, fault: int | str, at: int
) -> None:
    office = opened(**settings(zendesk))
    office.hand_over()
    office.add("t2", "It was 59 euros")
    zendesk.faults = [*["none"] * at, fault]
    until_done(office)
    assert len(zendesk.tickets) == 1
    assert len(zendesk.comments) == 1
    assert office.courier.queue.unfinished() == []
