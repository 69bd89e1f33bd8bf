"""Wires a release, its backends and simulated customers to a stage."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import delete

from agent.assets import collect
from agent.build import Sandbox as AgentSandbox
from agent.build import agent_on
from agent.execution.catalog import open_catalog
from agent.store import Conversations
from eval.simulation.customer import Customer, scripted
from eval.simulation.live import InProcess, Live, OverHttp
from eval.simulation.modelled import ModelledCustomer
from eval.simulation.play import Played, converse
from eval.simulation.sandbox import Sandbox, read_sandbox, started
from eval.simulation.scenario import Failure, Scenario
from kb.build import Workspace
from kb.errors import ConfigError
from kb.store.database import Base, Database
from kb.types import Asset

# A call that a fault stalls is given up after this: trials don't wait as long as customers would.
_CALL_TIMEOUT_S = 0.5


class Clock:
    """The time of a scenario: stands where it was set, and goes on from there."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def set(self, now: datetime) -> None:
        self._now, self._set_at = now, monotonic()

    def __call__(self) -> datetime:
        return self._now.astimezone(UTC) + timedelta(seconds=monotonic() - self._set_at)


class OpenStage:
    """A stage on a live agent and running backends. One run at a time."""

    def __init__(
        self,
        live: Live,
        sandbox: Sandbox,
        clock: Clock,
        writes: frozenset[str],
        forget: Callable[[], None],
        customer: Callable[[Scenario, int], Customer],
    ) -> None:
        self.writes = writes
        self._live = live
        self._sandbox = sandbox
        self._clock = clock
        self._now = clock()
        self._forget = forget
        self._customer = customer

    def play(self, scenario: Scenario, seed: int, failures: Sequence[Failure] = ()) -> Played:
        """One run on fresh state."""
        began = monotonic()
        now = scenario.now or self._now
        self._forget()
        self._clock.set(now)
        self._sandbox.reset(now, scenario.backend.model_dump()["patch"])
        before = self._sandbox.state()
        self._sandbox.fail((*scenario.failures, *failures))
        customer = self._customer(scenario, seed)
        exchanges, error = converse(self._live, scenario, customer)
        self._sandbox.fail(())
        after = self._sandbox.state()
        return Played(exchanges, before, after, error, monotonic() - began)

    def operations(self) -> list[str]:
        return self._sandbox.operations()


@contextmanager
def open_stage(
    work: Workspace, folder: Path, *, model: bool = False, release_id: str | None = None
) -> Iterator[OpenStage]:
    """The agent of a release (the live one when None) in this process, with conversations of its
    own, calling the backends of the folder's `sandbox.yaml`. With `model` a language model plays
    the customers that can be played. Raises `ConfigError` and `Permanent`."""
    file = read_sandbox(folder)
    customer = _customers(work, model=model)
    clock = Clock(file.now)
    with started(file, folder) as sandbox, _scratch() as database:
        aside = AgentSandbox(
            database=database, urls=sandbox.urls, now=clock, timeout_s=_CALL_TIMEOUT_S
        )
        agent = agent_on(work, release_id, aside)
        agent.warm()
        live = InProcess(agent, Conversations(database), clock)
        writes = _writes(work.releases.assets(agent.release.id))
        yield OpenStage(live, sandbox, clock, writes, partial(_wipe, database), customer)


@contextmanager
def open_server(
    work: Workspace, folder: Path, url: str, key: str | None, *, model: bool = False
) -> Iterator[OpenStage]:
    """A running server in place of the agent. It lives in the present and keeps what was said, so
    give it a home of its own. Raises `ConfigError`."""
    file = read_sandbox(folder)
    identity = work.settings.identity
    secret = identity.secret.get_secret_value() if identity.secret else None
    live = OverHttp(url, secret, identity.audience, key)
    clock = Clock(datetime.now(UTC))
    writes = _writes(collect(work.settings))
    with started(file, folder, served=True) as sandbox:
        yield OpenStage(live, sandbox, clock, writes, _keep, _customers(work, model=model))


def _keep() -> None:
    """What a server was told is its own."""


def _customers(work: Workspace, *, model: bool) -> Callable[[Scenario, int], Customer]:
    if not model:
        return scripted
    from agent.models.chat import open_models
    from agent.models.prompts import Prompts

    models = open_models(work.settings.llm, Prompts.shipped())
    if models is None:
        raise ConfigError("--model needs [llm] url and model")
    player = models.begin().model

    def played(scenario: Scenario, seed: int) -> Customer:
        if scenario.modelled is None:
            return scripted(scenario, seed)
        return ModelledCustomer(scenario, scenario.modelled, player)

    return played


def _writes(assets: Sequence[Asset]) -> frozenset[str]:
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


def _wipe(database: Database) -> None:
    with database.write("trials") as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
