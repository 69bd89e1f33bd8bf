"""The agent follows the live release."""

import asyncio
import threading
import time

import pytest

from agent.agent import Agent
from api import serving
from api.problems import NotReady
from api.serving import Following, LiveAgent
from tests.agent.center import agent_on
from tests.api.conftest import Releases


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY_S", 0.0)


def test_another_release_is_served_once_it_is_loaded() -> None:
    releases = Releases("r1")

    async def follow() -> list[str]:
        live = LiveAgent(releases.live_id, releases.open)
        served = [(await live.agent()).release.id]
        releases.live = "r2"
        while served[-1] != "r2":
            await asyncio.sleep(0.005)
            served.append((await live.agent()).release.id)
        await live.stop()
        return served

    served = asyncio.run(asyncio.wait_for(follow(), 10))
    assert served[0] == "r1"
    assert set(served) == {"r1", "r2"}
    assert releases.opened == ["r1", "r2"]


def test_the_old_release_answers_while_the_new_one_loads() -> None:
    releases = Releases("r1")
    gate = threading.Event()

    def slowly(release_id: str) -> Agent:
        if release_id == "r2":
            gate.wait(10)
        return agent_on(release=release_id)

    async def follow() -> tuple[str, str]:
        live = LiveAgent(releases.live_id, slowly)
        await live.agent()
        releases.live = "r2"
        before = time.monotonic()
        while time.monotonic() - before < 0.1:
            during = (await live.agent()).release.id
            await asyncio.sleep(0.005)
        gate.set()
        await live.stop()
        return during, live.ready().release.id

    assert asyncio.run(follow()) == ("r1", "r2")


def test_a_release_that_goes_live_is_loaded_before_anybody_asks() -> None:
    releases = Releases("r1")

    async def follow() -> None:
        following = Following([LiveAgent(releases.live_id, releases.open)], every_s=0.005)
        following.start()
        while releases.opened != ["r1"]:
            await asyncio.sleep(0.005)
        releases.live = "r2"
        while releases.opened != ["r1", "r2"]:
            await asyncio.sleep(0.005)
        await following.stop()

    asyncio.run(asyncio.wait_for(follow(), 10))


def test_requests_wait_for_the_first_load() -> None:
    def slowly(release_id: str) -> Agent:
        time.sleep(0.2)
        return agent_on(release=release_id)

    async def wait() -> list[str]:
        live = LiveAgent(lambda: "r1", slowly)
        live.start()
        with pytest.raises(NotReady):
            live.ready()
        return [agent.release.id for agent in await asyncio.gather(live.agent(), live.agent())]

    assert asyncio.run(wait()) == ["r1", "r1"]


def test_a_release_that_fails_to_load_is_tried_again() -> None:
    releases = Releases("r1")
    releases.fault = RuntimeError("the disk is on fire")

    async def recover() -> str:
        live = LiveAgent(releases.live_id, releases.open)
        with pytest.raises(NotReady, match="log says why"):
            await live.agent()
        releases.fault = None
        while True:
            try:
                return (await live.agent()).release.id
            except NotReady:
                await asyncio.sleep(0.005)

    assert asyncio.run(asyncio.wait_for(recover(), 10)) == "r1"
