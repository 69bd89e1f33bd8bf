"""Brings cases to people beside the requests."""

import asyncio
import logging
from contextlib import suppress

from agent.outbox.courier import Courier
from kb.errors import WellkeptError

_log = logging.getLogger("wellkept.api")

LOOK_EVERY_S = 2.0


class Delivering:
    """Looks into the outbox again and again until it is stopped. Several servers may do so on
    one database."""

    def __init__(self, courier: Courier, every_s: float = LOOK_EVERY_S) -> None:
        self._courier = courier
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    def start(self) -> None:
        if self._courier.has_ways:
            self._task = asyncio.create_task(self._go())

    async def stop(self) -> None:
        """Waits for what is being delivered; the rest stays in the outbox."""
        self._stopped.set()
        if self._task is not None:
            await self._task

    async def _go(self) -> None:
        while not self._stopped.is_set():
            try:
                await asyncio.to_thread(self._courier.deliver, self._stopped.is_set)
            except WellkeptError as error:
                _log.warning("the outbox could not be looked into: %s", error)
            except Exception:  # noqa: BLE001 whatever it is, the next look may do better
                _log.exception("the outbox could not be looked into")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._every_s)
