"""Text on its way from the thread that makes a turn to the client that waits for it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias

Say: TypeAlias = Callable[[str], None]


class Pieces:
    """Iterates over what `say` was given, until `end`. Made in the event loop; `say` is called
    from a thread, and does nothing when nobody listens any more. `said` is all that came out."""

    def __init__(self) -> None:
        self.said = ""
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()

    def say(self, piece: str) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._queue.put_nowait, piece)

    def end(self, _: object) -> None:
        """Called in the event loop, when there is nothing more to come."""
        self._queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[str]:
        while (piece := await self._queue.get()) is not None:
            self.said += piece
            yield piece
