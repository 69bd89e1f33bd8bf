"""Handoffs: what people have taken over, and how they give it back."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException

from agent.types import Handoff
from api.findings import require_json
from api.handoff_schemas import (
    DeliveryOut,
    GiveBack,
    HandoffPage,
    PersonMessage,
    PersonTurn,
    WholeCase,
)
from api.paging import Limit, Offset
from api.problems import described
from api.schemas import HandoffCase, Identifier
from api.stores import Opened, Stores, require_reader

router = APIRouter(prefix="/v1/handoffs", tags=["handoffs"], dependencies=[Depends(require_reader)])
_JSON = [Depends(require_json)]
_CHANGES = described(401, 403, 404, 409, 415, 422)


@router.get("", responses=described(401, 403, 422))
async def handoffs(
    stores: Opened,
    state: Annotated[Literal["open", "closed"] | None, Query(description="Default: both.")] = None,
    team: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> HandoffPage:
    """Conversations that were handed to a person, newest first."""

    def find() -> list[Handoff]:
        closed = None if state is None else state == "closed"
        return stores.conversations.handoffs(limit, offset, closed=closed, team=team)

    found = await to_thread.run_sync(find)
    return HandoffPage(items=[HandoffCase.of(item) for item in found], limit=limit, offset=offset)


@router.get("/{handoff_id}", responses=described(401, 403, 404, 422))
async def handoff(handoff_id: Identifier, stores: Opened) -> WholeCase:
    """Everything that a person needs, and what of it is still on its way."""
    return await to_thread.run_sync(_case, stores, handoff_id)


@router.post("/{handoff_id}/give-back", responses=_CHANGES, dependencies=_JSON)
async def give_back(handoff_id: Identifier, _: GiveBack, stores: Opened) -> WholeCase:
    """Lets the agent answer again. What was given back before stays so."""

    def change() -> WholeCase:
        _known(stores, handoff_id)
        stores.conversations.give_back(handoff_id, datetime.now(UTC))
        return _case(stores, handoff_id)

    return await to_thread.run_sync(change)


@router.post("/{handoff_id}/messages", responses=_CHANGES, dependencies=_JSON, status_code=201)
async def say(handoff_id: Identifier, body: PersonMessage, stores: Opened) -> PersonTurn:
    """Tells what a person wrote to the customer, so that it stands in the conversation."""

    def add() -> PersonTurn:
        if _known(stores, handoff_id).closed_at:
            raise HTTPException(409, f"handoff {handoff_id} was given back to the agent")
        turn = stores.conversations.say(handoff_id, body.text, body.by, datetime.now(UTC))
        return PersonTurn.of(turn)

    return await to_thread.run_sync(add)


def _known(stores: Stores, handoff_id: str) -> Handoff:
    found = stores.conversations.handoff(handoff_id)
    if found is None:
        raise HTTPException(404, f"there is no handoff {handoff_id}")
    return found


def _case(stores: Stores, handoff_id: str) -> WholeCase:
    found = _known(stores, handoff_id)
    waiting = stores.courier.queue.unfinished(handoff_id) if stores.courier else []
    return WholeCase(
        **HandoffCase.of(found).model_dump(),
        undelivered=[DeliveryOut.of(item) for item in waiting],
    )
