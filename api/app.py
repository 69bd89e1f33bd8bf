"""The application: routes, middleware, and what is opened when it starts."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Protocol

from anyio import CapacityLimiter
from fastapi import FastAPI

from agent.canary.decide import decide
from agent.canary.store import Canaries
from agent.outbox.courier import Courier
from agent.outbox.ways import ways_of
from agent.store import Conversations
from api import articles, chat, findings, following, handoffs, health, ratings, records, site
from api.access import Access
from api.agents import Agents
from api.deciding import Deciding
from api.delivering import Delivering
from api.headers import SecurityHeaders
from api.identity import open_verifier
from api.limits import BodyLimit
from api.problems import install
from api.routing import Trial
from api.serving import Following, LiveAgent
from api.stores import TURNS_AT_ONCE, WITH_A_MODEL, Stores
from kb.build import Workspace
from kb.settings import Settings

Open = Callable[[Settings], Stores]


def create_app(settings: Settings, opened: Open | None = None) -> FastAPI:
    """The app. What it works with is made by `opened` when it starts, by default from the
    settings' home; the agent is loaded beside the first requests."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.stores = (opened or open_stores)(settings)
        stores: Stores = app.state.stores
        beside = list(_beside(stores))
        for item in beside:
            item.start()
        yield
        for item in reversed(beside):
            await item.stop()

    app = FastAPI(
        title=f"{settings.center.name}: Wellkept",
        version=version("wellkept"),
        description="Answers from the help center with citations, or hands over to a person.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    install(app)
    for module in (chat, following, ratings, records, handoffs, findings, articles, health, site):
        app.include_router(module.router)
    app.add_middleware(BodyLimit, most=settings.server.max_body_bytes)
    app.add_middleware(SecurityHeaders)
    return app


def open_stores(settings: Settings) -> Stores:
    """The database and the live release of the settings' home."""
    workspace = Workspace(settings)
    agents = Agents(workspace)

    def live_id() -> str | None:
        live = workspace.releases.live()
        return live.id if live else None

    return Stores(
        settings=settings,
        live=LiveAgent(live_id, agents.open),
        conversations=Conversations(workspace.database, ways_of(settings.outbox)),
        findings=workspace.findings,
        access=Access(settings.server),
        turns=CapacityLimiter(WITH_A_MODEL if settings.llm.url else TURNS_AT_ONCE),
        verify=open_verifier(settings.identity),
        courier=Courier(workspace.database, settings.outbox),
        trial=Trial(Canaries(workspace.database), live_id, agents.open),
        decide=partial(decide, workspace),
        set_otherwise=agents.set_otherwise,
    )


class _Beside(Protocol):
    """What goes on beside the requests."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


def _beside(stores: Stores) -> Iterator[_Beside]:
    yield Following([stores.live, *([stores.trial.candidate] if stores.trial else [])])
    if stores.courier:
        yield Delivering(stores.courier)
    if stores.decide:
        yield Deciding(stores.decide)
