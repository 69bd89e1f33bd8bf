"""Agents by release, each on the settings that it was evaluated with."""

import logging
from collections.abc import Sequence
from weakref import WeakValueDictionary

from agent.agent import Agent
from agent.build import agent_on
from kb.build import Workspace

_log = logging.getLogger("wellkept.api")


class Agents:
    """Opens agents on what is open already: they share the database, and the model where they
    have the same. `set_otherwise` says of each release that was opened what this process is set
    to otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: WeakValueDictionary[str, Agent] = WeakValueDictionary()
        self.set_otherwise: dict[str, Sequence[str]] = {}

    def open(self, release_id: str) -> Agent:
        """One that somebody holds still is used again: a candidate that goes live is there
        already. Raises as `agent_on`."""
        known = self._open.get(release_id)
        if known is not None:
            return known
        work = self._workspace.as_released(release_id)
        work.encoder.warm()  # the model loads while the articles are read
        agent = agent_on(work, release_id)
        agent.warm()
        self._compare(agent)
        self._open[release_id] = agent
        return agent

    def _compare(self, agent: Agent) -> None:
        otherwise = self._workspace.set_otherwise(agent.release)
        self.set_otherwise[agent.release.id] = otherwise
        if otherwise:
            _log.warning(
                "release %s answers by the settings that it was evaluated with, and they differ "
                "from those of this process: %s; release again for these to hold",
                agent.release.id,
                ", ".join(otherwise),
            )
