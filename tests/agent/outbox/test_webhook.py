"""Cases as signed JSON, over real HTTP."""

import hmac
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from agent.outbox.webhook import signature
from tests.agent.outbox.cases import Open
from tests.agent.outbox.servers import Receiver

SECRET = "whsec-0123456789"
DOCS = Path(__file__).parents[3] / "docs" / "handover.md"


def test_a_case_arrives_once_as_json_with_all_that_a_person_needs(
    opened: Open, receiver: Receiver
) -> None:
    office = opened(webhook_url=f"{receiver.url}/cases?team=1")
    office.hand_over()
    assert office.courier.deliver().delivered == 1
    assert office.courier.deliver().delivered == 0
    (arrived,) = receiver.received
    assert arrived.path == "/cases?team=1"
    body = arrived.json
    assert (body["event"], body["id"]) == ("handoff.opened", arrived.headers["wellkept-delivery"])
    case = body["handoff"]
    assert case["summary"] == "Zoë was charged twice."
    assert case["tried"][0]["status"] == "not_found"
    assert case["evidence"][0]["url"] == "https://help.example/a"
    assert {"wish", "values", "sentiment", "transcript", "draft", "expected", "team"} <= set(case)


def test_the_signature_is_over_timestamp_and_body(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url, webhook_secret=SECRET)
    office.hand_over()
    office.courier.deliver()
    (arrived,) = receiver.received
    stamp = arrived.headers["wellkept-timestamp"]
    signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + arrived.body, sha256).hexdigest()
    assert arrived.headers["wellkept-signature"] == f"v1={signed}"


def test_the_snippet_of_the_docs_accepts_what_is_sent_and_nothing_else() -> None:
    (code,) = re.findall(r"```python\n(import hmac.*?)```", DOCS.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    verify = names["verify"]
    body, now = b'{"id": 1}', 1_800_000_000
    good = f"v1={signature(SECRET, str(now), body)}"
    assert verify(SECRET, str(now), good, body, now=now + 60)
    assert not verify(SECRET, str(now), good, body, now=now + 301)
    assert not verify(SECRET, str(now + 1), good, body, now=now)
    assert not verify(SECRET, str(now), good, b'{"id": 2}', now=now)
    assert not verify("another", str(now), good, body, now=now)
    assert not verify(SECRET, "soon", good, body, now=now)


def test_what_the_customer_adds_follows_in_order(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url)
    office.hand_over()
    office.add("t2", "It was 59 euros")
    office.add("t3", "on Monday")
    assert office.courier.deliver().delivered == 3
    told = [(item.json["event"], item.json["message"]) for item in receiver.received]
    assert told == [
        ("handoff.opened", ""),
        ("handoff.message", "It was 59 euros"),
        ("handoff.message", "on Monday"),
    ]
    last = receiver.received[-1].json["handoff"]["transcript"]
    assert last[-2:] == [["customer", "It was 59 euros"], ["customer", "on Monday"]]


def test_a_redirect_is_not_followed(opened: Open, receiver: Receiver) -> None:
    office = opened(webhook_url=receiver.url)
    receiver.faults = [302]
    office.hand_over()
    assert office.courier.deliver().postponed == 1
    assert receiver.received == []
