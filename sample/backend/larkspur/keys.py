"""Idempotency keys: a write takes place once, however often it is asked for."""

import json
from collections.abc import Callable, Mapping

from pydantic import BaseModel

from larkspur.refusals import Missing, Refused
from larkspur.storage import Row, Storage


def once(
    storage: Storage,
    operation: str,
    key: str,
    request: Mapping[str, object],
    act: Callable[[], BaseModel],
) -> Row:
    """What `act` answered for this key, now or the first time, as JSON has it. The write and the
    memory of it are one transaction. A refusal is not kept: nothing took place. Raises `Refused`
    when the key has come with another request."""
    asked = json.dumps([operation, dict(request)], sort_keys=True, default=str)
    with storage.transaction():
        kept = storage.get("kept", key)
        if kept is None:
            answer = act().model_dump(mode="json")
            row = {
                "id": key,
                "operation": operation,
                "request": asked,
                "answer": json.dumps(answer),
            }
            storage.add("kept", row)
            return answer
        if kept["request"] != asked:
            raise Refused("this Idempotency-Key has been used for another request")
        return _answer(kept)


def answered(storage: Storage, operations: tuple[str, ...], key: str, what: str) -> Row:
    """The answer that was given for this key. Raises `Missing` when there was none."""
    kept = storage.get("kept", key)
    if kept is None or kept["operation"] not in operations:
        raise Missing(what)
    return _answer(kept)


def _answer(kept: Row) -> Row:
    answer: Row = json.loads(kept["answer"])
    return answer
