"""What a person writes to a customer, for the customer's page."""

from datetime import datetime

from anyio import to_thread
from fastapi import APIRouter
from pydantic import BaseModel

from agent.agent import UnknownConversation
from agent.types import PERSON
from api.problems import described
from api.schemas import Identifier
from api.stores import Opened, Stores

router = APIRouter(tags=["chat"])


class PersonReply(BaseModel):
    """What a person wrote."""

    turn_id: str
    text: str
    created_at: datetime


class Following(BaseModel):
    """Whether a person has the conversation, and all that people wrote in it, oldest first."""

    with_person: bool
    items: list[PersonReply]


@router.get("/v1/chat/{conversation_id}/replies", responses=described(404, 422))
async def replies(conversation_id: Identifier, stores: Opened) -> Following:
    """What people wrote to the customer. Whoever knows the conversation's id is its customer."""
    return await to_thread.run_sync(_following, stores, conversation_id)


def _following(stores: Stores, conversation_id: str) -> Following:
    found = stores.conversations.get(conversation_id)
    if found is None:
        raise UnknownConversation(f"there is no conversation {conversation_id}")
    written = [turn for turn in found.turns if turn.by == PERSON]
    return Following(
        with_person=stores.conversations.handed_over(conversation_id) is not None,
        items=[
            PersonReply(turn_id=turn.id, text=turn.text, created_at=turn.created_at)
            for turn in written
        ],
    )
