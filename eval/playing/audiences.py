"""The agents of a release, one for each audience that asks."""

from collections.abc import Callable, Sequence
from threading import Lock

from agent.agent import Agent
from agent.build import Sandbox, Watch, agent_on
from kb.build import Workspace

Audience = tuple[str, ...]
Build = Callable[[Audience], Agent]


class Agents:
    """Each built when its audience first asks. Safe to call from several threads."""

    def __init__(self, build: Build, usual: Sequence[str]) -> None:
        """`usual` is the settings' own audience, for whom `build` is given none."""
        self._build = build
        self._usual = set(usual)
        self._known: dict[frozenset[str], Agent] = {}
        self._lock = Lock()

    def __call__(self, audience: Audience) -> Agent:
        """The agent that serves them; the settings' own for none."""
        wanted = frozenset(audience) - (self._usual if set(audience) == self._usual else set())
        with self._lock:
            if wanted not in self._known:
                self._known[wanted] = self._build(tuple(sorted(wanted)))
            return self._known[wanted]


def agents_on(
    work: Workspace, release_id: str, apart: Sandbox | None = None, watch: Watch | None = None
) -> Agents:
    """The agents of a release, in a sandbox of their own where one is given."""

    def build(audience: Audience) -> Agent:
        return agent_on(work, release_id, apart, audience=audience, watch=watch)

    return Agents(build, work.settings.agent.audience)
