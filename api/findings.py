"""Findings as work: what is wrong, and what is to become of it."""

from datetime import UTC, date, datetime
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException

from api.finding_schemas import Change, Dismissal, FindingCase, FindingOut, FindingPage, Snooze
from api.paging import Limit, Offset
from api.problems import described
from api.schemas import Identifier
from api.stores import Opened, Stores, require_reader
from kb.findings import FindingKind, FindingStatus, Severity
from kb.lifecycle import UnknownFinding, wakes_at
from kb.selection import Selection

_NAMED = described(401, 403, 404, 422)
_CHANGES = described(401, 403, 404, 409, 415, 422)


def require_json(request: Request) -> None:
    """Raises 415. A page elsewhere can make a browser send a form or plain text here, but not JSON
    without asking first, and this server never says yes."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "send the change as application/json")


router = APIRouter(prefix="/v1/findings", tags=["findings"], dependencies=[Depends(require_reader)])
_JSON = [Depends(require_json)]


@router.get("", responses=described(401, 403, 422))
async def findings(
    stores: Opened,
    kind: FindingKind | None = None,
    owner: Annotated[str | None, Query(max_length=200)] = None,
    status: Annotated[
        list[FindingStatus] | None, Query(description="One or several; default: every status.")
    ] = None,
    severity: Annotated[str | None, Query(pattern="^(low|medium|high)$")] = None,
    article: Annotated[
        str | None, Query(max_length=1000, description="Path of an article or a folder.")
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> FindingPage:
    """What is wrong in the help center, most harmful first."""
    level = Severity[severity.upper()] if severity else None
    chosen = Selection(kind, owner, status, level, article)
    matching = chosen.of(await to_thread.run_sync(stores.findings.all))
    items = [FindingOut.of(item) for item in matching[offset : offset + limit]]
    return FindingPage(items=items, total=len(matching), limit=limit, offset=offset)


@router.get("/{finding_id}", responses=_NAMED)
async def finding(finding_id: Identifier, stores: Opened) -> FindingCase:
    """A finding with its quotes and everything that became of it."""
    return await to_thread.run_sync(_case, stores, finding_id)


@router.post("/{finding_id}/accept", responses=_CHANGES, dependencies=_JSON)
async def accept(finding_id: Identifier, change: Change, stores: Opened) -> FindingCase:
    """The owner will mend it."""
    return await _set(stores, finding_id, FindingStatus.ACCEPTED, change)


@router.post("/{finding_id}/dismiss", responses=_CHANGES, dependencies=_JSON)
async def dismiss(finding_id: Identifier, change: Dismissal, stores: Opened) -> FindingCase:
    """It is no finding. It stays dismissed until what is claimed changes."""
    return await _set(stores, finding_id, FindingStatus.DISMISSED, change)


@router.post("/{finding_id}/snooze", responses=_CHANGES, dependencies=_JSON)
async def snooze(finding_id: Identifier, change: Snooze, stores: Opened) -> FindingCase:
    """It can wait until a day."""
    return await _set(stores, finding_id, FindingStatus.SNOOZED, change, change.until)


@router.post("/{finding_id}/reopen", responses=_CHANGES, dependencies=_JSON)
async def reopen(finding_id: Identifier, change: Change, stores: Opened) -> FindingCase:
    """It is to be worked on after all."""
    return await _set(stores, finding_id, FindingStatus.OPEN, change)


async def _set(
    stores: Stores,
    finding_id: str,
    status: FindingStatus,
    change: Change,
    until: date | None = None,
) -> FindingCase:
    def change_and_read() -> FindingCase:
        stores.findings.set_status(
            finding_id,
            status,
            change.by,
            change.reason,
            datetime.now(UTC),
            wakes_at(until) if until else None,
        )
        return _case(stores, finding_id)

    return await to_thread.run_sync(change_and_read)


def _case(stores: Stores, finding_id: str) -> FindingCase:
    found = stores.findings.get(finding_id)
    if found is None:
        raise UnknownFinding(f"there is no finding {finding_id}")
    return FindingCase.told(found, stores.findings.history(finding_id))
