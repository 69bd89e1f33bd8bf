"""Whether the process is up, and whether it can answer."""

from fastapi import APIRouter

from api.problems import described
from api.schemas import Health
from api.stores import Opened

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Health:
    """The process is up."""
    return Health(status="ok")


@router.get("/readyz", responses=described(503))
async def readyz(stores: Opened) -> Health:
    """The live release and its model are loaded; else a 503 that says what is missing."""
    return Health(status="ready", release=stores.live.ready().release.id)
