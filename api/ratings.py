"""`POST /v1/conversations/{id}/turns/{turn_id}/rating`: what the customer thinks of a turn."""

from datetime import UTC, datetime

from anyio import to_thread
from fastapi import APIRouter

from agent.types import Rating
from api.problems import described
from api.rating_schemas import RatingOut, RatingRequest
from api.schemas import Identifier
from api.stores import Opened

router = APIRouter(prefix="/v1", tags=["chat"])


@router.post(
    "/conversations/{conversation_id}/turns/{turn_id}/rating",
    responses=described(404, 413, 422, 503),
)
async def rate(
    conversation_id: Identifier, turn_id: Identifier, body: RatingRequest, stores: Opened
) -> RatingOut:
    """Keeps a thumb; the last one of a turn counts. Whoever knows the conversation's id is its
    customer."""
    rating = Rating(body.rating, datetime.now(UTC), body.comment.strip())
    await to_thread.run_sync(stores.conversations.rate, conversation_id, turn_id, rating)
    return RatingOut.of(rating)
