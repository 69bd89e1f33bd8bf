"""Keeps a dead endpoint from costing every turn its time-out."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

# After so many calls in a row that failed, none is made for a while, which doubles up to a limit.
_FAILURES = 2
_FIRST_S, _LONGEST_S = 15.0, 300.0


class Breaker:
    """Closed while calls succeed. Open: no call is made. After the pause one call is tried; the
    others wait for what becomes of it. Safe to use from several threads."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._lock = now, Lock()
        self._failures = 0
        self._pause_s = _FIRST_S
        self._until = 0.0

    def allows(self) -> bool:
        """Whether a call may be made now. The one that is tried after a pause counts as failed
        until `worked` says otherwise."""
        with self._lock:
            if self._now() < self._until:
                return False
            if self._failures >= _FAILURES:
                self._until = self._now() + self._pause_s
            return True

    def worked(self) -> None:
        with self._lock:
            self._failures, self._pause_s, self._until = 0, _FIRST_S, 0.0

    def failed(self, pause_s: float | None = None) -> None:
        """Counts a failed call; `pause_s` is what the endpoint itself asked for."""
        with self._lock:
            self._failures += 1
            if self._failures > _FAILURES:
                self._pause_s = min(_LONGEST_S, 2 * self._pause_s)
            if self._failures >= _FAILURES:
                self._until = self._now() + self._pause_s
            if pause_s:
                self._until = max(self._until, self._now() + min(pause_s, _LONGEST_S))
