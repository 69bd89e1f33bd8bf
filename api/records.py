"""Conversations, handoffs and findings, for the people behind the agent."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException

from api.problems import described
from api.schemas import ConversationOut, FindingPage, HandoffCase, HandoffPage, Identifier
from api.stores import Opened, require_reader
from kb.report.wire import to_json
from kb.types import Finding, FindingKind, FindingStatus

Limit = Annotated[int, Query(ge=1, le=500, description="Most items to return.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Items to skip.")]

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


@router.get("/findings", responses=described(401, 403, 422))
async def findings(
    stores: Opened,
    kind: FindingKind | None = None,
    owner: Annotated[str | None, Query(max_length=200)] = None,
    status: FindingStatus | None = None,
    severity: Annotated[str | None, Query(pattern="^(low|medium|high)$")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> FindingPage:
    """What is wrong in the help center, gravest first."""
    statuses = [status] if status else None
    every = await to_thread.run_sync(stores.findings.all, statuses)
    matching = [
        item
        for item in every
        if (kind is None or item.kind is kind)
        and (owner is None or item.owner == owner)
        and (severity is None or item.severity.label == severity)
    ]
    matching.sort(key=_gravest_first)
    items = [to_json(item) for item in matching[offset : offset + limit]]
    return FindingPage(items=items, total=len(matching), limit=limit, offset=offset)


def _gravest_first(finding: Finding) -> tuple[int, float, str]:
    return -finding.severity, -finding.confidence, finding.id
