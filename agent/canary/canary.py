"""A candidate that is tried on a share of the customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from hmac import new as keyed
from secrets import token_hex

from agent.canary.comparison import Count, Difference
from agent.types import Message
from kb.settings import CanarySettings

# Under these names a host application says who its customer is, surest first.
_NAMED = ("id", "customer_id", "user_id", "email")


class CanaryStatus(StrEnum):
    """How a canary stands. `stopped`: ended by a person, or because another release went live."""

    RUNNING = "running"
    PROMOTED = "promoted"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


class Action(StrEnum):
    """What is to be done with a canary. `ready`: it has passed, and a person is to promote it."""

    NONE = "none"
    GO_ON = "go on"
    READY = "ready"
    PROMOTE = "promote"
    WITHDRAW = "withdraw"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Reading:
    """One signal of both releases, by conversations; `difference` is None while one of them has
    none."""

    signal: str
    live: Count
    candidate: Count
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Canary:
    """`release_id` is tried against `live_id` by the `rules` that held when it began. `readings`
    are what it ended with."""

    id: str
    release_id: str
    live_id: str
    rules: CanarySettings
    started_at: datetime
    status: CanaryStatus = CanaryStatus.RUNNING
    ended_at: datetime | None = None
    reason: str = ""
    readings: Sequence[Mapping[str, object]] = field(default=())

    def draws(self, customer: str) -> bool:
        """Whether this customer gets the candidate: the same answer each time, and another draw in
        each canary."""
        drawn = keyed(self.id.encode(), customer.encode(), sha256).digest()
        return int.from_bytes(drawn[:8], "big") < self.rules.share * 2**64


def customer_of(message: Message) -> str:
    """Who begins a conversation, for the draw: the verified customer, else whom the host
    application names, else nobody in particular: then the conversation alone is drawn."""
    if message.identity.verified and message.identity.customer_id:
        return f"verified:{message.identity.customer_id}"
    for name in _NAMED:
        if said := message.customer.get(name, "").strip():
            return f"claimed:{name}:{said}"
    return f"conversation:{token_hex(16)}"
