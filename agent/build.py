"""Wires settings to an agent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from agent.agent import Agent
from agent.answers.calibration import Calibration
from agent.answers.respond import Responder
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


def build_agent(settings: Settings, release_id: str | None = None) -> Agent:
    """An agent on this release, or on the live one. Raises `Permanent` without any."""
    return agent_on(Workspace(settings), release_id)


def agent_on(
    workspace: Workspace,
    release_id: str | None = None,
    sandbox: Sandbox | None = None,
    calibration: Calibration | None = None,
) -> Agent:
    """The same on what is open already: the model and the database are used again. Procedures,
    actions and calibration are those that the release holds; another `calibration` is for trials.
    """
    settings = workspace.settings
    world = sandbox or Sandbox(workspace.database)
    knowledge = _knowledge(workspace, release_id, world.now)
    assets = workspace.releases.assets(knowledge.release.id)
    catalog = open_catalog(assets, world.urls, world.timeout_s)
    ways = ways_of(settings.outbox)
    return Agent(
        knowledge,
        Conversations(world.database, ways),
        settings.agent,
        procedures=Library(assets, workspace.releases, catalog.specs),
        actions=Executor(catalog, SqlLedger(world.database), world.now),
        understanding=Rules(partial(_encode, workspace), world.now),
        desk=Desk(settings.handover, world.now),
        responder=Responder(knowledge, settings.agent, calibration or _calibration(assets)),
        models=open_models(settings.llm, Prompts.pinned(assets)),
        sign_in=settings.identity.secret is not None,
        now=world.now,
    )


def _knowledge(
    workspace: Workspace, release_id: str | None, now: Callable[[], datetime]
) -> KnowledgeBase:
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
