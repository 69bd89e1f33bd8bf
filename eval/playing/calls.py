"""Whether the actions that took place are those that were due."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from pydantic import JsonValue

from eval.simulation.differences import same

DONE = "done"


class Call(Protocol):
    """An action that was called, with its arguments as people read them; what became of it."""

    @property
    def action(self) -> str: ...

    @property
    def arguments(self) -> Mapping[str, str]: ...


class Wanted(Protocol):
    """An action that is due, with the arguments that matter."""

    @property
    def action(self) -> str: ...

    @property
    def arguments(self) -> Mapping[str, JsonValue]: ...


def unlike(done: Sequence[Call], wanted: Sequence[Wanted]) -> Iterator[str]:
    """How what took place, in order, is other than what was due, a line each; nothing where it is
    just that. Arguments that are not named may be any."""
    for due, call in zip(wanted, done, strict=False):
        if call.action != due.action or not _fits(due, call):
            yield f"called {_shown(call)}, not {due.action} {dict(due.arguments)}"
    for due in wanted[len(done) :]:
        yield f"{due.action} {dict(due.arguments)} was not called"
    for call in done[len(wanted) :]:
        yield f"called {_shown(call)}, which nothing asked for"


def _fits(due: Wanted, call: Call) -> bool:
    return all(same(value, call.arguments.get(name)) for name, value in due.arguments.items())


def _shown(call: Call) -> str:
    return f"{call.action} {dict(call.arguments)}"
