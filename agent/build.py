"""Wires settings to an agent."""

from agent.agent import Agent
from agent.store import Conversations
from kb.build import Workspace
from kb.settings import Settings


def build_agent(settings: Settings, release_id: str | None = None) -> Agent:
    """An agent on this release, or on the live one. Raises `Permanent` without any."""
    return agent_on(Workspace(settings), release_id)


def agent_on(workspace: Workspace, release_id: str | None = None) -> Agent:
    """The same on what is open already: the model and the database are used again."""
    knowledge = workspace.knowledge(release_id)
    return Agent(knowledge, Conversations(workspace.database), workspace.settings.agent)
