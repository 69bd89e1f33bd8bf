"""What is attacked: an agent on a small help center, with the sample's procedures and actions, and
the sample's shop behind them over HTTP."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from agent.agent import Agent
from agent.dialogue.uncalled import Fixed
from agent.execution.catalog import Catalog, open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.handover.desk import Desk
from agent.procedures.library import compile_folder
from agent.store import Conversations
from kb.settings import AgentSettings, HandoverSettings
from kb.store.database import Base, Database
from kb.types import Article
from larkspur.server import SAMPLE_NOW, Running
from tests.agent.fakes import WordKnowledge, article
from tests.conftest import SAMPLE

PROCEDURES = SAMPLE / "procedures"
ARTICLES: tuple[Article, ...] = (
    article(
        "warranty.md",
        "---\ntitle: Warranty\n---\nThe warranty of a Sprout is two years. The warranty of a Hub "
        "is two years as well.\n\n## What it covers\n\nThe warranty covers defects in material.\n",
    ),
    article(
        "returns.md",
        "---\ntitle: Returns\n---\nYou can return anything within 30 days of delivery. Open "
        "**Orders**, click the order, then **Return items**.\n",
    ),
    article(
        "plans.md",
        "---\ntitle: Plans\n---\nPlus costs $4.99 a month. Cancel it under **Settings > Billing**, "
        "or read [how plans end](plans.md#end).\n",
    ),
    article(
        "staff/overrides.md",
        "---\ntitle: Goodwill overrides\naudience: staff\n---\nThe goodwill code of the duty "
        "manager is good for 200 euros.\n",
    ),
)


@dataclass(frozen=True)
class Attacked:
    """The agent, the rows it keeps, and the shop."""

    agent: Agent
    ledger: SqlLedger
    shop: Running
    writes: frozenset[str]


class Setting:
    """What all attacks share; each begins on fresh rows."""

    def __init__(self, shop: Running, database: Database) -> None:
        self._shop = shop
        self._database = database
        self._catalog: Catalog = open_catalog(
            SAMPLE / "actions.toml", urls={"shop": shop.url}, timeout_s=5
        )
        compiled, faults = compile_folder(PROCEDURES, self._catalog.specs)
        assert not [fault for fault in faults if fault.gravity == "error"], faults
        self._procedures = Fixed(compiled)

    def close(self) -> None:
        self._catalog.close()

    def fresh(self, added: Sequence[Article], patch: Any, **more: Any) -> Attacked:
        """An agent on the articles and these, and a shop with these rows otherwise."""
        self._shop.reset(patch=patch)
        with self._database.write("attack") as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
        ledger = SqlLedger(self._database)
        agent = Agent(
            WordKnowledge((*ARTICLES, *added)),
            Conversations(self._database),
            AgentSettings(),
            procedures=self._procedures,
            actions=Executor(self._catalog, ledger, lambda: SAMPLE_NOW),
            desk=Desk(HandoverSettings(), lambda: SAMPLE_NOW),
            now=lambda: SAMPLE_NOW,
            **more,
        )
        writes = frozenset(name for name, spec in self._catalog.specs.items() if spec.writes)
        return Attacked(agent, ledger, self._shop, writes)


@contextmanager
def opened(shop: Running, folder: Path) -> Iterator[Setting]:
    database = Database(f"sqlite:///{folder}/attacks.db")
    database.upgrade()
    setting = Setting(shop, database)
    try:
        yield setting
    finally:
        setting.close()
        database.close()
