"""A shop that breaks as it is told, its actions, and a ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.execution.catalog import Catalog, open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from kb.store.database import Database
from tests.agent.actions.backend import TOKEN, ShopBackend, write_actions
from tests.agent.execution.requests import Clock, no_sleep


@pytest.fixture(scope="session")
def running_shop() -> Iterator[ShopBackend]:
    with ShopBackend() as shop:
        yield shop


@pytest.fixture
def shop(running_shop: ShopBackend) -> ShopBackend:
    running_shop.reset()
    return running_shop


@pytest.fixture
def catalog(
    shop: ShopBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Catalog]:
    monkeypatch.setenv("SHOP_TOKEN", TOKEN)
    catalog = open_catalog(write_actions(tmp_path, shop.url))
    yield catalog
    catalog.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    database = Database(f"sqlite:///{tmp_path / 'wellkept.db'}")
    database.upgrade()
    yield SqlLedger(database)
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def executor(catalog: Catalog, ledger: SqlLedger, clock: Clock) -> Executor:
    return Executor(catalog, ledger, clock, no_sleep)
