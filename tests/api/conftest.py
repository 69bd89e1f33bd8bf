"""An app on a small help center, over its real routes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.testclient import TestClient

from agent.agent import Agent
from agent.canary.store import Canaries
from agent.outbox.courier import Courier
from api.access import Access
from api.app import create_app
from api.identity import open_verifier
from api.routing import Trial
from api.serving import LiveAgent
from api.stores import Stores
from kb.findings import Finding
from kb.settings import Settings
from kb.store.database import Database
from kb.store.findings import Findings
from tests.agent.center import agent_on
from tests.agent.fakes import MemoryConversations


class Releases:
    """Which release is live, and an agent for each, opened as the product's are."""

    def __init__(self, live: str | None = "r1") -> None:
        self.live = live
        self.conversations = MemoryConversations()
        self.canaries = Canaries(_database())
        self.opened: list[str] = []
        self.fault: Exception | None = None

    def live_id(self) -> str | None:
        return self.live

    def open(self, release_id: str) -> Agent:
        if self.fault:
            raise self.fault
        self.opened.append(release_id)
        return agent_on(conversations=self.conversations, release=release_id)


def _database() -> Database:
    database = Database(f"sqlite:///{Path(mkdtemp()) / 'wellkept.db'}")
    database.upgrade()
    return database


def _stored(findings: Sequence[Finding]) -> Findings:
    """A store in which a run found these."""
    store = Findings(_database())
    store.record(findings, datetime.now(UTC))
    return store


def app_on(
    releases: Releases, findings: Sequence[Finding] = (), **sections: dict[str, Any]
) -> FastAPI:
    """The app; `sections` are those of the settings."""
    settings = Settings.model_validate(sections)

    def opened(chosen: Settings) -> Stores:
        courier = Courier(_database(), chosen.outbox)
        return Stores(
            settings=chosen,
            live=LiveAgent(releases.live_id, releases.open),
            conversations=releases.conversations,
            findings=_stored(findings),
            access=Access(chosen.server),
            turns=CapacityLimiter(8),
            verify=open_verifier(chosen.identity),
            courier=courier,
            trial=Trial(releases.canaries, releases.live_id, releases.open),
        )

    return create_app(settings, opened)


Serve = Callable[..., TestClient]


@pytest.fixture
def releases() -> Releases:
    return Releases()


@pytest.fixture
def serve(releases: Releases) -> Iterator[Serve]:
    """Starts the app and returns a client on this machine (or elsewhere, by `client`)."""
    with ExitStack() as stack:

        def start(
            *findings: Finding, client: str = "127.0.0.1", **sections: dict[str, Any]
        ) -> TestClient:
            running: AbstractContextManager[TestClient] = TestClient(
                app_on(releases, findings, **sections),
                base_url="http://localhost",
                client=(client, 5000),
                raise_server_exceptions=False,
            )
            return stack.enter_context(running)

        yield start
