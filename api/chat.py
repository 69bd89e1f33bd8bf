"""`POST /v1/chat`: one message in, one turn out, whole or as server-sent events."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from agent.types import Message
from api.identity import identity_of
from api.pieces import Pieces, Say
from api.problems import described, problem_of
from api.routing import Given
from api.schemas import TURN_EXAMPLE, ChatRequest, TurnOut
from api.stores import Opened, Stores

_log = logging.getLogger("wellkept.api")
_PIECE = re.compile(r"(?:\S+\s*){1,6}|\s+")
_EXAMPLE = 'event: text\ndata: {{"text": "1. Open Settings "}}\n\nevent: turn\ndata: {turn}\n\n'

router = APIRouter(tags=["chat"])

_ANSWERED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The turn. With `Accept: text/event-stream`: `text` events with pieces of "
        "the text, each sent once it is known to be supported; a `replace` event where another "
        "text takes the place of all that was sent; then one `turn` event, which alone counts, or "
        "a `problem` event.",
        "model": TurnOut,
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": _EXAMPLE.format(turn=json.dumps(TURN_EXAMPLE)),
            }
        },
    }
}


@router.post("/v1/chat", responses=_ANSWERED | described(401, 404, 413, 422, 503))
async def chat(body: ChatRequest, request: Request, stores: Opened) -> Response:
    """Answers a message, asks back, or hands over to a person."""
    await stores.live.agent()  # without any there is nothing to say
    message = body.to_message(identity_of(body.identity_token, stores.verify))
    given = await stores.routing.give(message)
    if _wants_events(request):
        return EventSourceResponse(_events(given, message, stores), ping=15)
    turn = await _turn(given, message, stores)
    return JSONResponse(turn.model_dump(mode="json"))


async def _turn(given: Given, message: Message, stores: Stores, say: Say | None = None) -> TurnOut:
    turn = await to_thread.run_sync(given.respond, message, say, limiter=stores.turns)
    return TurnOut.of(turn)


async def _events(given: Given, message: Message, stores: Stores) -> AsyncIterator[ServerSentEvent]:
    """What may be shown as soon as it may, then the whole turn. The turn is made and recorded
    even when the client goes away in the middle of it."""
    pieces = Pieces()
    making = asyncio.create_task(_turn(given, message, stores, pieces.say))
    making.add_done_callback(pieces.end)
    stores.underway.add(making)
    making.add_done_callback(stores.underway.discard)
    async for piece in pieces:
        yield _event("text", {"text": piece})
    try:
        turn = making.result()
    except Exception as error:  # noqa: BLE001 the stream has begun: every error becomes its last event
        problem = problem_of(error)
        if problem.status >= 500:
            _log.exception("a turn failed")
        yield _event("problem", problem.model_dump(exclude_none=True))
        return
    if turn.text.startswith(pieces.said):
        for piece in _PIECE.findall(turn.text[len(pieces.said) :]):
            yield _event("text", {"text": piece})
    else:
        yield _event("replace", {"text": turn.text})
    yield _event("turn", turn.model_dump(mode="json"))


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)


def _wants_events(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("accept", "").lower()
