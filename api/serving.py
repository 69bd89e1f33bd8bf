"""The agent of the live release: loaded beside the requests, swapped when another goes live."""

import asyncio
import logging
from collections.abc import Callable
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
    agent. Both block, and are called on threads.
    """

    def __init__(
        self, live_id: Callable[[], str | None], open_agent: Callable[[str], Agent]
    ) -> None:
        self._live_id = live_id
        self._open_agent = open_agent
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
                _log.info("serving release %s", live)
        except WellkeptError as error:
            self._failure = error
            _log.warning("the live release was not loaded: %s", error)
        except Exception:  # noqa: BLE001 whatever it is, the process goes on and says so
            self._failure = NotReady("the live release could not be loaded; the log says why")
            _log.exception("the live release was not loaded")
