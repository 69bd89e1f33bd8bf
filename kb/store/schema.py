"""Brings the tables of a database to this version."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from kb.errors import ConfigError

if TYPE_CHECKING:
    from alembic.config import Config

    from kb.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# The newest migration, kept here so that a database that has it needs no Alembic to be opened.
REVISION = "0006"


def upgrade(database: "Database") -> None:
    """Runs the missing migrations in one transaction; two processes at once run them once.

    Raises `ConfigError` when the database holds a revision that this version does not know.
    """
    with database.read() as session:
        current = revision(session)
    if current == REVISION:
        return
    with database.write("schema") as session:
        _migrate(session, database.where)


def revision(session: Session) -> str | None:
    """The migration that was run last; None in an empty database."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


def configuration() -> "Config":
    """Alembic's, for the migrations that ship with this package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _migrate(session: Session, where: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration()
    current = revision(session)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise ConfigError(
            f"database {where} was written by a newer version of Wellkept "
            f"(its tables are at {current}, this version knows {REVISION}); upgrade wellkept"
        )
    config.attributes["connection"] = session.connection()
    command.upgrade(config, REVISION)
