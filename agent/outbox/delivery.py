"""What is on its way to people, and who brings it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from kb.errors import Transient

OPENED, ADDED = "handoff.opened", "handoff.message"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A case, or a message that joined one, on one way. `id` is the same at every attempt, so
    that a receiver can tell that it has it already. `payload` is what `agent.outbox.payload`
    made. `receipt` is what the first delivery of the case on this way returned, such as the
    number of a ticket; `attempts` counts this one."""

    id: str
    handoff_id: str
    way: str
    payload: Mapping[str, Any]
    created_at: datetime
    attempts: int
    receipt: str = ""
    next_at: datetime | None = None
    delivered_at: datetime | None = None
    given_up_at: datetime | None = None
    error: str = ""

    @property
    def opens(self) -> bool:
        """Whether it brings the case itself."""
        return bool(self.payload["event"] == OPENED)


class Undelivered(Transient):
    """It did not arrive, as far as is known; the message holds no secret. `wait_s` is how long
    the receiver asked to be left alone."""

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class Way(Protocol):
    """One way to people."""

    def send(self, delivery: Delivery) -> str:
        """A receipt once it is there. Raises `Undelivered`."""
        ...
