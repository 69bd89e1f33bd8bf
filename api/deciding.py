"""Looks at the running canary beside the requests, and does what its rule says."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from kb.errors import Transient

_log = logging.getLogger("wellkept.api")

LOOK_EVERY_S = 30.0


class Deciding:
    """Calls `decide` again and again until it is stopped. Several servers may do so on one
    database."""

    def __init__(self, decide: Callable[[], object], every_s: float = LOOK_EVERY_S) -> None:
        self._decide = decide
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    def start(self) -> None:
        self._task = asyncio.create_task(self._go())

    async def stop(self) -> None:
        """Waits for the look that is under way."""
        self._stopped.set()
        if self._task is not None:
            await self._task

    async def _go(self) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._every_s)
                return
            try:
                await asyncio.to_thread(self._decide)
            except Transient as error:
                _log.info("the canary waits: %s", error)
            except Exception:  # noqa: BLE001 whatever it is, the next look may do better
                _log.exception("the canary could not be looked at")
