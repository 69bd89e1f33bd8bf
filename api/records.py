"""Conversations, for the people behind the agent."""

from anyio import to_thread
from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException

from api.problems import described
from api.schemas import ConversationOut, Identifier
from api.stores import Opened, require_reader

router = APIRouter(prefix="/v1", tags=["records"], dependencies=[Depends(require_reader)])


@router.get("/conversations/{conversation_id}", responses=described(401, 403, 404))
async def conversation(conversation_id: Identifier, stores: Opened) -> ConversationOut:
    """A conversation with its turns, oldest first."""
    found = await to_thread.run_sync(stores.conversations.get, conversation_id)
    if found is None:
        raise HTTPException(404, f"there is no conversation {conversation_id}")
    return ConversationOut.of(found)
