"""`POST /v1/chat` as a stream over real HTTP, with a language model behind it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import perf_counter, sleep

import httpx
import pytest
import uvicorn

from agent.agent import Agent
from agent.state import State
from agent.types import Message, Turn
from tests.agent.fakes import MemoryConversations
from tests.agent.models.center import agent_with, by_prompt
from tests.api.conftest import Releases, app_on
from tests.openai_server import Reply, Slowly

QUESTION = {"message": "Are yearly plans refunded?"}
EVENTS = {"Accept": "text/event-stream"}
YEARLY = "Yearly plans are refunded within 30 days of the payment."
MONTHLY = "Monthly plans are not refunded."


class Modelled(Releases):
    """One release, whose agent is given."""

    def __init__(self, agent: Agent) -> None:
        super().__init__()
        self._agent = agent

    def open(self, release_id: str) -> Agent:
        return self._agent


class Kept(MemoryConversations):
    """Tells what was recorded, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[str] = []

    def record(
        self, message: Message, turn: Turn, state: State | None = None, expected: int | None = None
    ) -> None:
        super().record(message, turn, state, expected)
        self.questions.append(turn.question)


@contextmanager
def served(reply: Reply) -> Iterator[tuple[httpx.Client, Kept]]:
    """The app on a free port; the agent's model always replies so."""
    kept = Kept()
    with agent_with(by_prompt(write=reply), conversations=kept) as (agent, _):
        config = uvicorn.Config(app_on(Modelled(agent)), port=0, log_level="error", ws="none")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run)
        thread.start()
        while not server.started:
            sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                yield client, kept
        finally:
            server.should_exit = True
            thread.join()


def events(client: httpx.Client) -> Iterator[tuple[str, dict[str, object], float]]:
    """Each event with the seconds until it came."""
    began = perf_counter()
    with client.stream("POST", "/v1/chat", json=QUESTION, headers=EVENTS) as response:
        name = ""
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield name, json.loads(line.removeprefix("data: ")), perf_counter() - began


def streamed(reply: Reply) -> list[tuple[str, dict[str, object]]]:
    with served(reply) as (client, _):
        return [(name, data) for name, data, _ in events(client)]


def test_the_pieces_are_the_turns_text() -> None:
    *pieces, (last, turn) = streamed(f"{YEARLY} [1] {MONTHLY} [1]")
    assert {name for name, _ in pieces} == {"text"}
    assert last == "turn"
    assert "".join(str(data["text"]) for _, data in pieces) == turn["text"]
    assert turn["text"] == f"{YEARLY} {MONTHLY}"


def test_what_is_struck_is_never_sent() -> None:
    received = streamed(f"{YEARLY} [1] Refunds cost a fortune. [1] {MONTHLY} [1]")
    assert "fortune" not in json.dumps(received)
    assert str(received[-1][1]["text"]).endswith(MONTHLY)


def test_a_text_that_takes_the_place_of_what_was_sent_is_announced() -> None:
    received = streamed(Slowly([f"{MONTHLY} [1] ", "Yearly plans"], drop=True))
    assert [name for name, _ in received] == ["text", "replace", "turn"]
    assert received[0][1]["text"] == MONTHLY
    assert received[1][1]["text"] == received[2][1]["text"] != MONTHLY


def test_a_sentence_is_sent_while_the_model_still_writes() -> None:
    with served(Slowly([f"{YEARLY} [1] ", "Monthly ", "plans."], between_s=0.4)) as (client, _):
        times = [(name, at) for name, _, at in events(client)]
    first = next(at for name, at in times if name == "text")
    assert times[-1][0] == "turn"
    assert times[-1][1] - first > 0.25


def test_a_turn_is_made_and_recorded_when_the_client_goes_away() -> None:
    reply = Slowly([f"{YEARLY} [1] ", f"{MONTHLY} [1] ", "So"], between_s=0.4)
    with served(reply) as (client, kept):
        with client.stream("POST", "/v1/chat", json=QUESTION, headers=EVENTS) as response:
            next(response.iter_lines())
        assert kept.questions == []
        sleep(1.2)
        assert kept.questions == [QUESTION["message"]]


@pytest.mark.parametrize("secret", ["spent", "struck", "attempts"])
def test_what_is_for_operators_is_not_sent_to_customers(secret: str) -> None:
    assert secret not in streamed(f"{YEARLY} [1]")[-1][1]
