"""What only a sandbox has: a fresh seed, every row, and faults. Without a token: it runs on this
machine alone."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, Field

from larkspur.doors import Shop
from larkspur.faults import Fault
from larkspur.refusals import Refused

router = APIRouter(prefix="/sandbox", include_in_schema=False)


class Reset(BaseModel):
    """When the seed is to be, and how rows differ from it: columns by table and row id, or None
    for a row that is not to be."""

    now: AwareDatetime | None = None
    patch: dict[str, dict[str, dict[str, Any] | None]] = Field(default_factory=dict)


class PlannedFaults(BaseModel):
    """What goes wrong from now on."""

    faults: list[Fault]


@router.post("/reset", status_code=204)
def reset(shop: Shop, request: Request, body: Reset) -> None:
    """The seed again, at the time that is given or else that the clock shows; no faults."""
    now: datetime = body.now or shop.now()
    try:
        shop.reset(now, body.patch)
    except KeyError as unknown:
        raise Refused(f"unknown table or column {unknown.args[0]}", 422) from None
    request.app.state.faults.reset()


@router.get("/state")
def state(shop: Shop) -> dict[str, dict[str, dict[str, Any]]]:
    """Every row by table and id."""
    return shop.state()


@router.put("/faults", status_code=204)
def plan_faults(request: Request, body: PlannedFaults) -> None:
    """Takes the place of the faults that were planned before."""
    request.app.state.faults.faults = tuple(body.faults)


@router.get("/calls")
def calls(request: Request) -> list[dict[str, str]]:
    """The operations that were called since the last reset, oldest first."""
    return [{"operation": operation} for operation in request.app.state.faults.calls]
