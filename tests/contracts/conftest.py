"""Every store suite runs on SQLite and on a real PostgreSQL; every index suite on Qdrant embedded
and served."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.ports import IndexBackend
from kb.store.database import Base, Database
from tests.contracts.indexes import embedded, served
from tests.contracts.postgres import Postgres, running
from tests.contracts.qdrant_rest import QdrantRest


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres: Postgres) -> Iterator[Database]:
    database = Database(postgres.create_database())
    database.upgrade()
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Empty, with the tables of this version."""
    if request.param == "postgresql":
        shared: Database = request.getfixturevalue("postgres_database")
        with shared.write("tests") as session:
            tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
            session.execute(text(f"TRUNCATE {tables}"))
        yield shared
        return
    database = Database(f"sqlite:///{tmp_path / 'wellkept.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without any table."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.create_database()
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(scope="session")
def rest() -> Iterator[QdrantRest]:
    with QdrantRest() as server:
        yield server


@pytest.fixture(params=["edge", "rest", "server"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IndexBackend]:
    """Without any release; a real server only where one is named."""
    url = os.environ.get("WELLKEPT_QDRANT_URL")
    if request.param == "server" and not url:
        pytest.skip("WELLKEPT_QDRANT_URL names no server")
    if request.param == "rest":
        url = request.getfixturevalue("rest").url
    made = embedded(tmp_path) if request.param == "edge" else served(url or "")
    yield made
    for name in made.names():
        made.drop(name)
