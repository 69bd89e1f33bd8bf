"""Conversations and handoffs, for the people behind the agent."""

from anyio import to_thread
from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException

from api.paging import Limit, Offset
from api.problems import described
from api.schemas import ConversationOut, HandoffCase, HandoffPage, Identifier
from api.stores import Opened, require_reader

router = APIRouter(prefix="/v1", tags=["records"], dependencies=[Depends(require_reader)])


@router.get("/conversations/{conversation_id}", responses=described(401, 403, 404))
async def conversation(conversation_id: Identifier, stores: Opened) -> ConversationOut:
    """A conversation with its turns, oldest first."""
    found = await to_thread.run_sync(stores.conversations.get, conversation_id)
    if found is None:
        raise HTTPException(404, f"there is no conversation {conversation_id}")
    return ConversationOut.of(found)


@router.get("/handoffs", responses=described(401, 403, 422))
async def handoffs(stores: Opened, limit: Limit = 50, offset: Offset = 0) -> HandoffPage:
    """Conversations that were handed to a person, newest first."""
    found = await to_thread.run_sync(stores.conversations.handoffs, limit, offset)
    return HandoffPage(items=[HandoffCase.of(item) for item in found], limit=limit, offset=offset)
