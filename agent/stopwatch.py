"""How long each stage of a turn took."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

STAGES = ("screen", "retrieve", "decide", "write")


class Stopwatch:
    """Milliseconds by stage; a stage that a turn did not reach is absent."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._spent: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self._spent[name] = self._spent.get(name, 0.0) + perf_counter() - began

    def timings_ms(self) -> dict[str, float]:
        """Stages in order, then `total`, which holds everything since the turn began."""
        spent = {name: self._spent[name] for name in STAGES if name in self._spent}
        spent["total"] = perf_counter() - self._began
        return {name: round(seconds * 1000, 3) for name, seconds in spent.items()}
