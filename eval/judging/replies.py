"""What a judge said, kept by what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256

from pydantic import BaseModel, ValidationError

from eval.judging.pin import JudgePin
from kb.ports import Cache


class Replies:
    """Replies of one judge, between runs. Only what was said well is ever put in. `asked` and
    `recalled` count."""

    def __init__(self, pin: JudgePin, cache: Cache | None) -> None:
        self._kind, self._cache = f"judge:{pin.key}", cache
        self._apart: dict[str, bytes] | None = None
        self.asked = 0
        self.recalled = 0

    def recall(self, prompt: str, shape: type[BaseModel]) -> BaseModel | None:
        """What was said to the same prompt, when the same shape was wanted."""
        key = _key(prompt, shape)
        kept = self._get(key)
        try:
            reply = None if kept is None else shape.model_validate_json(kept)
        except ValidationError:
            reply = None
        self.recalled += reply is not None
        self.asked += reply is None
        return reply

    def keep(self, prompt: str, shape: type[BaseModel], reply: BaseModel) -> None:
        """For the next time."""
        key, value = _key(prompt, shape), reply.model_dump_json().encode()
        if self._apart is not None:
            self._apart[key] = value
        elif self._cache:
            self._cache.put(self._kind, {key: value})

    @contextmanager
    def set_apart(self) -> Iterator[None]:
        """Within, nothing counts that was said before, and what is said counts within alone: so
        is a judge found that has changed since."""
        self._apart = {}
        try:
            yield
        finally:
            self._apart = None

    def _get(self, key: str) -> bytes | None:
        if self._apart is not None:
            return self._apart.get(key)
        return self._cache.get(self._kind, [key]).get(key) if self._cache else None


def _key(prompt: str, shape: type[BaseModel]) -> str:
    return sha256(f"{_wanted(shape)}\n{prompt}".encode()).hexdigest()


@lru_cache(maxsize=64)
def _wanted(shape: type[BaseModel]) -> str:
    return f"{shape.__name__}\n{json.dumps(shape.model_json_schema(), sort_keys=True)}"
