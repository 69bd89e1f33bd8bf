"""Wires settings to an agent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from agent.agent import Agent
from agent.answers.calibration import Calibration
from agent.answers.respond import Responder
from agent.answers.vocabulary import Vocabulary
from agent.assets import CALIBRATION
from agent.dialogue.understanding import Rules
from agent.execution.catalog import open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.handover.desk import Desk
from agent.models.chat import open_models
from agent.models.prompts import Prompts
from agent.outbox.ways import ways_of
from agent.ports import KnowledgeBase
from agent.procedures.library import Library
from agent.store import Conversations
from agent.verified import Verified
from kb.build import Workspace
from kb.ports import Matrix
from kb.review import within_review
from kb.settings import HygieneSettings, Settings
from kb.store.database import Database
from kb.types import Article, Asset


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Sandbox:
    """An agent whose conversations and calls are kept apart: in another database, on other
    backends by name (which may be at private addresses), at another time, and with calls that
    wait for at most `timeout_s`."""

    database: Database
    urls: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = _utc_now
    timeout_s: float | None = None


class Watch(Protocol):
    """Looks on while an agent asks its release: what it is given here is asked in its place."""

    def knowledge(self, knowledge: KnowledgeBase) -> KnowledgeBase: ...

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary: ...


def build_agent(settings: Settings, release_id: str | None = None) -> Agent:
    """An agent on this release, or on the live one. Raises `Permanent` without any."""
    return agent_on(Workspace(settings), release_id)


def agent_on(
    workspace: Workspace,
    release_id: str | None = None,
    sandbox: Sandbox | None = None,
    calibration: Calibration | None = None,
    audience: Sequence[str] = (),
    watch: Watch | None = None,
) -> Agent:
    """The same on what is open already: the model and the database are used again. Procedures,
    actions and calibration are those that the release holds; another `calibration` is for trials,
    and so is another `audience` than the settings'. `watch` sees what the articles are asked.
    """
    settings = workspace.settings
    own = settings.agent
    if audience:
        own = own.model_copy(update={"audience": list(audience)})
    world = sandbox or Sandbox(workspace.database)
    knowledge = knowledge_of(workspace, release_id, world.now)
    vocabulary = Vocabulary.of(knowledge.articles())
    if watch:
        knowledge, vocabulary = watch.knowledge(knowledge), watch.vocabulary(vocabulary)
    assets = workspace.releases.assets(knowledge.release.id)
    catalog = open_catalog(assets, world.urls, world.timeout_s)
    ways = ways_of(settings.outbox)
    return Agent(
        knowledge,
        Conversations(world.database, ways),
        own,
        procedures=Library(assets, workspace.releases, catalog.specs),
        actions=Executor(catalog, SqlLedger(world.database), world.now),
        understanding=Rules(partial(_encode, workspace), world.now),
        desk=Desk(settings.handover, world.now),
        responder=Responder(knowledge, own, calibration or _calibration(assets), vocabulary),
        models=open_models(settings.llm, Prompts.pinned(assets)),
        sign_in=settings.identity.secret is not None,
        now=world.now,
    )


def knowledge_of(
    workspace: Workspace,
    release_id: str | None = None,
    now: Callable[[], datetime] = _utc_now,
) -> KnowledgeBase:
    """What an agent on this release may know, as the settings have it."""
    knowledge: KnowledgeBase = workspace.knowledge(release_id)
    settings = workspace.settings
    if settings.agent.verified_only:
        vouched = partial(_vouched, settings=settings.hygiene, now=now)
        return Verified(knowledge, vouched)
    return knowledge


def _encode(workspace: Workspace, texts: Sequence[str]) -> Matrix:
    return workspace.encoder.encode_queries(texts)


def _calibration(assets: Sequence[Asset]) -> Calibration | None:
    """What the release was calibrated with; None: what ships."""
    found = next((item for item in assets if item.kind == CALIBRATION), None)
    return Calibration.read(found.text) if found else None


def _vouched(article: Article, settings: HygieneSettings, now: Callable[[], datetime]) -> bool:
    return within_review(article, settings, settings.today or now().date())
