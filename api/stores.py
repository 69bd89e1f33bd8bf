"""What the routes work with, opened when the app starts."""

from asyncio import Task
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, cast

from anyio import CapacityLimiter
from fastapi import Depends, Request

from agent.outbox.courier import Courier
from agent.ports import ConversationStore, Verifier
from api.access import Access
from api.routing import Routing, Trial
from api.schemas import TurnOut
from api.serving import LiveAgent
from kb.ports import FindingStore
from kb.settings import Settings

# Turns worked on at once; more wait their turn, because they share the processor. With a language
# model they mostly wait for it.
TURNS_AT_ONCE, WITH_A_MODEL = 8, 64


@dataclass(frozen=True)
class Stores:
    """`turns` bounds how many turns are worked on at once; `verify` is there where the settings
    have a secret to check customers' tokens with; `courier` brings cases to people; `underway`
    are turns that are made whether or not their client is still there. `trial` is the candidate
    that customers are trying, `decide` does what the rule says of it; `set_otherwise` says by
    release what the settings of this process have otherwise than it was evaluated with."""

    settings: Settings
    live: LiveAgent
    conversations: ConversationStore
    findings: FindingStore
    access: Access
    turns: CapacityLimiter
    verify: Verifier | None = None
    courier: Courier | None = None
    underway: set[Task[TurnOut]] = field(default_factory=set)
    trial: Trial | None = None
    decide: Callable[[], object] | None = None
    set_otherwise: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def routing(self) -> Routing:
        """Which release takes a message."""
        return Routing(self.live, self.conversations, self.trial)


def stores_of(request: Request) -> Stores:
    return cast(Stores, request.app.state.stores)


def require_reader(request: Request) -> None:
    """Raises 401 or 403 for who may not read customers' data and findings."""
    stores_of(request).access.require(request)


Opened = Annotated[Stores, Depends(stores_of)]
