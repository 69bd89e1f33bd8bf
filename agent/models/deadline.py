"""How long a reply may take, watched where the bytes come in.

A read time-out alone is not enough: an endpoint that sends a sign of life every few seconds, and
no words, would keep a customer waiting for ever.
"""

from collections.abc import Callable, Iterator
from threading import local
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


class Deadline:
    """`first_s` until the first words, `whole_s` until the last; both from now on."""

    def __init__(
        self, first_s: float, whole_s: float, now: Callable[[], float] = monotonic
    ) -> None:
        self._now, self._began = now, now()
        self._first_s, self._whole_s = min(first_s, whole_s), whole_s
        self._begun = False

    def words_came(self) -> None:
        """From here on the whole counts."""
        self._begun = True

    def left_s(self) -> float:
        """Seconds left for what is waited for now; not below 0."""
        limit = self._whole_s if self._begun else self._first_s
        return max(0.0, self._began + limit - self._now())

    def renewed(self) -> "Deadline":
        """For another endpoint: the wait for the first words begins anew, the whole goes on."""
        spent = self._now() - self._began
        return Deadline(self._first_s, max(0.0, self._whole_s - spent), self._now)

    @property
    def passed(self) -> bool:
        return self.left_s() == 0.0


class Watched(local):
    """The deadline of the call that this thread makes."""

    deadline: Deadline | None = None


def watching_client(watched: Watched) -> "httpx.Client":
    """A client whose replies end with `httpx.ReadTimeout` when the deadline of their call has
    passed, whatever trickles in."""
    import httpx

    class Bounded(httpx.SyncByteStream):
        def __init__(self, inner: httpx.SyncByteStream, deadline: Deadline) -> None:
            self._inner, self._deadline = inner, deadline

        def __iter__(self) -> Iterator[bytes]:
            for chunk in self._inner:
                if self._deadline.passed:
                    raise httpx.ReadTimeout("the reply took too long")
                yield chunk

        def close(self) -> None:
            self._inner.close()

    def bound(response: httpx.Response) -> None:
        stream = response.stream
        if watched.deadline and isinstance(stream, httpx.SyncByteStream):
            response.stream = Bounded(stream, watched.deadline)

    return httpx.Client(event_hooks={"response": [bound]}, follow_redirects=False)
