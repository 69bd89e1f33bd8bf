"""Golden cases that act: played on sandboxed backends, which are looked at before and after."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from agent.build import Watch
from agent.types import Attempt, Turn
from eval.golden.case import Case
from eval.playing.asking import CHAT, asked_by
from eval.playing.audiences import Agents, agents_on
from eval.playing.calls import DONE
from eval.scoring.evaluation import CaseResult
from eval.simulation.differences import compare
from eval.simulation.sandbox import State, read_sandbox
from eval.simulation.world import World, open_world
from kb.build import Workspace
from kb.errors import ConfigError

Say = Callable[[str], Turn]
Converse = Callable[[Case, Say], CaseResult]


@dataclass(frozen=True)
class _Scenery:
    """Backends that are running, and the agents that call them."""

    world: World
    agents: Agents


class Stage:
    """Cases that act, one after the other, each on fresh backends."""

    def __init__(self, build: Callable[[], _Scenery]) -> None:
        """`build` is called for the first case."""
        self._build = build
        self._scenery: _Scenery | None = None
        self._lock = Lock()

    def play(self, case: Case, converse: Converse) -> CaseResult:
        """What `converse` makes of the case, with the calls that changed something and what is
        otherwise than expected on the backends. Raises `ConfigError` for what the case has given
        and the backends refuse, `Transient` when they are gone."""
        with self._lock:
            if self._scenery is None:
                self._scenery = self._build()
            world = self._scenery.world
            before = _renewed(world, case)
            result = converse(case, self._talk(case, self._scenery.agents))
            return replace(
                result,
                changed=_changed(result, world.writes),
                end_state_differences=_differences(case, before, world.sandbox.state()),
            )

    def _talk(self, case: Case, agents: Agents) -> Say:
        """A conversation as a customer has it."""
        agent = agents(case.who.audience)
        like = asked_by(case.who, CHAT)
        name: str | None = None

        def say(text: str) -> Turn:
            nonlocal name
            turn = agent.respond(replace(like, text=text, conversation_id=name))
            name = turn.conversation_id
            return turn

        return say


@contextmanager
def open_stage(
    work: Workspace, release_id: str, folder: Path, watch: Watch | None = None
) -> Iterator[Stage]:
    """The backends of the folder's `sandbox.yaml`: started for the first case, stopped when the
    block ends. Raises `ConfigError` for a file that can't be read."""
    file = read_sandbox(folder)
    with ExitStack() as stack:

        def build() -> _Scenery:
            world = stack.enter_context(open_world(work, release_id, file, folder))
            return _Scenery(world, agents_on(work, release_id, world.apart, watch))

        yield Stage(build)


def _renewed(world: World, case: Case) -> State:
    """The state that the case begins with."""
    try:
        world.renew(case.given)
    except ConfigError as error:
        raise ConfigError(f"case {case.id}: {error}") from None
    return world.sandbox.state()


def _changed(result: CaseResult, writes: frozenset[str]) -> tuple[Attempt, ...]:
    calls = [call for turn in result.turns for call in turn.attempts]
    return tuple(call for call in calls if call.action in writes and call.status == DONE)


def _differences(case: Case, before: State, after: State) -> tuple[str, ...] | None:
    if case.end_state is None:
        return None
    return tuple(item.text for item in compare(before, after, case.end_state))
