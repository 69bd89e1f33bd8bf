"""Messages of one conversation are taken one after the other."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turnstile:
    """A lock for each name that somebody holds or waits for."""

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._wanted: Counter[str] = Counter()
        self._own = Lock()

    @contextmanager
    def pass_one(self, name: str) -> Iterator[None]:
        """Waits until nobody else is inside under this name."""
        with self._own:
            lock = self._locks.setdefault(name, Lock())
            self._wanted[name] += 1
        try:
            with lock:
                yield
        finally:
            with self._own:
                self._wanted[name] -= 1
                if not self._wanted[name]:
                    del self._wanted[name], self._locks[name]
