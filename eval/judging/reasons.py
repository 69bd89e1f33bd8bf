"""Why a judged score is low: what the judge itself gave as its reason."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_HEARD: ContextVar[list[Any] | None] = ContextVar("heard", default=None)
# How ragas' metrics call a single judgement, and the text that it is of.
_MARKS = ("verdict", "attributed")
_LONGEST = 300


@contextmanager
def listening() -> Iterator[list[Any]]:
    """The replies that the judge gives within, to whoever asks in the same task."""
    heard: list[Any] = []
    token = _HEARD.set(heard)
    try:
        yield heard
    finally:
        _HEARD.reset(token)


def overhear(reply: Any) -> None:
    """Tells whoever is listening."""
    heard = _HEARD.get()
    if heard is not None:
        heard.append(reply)


def objection(replies: Sequence[Any]) -> str:
    """The first judgement against something, with its reason; empty without any."""
    for reply in replies:
        for item in _judgements(reply):
            told = dict(item)
            against = any(str(told.get(name)) == "0" for name in _MARKS)
            if against and told.get("reason"):
                of = told.get("statement")
                return _flat(f"“{of}”: {told['reason']}" if of else str(told["reason"]))
    return ""


def _judgements(reply: Any) -> Iterator[Any]:
    yield reply
    for _, value in reply:
        if isinstance(value, list):
            yield from (item for item in value if hasattr(item, "reason"))


def _flat(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…"
