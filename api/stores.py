"""What the routes work with, opened when the app starts."""

from dataclasses import dataclass
from typing import Annotated, cast

from anyio import CapacityLimiter
from fastapi import Depends, Request

from agent.ports import ConversationStore
from api.access import Access
from api.serving import LiveAgent
from kb.ports import FindingStore
from kb.settings import Settings

# Turns worked on at once; more wait their turn, because they share the processor.
TURNS_AT_ONCE = 8


@dataclass(frozen=True)
class Stores:
    """`turns` bounds how many turns are worked on at once."""

    settings: Settings
    live: LiveAgent
    conversations: ConversationStore
    findings: FindingStore
    access: Access
    turns: CapacityLimiter


def stores_of(request: Request) -> Stores:
    return cast(Stores, request.app.state.stores)


def require_reader(request: Request) -> None:
    """Raises 401 or 403 for who may not read customers' data and findings."""
    stores_of(request).access.require(request)


Opened = Annotated[Stores, Depends(stores_of)]
