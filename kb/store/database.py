"""The connection to SQLite or PostgreSQL, and its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from time import sleep
from typing import Any

from sqlalchemy import URL, Engine, MetaData, create_engine, event, make_url, select
from sqlalchemy import func as sql
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session

from kb.errors import ConfigError
from kb.store import schema
from kb.store.columns import ClearText, Json, UtcDateTime
from kb.store.faults import mapped

_WRITES = "wellkept_writes"
_EXPECTED = "expected sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"


class Base(DeclarativeBase):
    """Root of every row class: kb's, the agent's and the evaluation's. One history of
    migrations makes all their tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 SQLAlchemy reads it as a plain dict
        str: ClearText,
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[dict[str, Any]]: Json,
    }


class Database:
    """One database, by its SQLAlchemy URL.

    Every use goes through `read` or `write`, which raise `Transient` when it is locked, full or
    not reachable, and `ConfigError` when the operator must act. No message shows a password.
    Raises `ConfigError` for a URL that is neither SQLite's nor PostgreSQL's, and for a missing
    driver. Nothing is opened before the first use.
    """

    def __init__(self, url: str, timeout_s: float = 10.0) -> None:
        parsed = _parse(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        self.where = _describe(parsed)
        self._engine = _connect(parsed, {"timeout" if sqlite else "connect_timeout": timeout_s})
        if sqlite:
            event.listen(self._engine, "connect", _configure)
            event.listen(self._engine, "begin", _begin)

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees what was committed. What it changes is not kept."""
        with mapped(self.where), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self, alone: str) -> Iterator[Session]:
        """One transaction: all of it when the block ends, nothing when it raises.

        Writers with the same `alone` wait for each other, in this process and every other;
        on SQLite all writers do.
        """
        engine = self._engine.execution_options(**{_WRITES: True})
        keeping = Session(engine, expire_on_commit=False)
        with mapped(self.where), keeping as session, session.begin():
            if engine.dialect.name == "postgresql":
                key = sql.hashtextextended(alone, 0)
                session.execute(select(sql.pg_advisory_xact_lock(key)))
            yield session

    def upgrade(self) -> None:
        """Makes the tables those of this version. Raises `ConfigError` when a newer version
        of Wellkept wrote them."""
        schema.upgrade(self)

    def close(self) -> None:
        """Lets every connection go; the next use opens new ones."""
        self._engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(f"the database URL can't be read; {_EXPECTED}") from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise ConfigError(f"database '{parsed.drivername}' is not supported; {_EXPECTED}")
    return parsed


def _describe(url: URL) -> str:
    """The URL without password, and without its query, which may hold one too."""
    if url.get_backend_name() == "sqlite":
        return str(Path(url.database)) if url.database else "in memory"
    return url.set(query={}).render_as_string(hide_password=True)


def _connect(url: URL, connect_args: dict[str, Any]) -> Engine:
    try:
        # A statement's parameters may be a customer's words: they stay out of errors and logs.
        return create_engine(
            url, connect_args=connect_args, hide_parameters=True, pool_pre_ping=True
        )
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the driver of {_describe(url)} is missing ({error.name}); "
            "run `pip install 'wellkept[postgres]'`"
        ) from None


def _configure(connection: Any, _record: Any) -> None:
    # SQLAlchemy begins transactions itself: sqlite3 would begin them too late, at the first write.
    connection.isolation_level = None
    _enter_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _enter_wal(connection: Any) -> None:
    """Readers and a writer don't wait for each other from here on. When several connections turn
    a new file to WAL at once, SQLite tells all but one that it is locked, without waiting."""
    for pause_s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY:
                raise
            sleep(pause_s)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Any) -> None:
    """A writer takes the write lock at once: what it reads can't change under it."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
