"""Nothing is lost: whatever fails, a case arrives, in order, and as one."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from agent.outbox.courier import Courier
from agent.outbox.delivery import Delivery
from tests.agent.outbox.cases import CASE, Open, cases
from tests.agent.outbox.servers import Receiver


@pytest.mark.parametrize("fault", [500, 503, 429, 401, 404, "drop_before", "drop_after"])
def test_a_delivery_that_fails_is_tried_again_later(
    opened: Open, receiver: Receiver, fault: int | str
) -> None:
    office = opened(webhook_url=receiver.url)
    office.hand_over()
    receiver.faults = [fault]
    assert office.courier.deliver().postponed == 1
    assert office.courier.deliver().delivered == 0
    office.clock.forward(minutes=1)
    assert office.courier.deliver().delivered == 1
    ids = {item.headers["wellkept-delivery"] for item in receiver.received}
    assert len(ids) == 1


def test_a_receiver_that_asks_to_wait_is_left_alone(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url)
    office.hand_over()
    receiver.faults, receiver.retry_after = [429], "600"
    office.courier.deliver()
    office.clock.forward(minutes=9)
    assert office.courier.deliver().delivered == 0
    office.clock.forward(minutes=1)
    assert office.courier.deliver().delivered == 1


def test_waits_grow_and_end_with_giving_up_which_stays_to_be_seen(
    opened: Open, receiver: Receiver
) -> None:
    office = opened(webhook_url=receiver.url, max_hours=24)
    office.hand_over()
    receiver.faults = [500] * 200
    courier, waits = office.courier, []
    while (found := courier.queue.unfinished()[0]).given_up_at is None:
        assert found.next_at is not None
        waits.append(found.next_at - office.clock())
        office.clock.now = found.next_at
        courier.deliver()
    assert timedelta(hours=22) < office.clock() - CASE.created_at <= timedelta(hours=24)
    assert sum(waits[:4], timedelta()) < timedelta(minutes=3) < waits[-1] <= timedelta(hours=1.2)
    assert found.error == "the webhook: 500 (try later)"
    assert 20 < found.attempts < 60
    receiver.faults = []
    assert courier.deliver().delivered == 0
    assert courier.queue.again(office.clock()) == 1
    assert courier.deliver().delivered == 1


def test_what_waited_for_days_because_nothing_ran_is_not_given_up_at_once(
    opened: Open, receiver: Receiver
) -> None:
    office = opened(webhook_url=receiver.url, max_hours=1)
    office.hand_over()
    office.clock.forward(days=7)
    receiver.faults = [503]
    assert office.courier.deliver().postponed == 1
    office.clock.forward(hours=1)
    assert office.courier.deliver().delivered == 1


def test_what_comes_later_waits_for_what_comes_before(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url)
    office.hand_over()
    receiver.faults = [500]
    office.courier.deliver()
    office.add("t2", "more")
    assert office.courier.deliver().delivered == 0
    other = cases(3)[2]
    office.hand_over(other)
    assert office.courier.deliver().delivered == 1
    office.clock.forward(minutes=1)
    office.courier.deliver()
    told = [(item.json["handoff"]["id"], item.json["event"]) for item in receiver.received]
    assert told == [
        ("h2", "handoff.opened"),
        ("h1", "handoff.opened"),
        ("h1", "handoff.message"),
    ]


def test_a_bearer_that_dies_after_sending_is_followed_by_another_with_the_same_id(
    opened: Open, receiver: Receiver
) -> None:
    office = opened(webhook_url=receiver.url)
    office.hand_over()
    courier = office.courier
    claimed = courier.queue.claim(["webhook"], office.clock(), 60)
    assert claimed is not None
    courier._ways["webhook"].send(claimed)  # and here the process ends
    assert office.courier.deliver().delivered == 0
    office.clock.forward(seconds=61)
    assert office.courier.deliver().delivered == 1
    ids = [item.headers["wellkept-delivery"] for item in receiver.received]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_several_couriers_bring_everything_once(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url)
    for case in cases(12):
        office.hand_over(case)
        office.add(f"more-{case.id}", "more", case)
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: office.courier.deliver().delivered, range(4)))
    assert sum(rounds) == 24
    ids = [item.headers["wellkept-delivery"] for item in receiver.received]
    assert len(set(ids)) == len(ids) == 24


def test_ways_fail_apart(opened: Open, receiver: Receiver) -> None:
    smtp = "smtp://127.0.0.1:1"
    office = opened(
        webhook_url=receiver.url, smtp_url=smtp, email_to={"*": "a@b.example"}, timeout_s=1
    )
    office.hand_over()
    done = office.courier.deliver()
    assert (done.delivered, done.postponed) == (1, 1)
    (left,) = office.courier.queue.unfinished()
    assert left.way == "email"


def test_a_way_that_breaks_in_an_unforeseen_manner_loses_nothing(opened: Open) -> None:
    class Broken:
        def send(self, delivery: Delivery) -> str:
            raise RuntimeError(f"a secret of {delivery.id}")

    office = opened(webhook_url="http://127.0.0.1:1")
    office.hand_over()
    courier = Courier(office.database, office.settings, office.clock, {"webhook": Broken()})
    logging.getLogger("wellkept.outbox").disabled = True
    try:
        assert courier.deliver().postponed == 1
    finally:
        logging.getLogger("wellkept.outbox").disabled = False
    (left,) = courier.queue.unfinished()
    assert left.error == "RuntimeError"


def test_no_error_and_no_log_shows_a_secret(
    opened: Open, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    office = opened(
        webhook_url=f"{receiver.url}/hook-s3cr3t",
        webhook_secret="s3cr3t-key",
        smtp_url="smtp://user:s3cr3t@127.0.0.1:1",
        email_to={"*": "a@b.example"},
        timeout_s=1,
    )
    office.hand_over()
    receiver.faults = ["drop_before"]
    with caplog.at_level(logging.DEBUG, "wellkept"):
        office.courier.deliver()
    errors = [item.error for item in office.courier.queue.unfinished()]
    assert len(errors) == 2
    assert "s3cr3t" not in f"{errors} {[item.getMessage() for item in caplog.records]}"


def test_without_ways_nothing_is_queued(opened: Open) -> None:
    office = opened()
    office.hand_over()
    assert office.courier.queue.unfinished() == []
    assert not office.courier.has_ways
