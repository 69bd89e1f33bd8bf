"""Where a conversation stands between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue, TypeAdapter

from agent.action import CallStatus, Value


class Awaiting(StrEnum):
    """What the next message of the customer is expected to be. `identity`: written by somebody
    who has signed in by then. `leave`: whether to leave this procedure for another."""

    NOTHING = "nothing"
    SLOT = "slot"
    CONSENT = "consent"
    REPLY = "reply"
    CHOICE = "choice"
    IDENTITY = "identity"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Progress:
    """A procedure under way. It ends on the version that it began with. `values` are what is
    known by name: slots, and outputs of actions under their result's noun. `visits` counts how
    often each step was entered; `intents` numbers each confirmed wish, so that a call is one call
    however often it is tried; `confirmed` is the turn in which the customer agreed last."""

    procedure: str
    version: str
    step: str
    awaiting: Awaiting = Awaiting.NOTHING
    values: Mapping[str, Value] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    misunderstood: int = 0
    intents: int = 0
    confirmed: str = ""
    acted: Mapping[str, CallStatus] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """All that a conversation remembers beside its turns. `unsure` counts low confidence in a
    row; `options` are the choices that were offered last; `email` is where an answer is wanted.
    `suspended` are procedures that go on once the one in `progress` has ended, the next one last;
    `candidates` are the names of procedures between which the customer was asked to choose, and
    `wish` is the message that asked for one of them."""

    progress: Progress | None = None
    unsure: int = 0
    options: tuple[str, ...] = ()
    email: str = ""
    suspended: tuple[Progress, ...] = ()
    candidates: tuple[str, ...] = ()
    wish: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """Plain values; `from_json` reads them back to an equal state."""
        values: dict[str, JsonValue] = _ADAPTER.dump_python(self, mode="json")
        return values

    @staticmethod
    def from_json(values: Mapping[str, JsonValue]) -> "State":
        """Raises `ValueError` when the values are not a state's."""
        return _ADAPTER.validate_python(dict(values))


_ADAPTER: TypeAdapter[State] = TypeAdapter(State)
