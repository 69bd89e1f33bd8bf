"""A release's agent on sandboxed backends: what simulated customers and golden cases act in."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from sqlalchemy import delete

from agent.build import Sandbox as Apart
from agent.execution.catalog import open_catalog
from eval.simulation.sandbox import Sandbox, SandboxFile, started
from kb.build import Workspace
from kb.store.database import Base, Database
from kb.types import Asset


class Clock:
    """The time of a scenario: stands where it was set, and goes on from there."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def set(self, now: datetime) -> None:
        self._now, self._set_at = now, monotonic()

    def __call__(self) -> datetime:
        return self._now.astimezone(UTC) + timedelta(seconds=monotonic() - self._set_at)


@dataclass(frozen=True)
class World:
    """Running backends and a database of their own, at a time of their own that starts at `began`.
    `apart` is what an agent in it is built with; `writes` names the actions that change something.
    One conversation at a time."""

    apart: Apart
    sandbox: Sandbox
    clock: Clock
    began: datetime
    writes: frozenset[str]

    def renew(self, patch: Mapping[str, Any]) -> None:
        """Everything as it was in the beginning, with the patch: no conversation, no call, no
        fault. Raises `ConfigError` for a patch that the backends refuse."""
        self.forget()
        self.clock.set(self.began)
        self.sandbox.reset(self.began, patch)

    def forget(self) -> None:
        """No conversation was ever led, no action called."""
        with self.apart.database.write("trials") as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))


@contextmanager
def open_world(
    work: Workspace,
    release_id: str,
    file: SandboxFile,
    folder: Path,
    timeout_s: float | None = None,
) -> Iterator[World]:
    """The backends of the folder's `sandbox.yaml`, started for the actions of a release until the
    block ends. `timeout_s` bounds every call. Raises `ConfigError`."""
    clock = Clock(file.now)
    with started(file, folder) as sandbox, _scratch() as database:
        apart = Apart(database=database, urls=sandbox.urls, now=clock, timeout_s=timeout_s)
        yield World(apart, sandbox, clock, file.now, writes_of(work.releases.assets(release_id)))


def writes_of(assets: Sequence[Asset]) -> frozenset[str]:
    """Names of the actions that change something."""
    catalog = open_catalog(assets)
    try:
        return frozenset(name for name, spec in catalog.specs.items() if spec.writes)
    finally:
        catalog.close()


@contextmanager
def _scratch() -> Iterator[Database]:
    """A database of the trials' own: what simulated customers say is nobody's question."""
    with TemporaryDirectory(prefix="wellkept-trials-") as folder:
        database = Database(f"sqlite:///{folder}/trials.db")
        database.upgrade()
        try:
            yield database
        finally:
            database.close()
