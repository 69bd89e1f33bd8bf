"""Wires a release, its backends and simulated customers to a stage."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from agent.assets import collect
from agent.build import agent_on
from agent.store import Conversations
from eval.simulation.customer import Customer, scripted
from eval.simulation.live import InProcess, Live, OverHttp
from eval.simulation.modelled import ModelledCustomer
from eval.simulation.play import Played, converse
from eval.simulation.sandbox import Sandbox, read_sandbox, started
from eval.simulation.scenario import Failure, Scenario
from eval.simulation.world import Clock, open_world, writes_of
from kb.build import Workspace
from kb.errors import ConfigError

# A call that a fault stalls is given up after this: trials don't wait as long as customers would.
_CALL_TIMEOUT_S = 0.5


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
    tried = work.release(release_id).id
    with open_world(work, tried, file, folder, _CALL_TIMEOUT_S) as world:
        agent = agent_on(work, tried, world.apart)
        agent.warm()
        live = InProcess(agent, Conversations(world.apart.database), world.clock)
        yield OpenStage(live, world.sandbox, world.clock, world.writes, world.forget, customer)


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
    writes = writes_of(collect(work.settings))
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
