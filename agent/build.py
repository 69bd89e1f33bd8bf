"""Wires settings to an agent."""

from datetime import UTC, datetime
from functools import partial

from agent.agent import Agent
from agent.ports import KnowledgeBase
from agent.store import Conversations
from agent.verified import Verified
from kb.build import Workspace
from kb.review import within_review
from kb.settings import HygieneSettings, Settings
from kb.types import Article


def build_agent(settings: Settings, release_id: str | None = None) -> Agent:
    """An agent on this release, or on the live one. Raises `Permanent` without any."""
    return agent_on(Workspace(settings), release_id)


def agent_on(workspace: Workspace, release_id: str | None = None) -> Agent:
    """The same on what is open already: the model and the database are used again."""
    settings = workspace.settings
    knowledge: KnowledgeBase = workspace.knowledge(release_id)
    if settings.agent.verified_only:
        knowledge = Verified(knowledge, partial(_vouched, settings=settings.hygiene))
    return Agent(knowledge, Conversations(workspace.database), settings.agent)


def _vouched(article: Article, settings: HygieneSettings) -> bool:
    return within_review(article, settings, settings.today or datetime.now(UTC).date())
