"""Whether the process is up, and whether it can answer."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import described
from api.stores import Opened

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """Whether the process is up, and from which release it answers. `candidate` is the release that
    a share of the customers is trying; `set_otherwise` names settings of the process that are not
    those that the release was evaluated with: they hold once it was released again."""

    status: str
    release: str | None = None
    candidate: str | None = None
    set_otherwise: list[str] = []


@router.get("/healthz")
async def healthz() -> Health:
    """The process is up."""
    return Health(status="ok")


@router.get("/readyz", responses=described(503))
async def readyz(stores: Opened) -> Health:
    """The live release and its model are loaded; else a 503 that says what is missing."""
    release = stores.live.ready().release.id
    running = stores.trial.running() if stores.trial else None
    return Health(
        status="ready",
        release=release,
        candidate=running[0].release_id if running else None,
        set_otherwise=list(stores.set_otherwise.get(release, ())),
    )
