"""The agent of the live release: loaded beside the requests, swapped when another goes live."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

from agent.agent import Agent
from api.problems import NotReady
from kb.errors import WellkeptError

_log = logging.getLogger("wellkept.api")

LOOK_EVERY_S = 1.0
LONGEST_WAIT_S = 60.0
NOTHING_LIVE = "nothing is live yet; run `wellkept release PATH` first"


class LiveAgent:
    """Follows the live release. Requests in flight keep the agent that they began with.

    `live_id` says cheaply which release is live, None before the first; `open_agent` makes its
    agent. Both block, and are called on threads. `name` is what logs call it.
    """

    def __init__(
        self,
        live_id: Callable[[], str | None],
        open_agent: Callable[[str], Agent],
        name: str = "live release",
    ) -> None:
        self._live_id = live_id
        self._open_agent = open_agent
        self._name = name
        self._agent: Agent | None = None
        self._looked_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None
        self._failure: WellkeptError = NotReady("the release is being loaded; try again soon")

    def start(self) -> None:
        """Begins to load, without waiting for it."""
        if self._looking is None or self._looking.done():
            self._looked_at = monotonic()
            self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        if self._looking is not None:
            await asyncio.wait([self._looking])

    async def agent(self) -> Agent:
        """The live release's agent, waited for while it is first loaded. Raises `NotReady` when
        nothing is live, or what kept it from loading."""
        self._follow()
        if self._agent is None and self._looking is not None:
            await asyncio.wait([self._looking], timeout=LONGEST_WAIT_S)
        return self.ready()

    def loaded(self) -> Agent | None:
        """The agent if it is loaded."""
        self._follow()
        return self._agent

    def ready(self) -> Agent:
        """The agent if it is loaded; raises as `agent` does."""
        self._follow()
        if self._agent is None:
            raise self._failure
        return self._agent

    def _follow(self) -> None:
        if monotonic() - self._looked_at >= LOOK_EVERY_S:
            self.start()

    async def _look(self) -> None:
        try:
            live = await asyncio.to_thread(self._live_id)
            if live is None:
                self._agent, self._failure = None, NotReady(NOTHING_LIVE)
            elif self._agent is None or self._agent.release.id != live:
                self._agent = await asyncio.to_thread(self._open_agent, live)
                _log.info("serving release %s (%s)", live, self._name)
        except WellkeptError as error:
            self._failure = error
            _log.warning("the %s was not loaded: %s", self._name, error)
        except Exception:  # noqa: BLE001 whatever it is, the process goes on and says so
            self._failure = NotReady(f"the {self._name} could not be loaded; the log says why")
            _log.exception("the %s was not loaded", self._name)


class Following:
    """Looks again and again which releases are to be served, so that a change holds for the next
    message, however long ago the last one came."""

    def __init__(self, agents: Sequence[LiveAgent], every_s: float = LOOK_EVERY_S) -> None:
        self._agents = agents
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    def start(self) -> None:
        for agent in self._agents:
            agent.start()
        self._task = asyncio.create_task(self._go())

    async def stop(self) -> None:
        """Waits for what is being loaded."""
        self._stopped.set()
        if self._task is not None:
            await self._task
        for agent in self._agents:
            await agent.stop()

    async def _go(self) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._every_s)
            for agent in self._agents:
                agent.loaded()
