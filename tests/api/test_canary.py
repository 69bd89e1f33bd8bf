"""Two releases behind one server: who gets which, and what happens when one fails."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from agent.agent import Agent
from agent.canary.canary import Canary, CanaryStatus
from agent.types import Message, Turn
from api import deciding, serving
from api.deciding import Deciding
from kb.errors import Transient
from kb.settings import CanarySettings
from tests.api.conftest import Releases, Serve

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CANARY = Canary("c1", "r2", "r1", CanarySettings(share=0.5), NOW)
QUESTION = "How do I download an invoice?"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY_S", 0.0)


@pytest.fixture
def client(serve: Serve, releases: Releases) -> TestClient:
    """A server on which the canary's candidate is loaded."""
    releases.canaries.start(CANARY)
    client = serve()
    await_candidate(client, "r2")
    return client


def await_candidate(client: TestClient, release: str | None) -> None:
    for _ in range(500):
        ready = client.get("/readyz").json()
        if ready.get("release") and ready.get("candidate") == release:
            return
        time.sleep(0.01)
    raise AssertionError(ready)


def ask(client: TestClient, customer: str = "", conversation: str | None = None) -> str:
    """The id of the conversation."""
    body: dict[str, object] = {"message": QUESTION, "conversation_id": conversation}
    if customer:
        body["customer"] = {"id": customer}
    reply = client.post("/v1/chat", json=body)
    assert reply.status_code == 200, reply.text
    conversation_id: str = reply.json()["conversation_id"]
    return conversation_id


def releases_of(releases: Releases, conversation: str) -> Sequence[str | None]:
    found = releases.conversations.get(conversation)
    return [turn.release_id for turn in found.turns] if found else []


def drawn(*, candidate: bool) -> str:
    """A customer who gets the candidate, or does not."""
    return next(
        name for name in map(str, range(99)) if CANARY.draws(f"claimed:id:{name}") is candidate
    )


def test_a_customer_gets_the_same_release_in_every_conversation(
    client: TestClient, releases: Releases
) -> None:
    got = {
        customer: {releases_of(releases, ask(client, customer))[0] for _ in range(3)}
        for customer in map(str, range(30))
    }
    assert all(len(found) == 1 for found in got.values())
    assert {name for name, found in got.items() if found == {"r2"}} == {
        name for name in got if CANARY.draws(f"claimed:id:{name}")
    }


def test_a_conversation_stays_with_its_release_when_the_customer_becomes_known(
    client: TestClient, releases: Releases
) -> None:
    for candidate, release in ((True, "r2"), (False, "r1")):
        conversation = ask(client, drawn(candidate=candidate))
        ask(client, drawn(candidate=not candidate), conversation)
        assert releases_of(releases, conversation) == [release, release]


@pytest.mark.parametrize("ending", ["withdrawn", "promoted", "another release goes live"])
def test_the_next_turn_goes_on_with_what_is_live_without_a_restart(
    client: TestClient, releases: Releases, ending: str
) -> None:
    conversation = ask(client, drawn(candidate=True))
    if ending == "withdrawn":
        releases.canaries.end("c1", CanaryStatus.WITHDRAWN, "worse", NOW)
    else:
        releases.live = "r2" if ending == "promoted" else "r3"
    await_candidate(client, None)
    while client.get("/readyz").json()["release"] != releases.live:
        time.sleep(0.01)
    ask(client, "", conversation)
    assert releases_of(releases, conversation) == ["r2", releases.live]


@pytest.fixture
def failed(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Release and conversation of each turn that was kept as failed."""
    found: list[tuple[str, str]] = []
    keep = releases.canaries.fail

    def fail(release: str, conversation: str, error: str, at: datetime) -> None:
        found.append((release, conversation))
        keep(release, conversation, error, at)

    monkeypatch.setattr(releases.canaries, "fail", fail)
    return found


class Broken(Agent):
    """An agent that makes no turn."""

    def respond(self, message: Message, say: object = None) -> Turn:
        raise RuntimeError("the candidate is broken")


def broken(agent: Agent) -> Agent:
    agent.__class__ = Broken
    return agent


def test_the_live_release_answers_where_the_candidate_fails(
    serve: Serve,
    releases: Releases,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[tuple[str, str]],
) -> None:
    opened = releases.open
    monkeypatch.setattr(
        releases, "open", lambda name: broken(opened(name)) if name == "r2" else opened(name)
    )
    releases.canaries.start(CANARY)
    client = serve()
    await_candidate(client, "r2")
    conversation = ask(client, drawn(candidate=True))
    assert releases_of(releases, conversation) == ["r1"]
    assert failed == [("r2", conversation)]
    streamed = client.post(
        "/v1/chat",
        json={"message": QUESTION, "customer": {"id": drawn(candidate=True)}},
        headers={"Accept": "text/event-stream"},
    )
    assert "event: turn" in streamed.text


def test_a_message_that_nobody_can_take_is_not_held_against_the_candidate(
    client: TestClient, failed: list[tuple[str, str]]
) -> None:
    for body in ({"message": "   "}, {"message": QUESTION, "conversation_id": "unknown"}):
        reply = client.post("/v1/chat", json={**body, "customer": {"id": drawn(candidate=True)}})
        assert reply.status_code in (404, 422)
    assert failed == []


def test_a_candidate_that_can_not_be_loaded_leaves_everybody_with_the_live_release(
    serve: Serve,
    releases: Releases,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[tuple[str, str]],
) -> None:
    opened = releases.open

    def open_one(name: str) -> Agent:
        if name == "r2":
            raise RuntimeError("its index is gone")
        return opened(name)

    monkeypatch.setattr(releases, "open", open_one)
    releases.canaries.start(CANARY)
    client = serve()
    conversation = ask(client, drawn(candidate=True))
    assert releases_of(releases, conversation) == ["r1"]
    assert failed
    assert set(failed) == {("r2", "")}


def test_the_rule_is_asked_again_and_again_whatever_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deciding, "LOOK_EVERY_S", 0.0)
    asked: list[Exception] = [Transient("another run holds the home"), RuntimeError("no")]
    looked = 0

    def decide() -> None:
        nonlocal looked
        looked += 1
        if looked <= len(asked):
            raise asked[looked - 1]

    async def go() -> None:
        going = Deciding(decide, every_s=0.001)
        going.start()
        while looked < 4:
            await asyncio.sleep(0.001)
        await going.stop()

    asyncio.run(asyncio.wait_for(go(), 10))
    assert looked >= 4


def test_a_canary_of_another_live_release_serves_nobody(serve: Serve, releases: Releases) -> None:
    releases.canaries.start(replace(CANARY, live_id="r0"))
    client = serve()
    conversation = ask(client, drawn(candidate=True))
    assert releases_of(releases, conversation) == ["r1"]
    assert releases.opened == ["r1"]
