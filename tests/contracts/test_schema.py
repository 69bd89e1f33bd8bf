"""The tables, from nothing to this version, on every database."""

import logging
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import agent.canary.store
import agent.store
import eval.drafting.store
import eval.runs.store
import eval.runs.tried
import kb.store.tables
from kb.errors import ConfigError
from kb.store.database import Base, Database
from kb.store.schema import REVISION, configuration
from tests.contracts.threads import at_once

MODULES_WITH_ROWS = (
    agent.canary.store,
    agent.store,
    eval.drafting.store,
    eval.runs.store,
    eval.runs.tried,
    kb.store.tables,
)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    yield database
    database.close()


def revisions(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT version_num FROM alembic_version")))


def test_the_migrations_make_exactly_the_tables_of_the_row_classes(empty: Database) -> None:
    empty.upgrade()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_changes_nothing(empty: Database) -> None:
    empty.upgrade()
    empty.upgrade()
    assert revisions(empty) == [REVISION]


def test_several_processes_may_upgrade_at_once(empty_url: str) -> None:
    databases = [Database(empty_url) for _ in range(4)]
    at_once([database.upgrade for database in databases])
    assert revisions(databases[0]) == [REVISION]
    for database in databases:
        database.close()


def test_a_database_of_a_newer_version_is_left_alone(empty: Database) -> None:
    empty.upgrade()
    with empty.write("tests") as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match=r"newer version.*upgrade wellkept"):
        empty.upgrade()
    assert revisions(empty) == ["9999"]


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty: Database) -> None:
    with empty.write("tests") as session:
        session.execute(text("CREATE TABLE evaluation (id TEXT)"))
    with pytest.raises(Exception, match="evaluation"):
        empty.upgrade()
    with empty.write("tests") as session:
        session.execute(text("DROP TABLE evaluation"))
    empty.upgrade()
    assert revisions(empty) == [REVISION]


def test_the_newest_migration_is_the_one_that_this_version_asks_for() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == REVISION


def test_a_new_migration_is_made_from_the_template(
    tmp_path_factory: pytest.TempPathFactory, empty: Database
) -> None:
    folder = tmp_path_factory.mktemp("versions")
    config = configuration()
    shipped = ScriptDirectory.from_config(config).versions
    config.set_main_option("version_locations", f"{shipped}\n{folder}")
    config.set_main_option("path_separator", "newline")
    command.revision(config, "colour", rev_id="9999", version_path=str(folder))
    with empty.write("tests") as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
    assert revisions(empty) == ["9999"]


def test_upgrading_leaves_logging_as_it_was(empty: Database) -> None:
    before = logging.getLogger().handlers[:]
    empty.upgrade()
    assert logging.getLogger().handlers == before
