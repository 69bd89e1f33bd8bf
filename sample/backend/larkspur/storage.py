"""SQLite behind one lock: a transaction either happens as a whole or not at all."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from typing import Any, TypeAlias

from larkspur.schema import BOOKKEEPING, TABLES
from larkspur.seed import rows_at

Row: TypeAlias = dict[str, Any]
Patch: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any] | None]]


class Storage:
    """The shop's rows and its clock. With `now` the clock stands still there, otherwise it is the
    real one. The seed is laid out relative to the clock at the time of the reset."""

    def __init__(self, database: str = ":memory:", now: datetime | None = None) -> None:
        self._connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._lock = RLock()
        self._now = now
        if not self._seeded():
            self.reset(now)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def now(self) -> datetime:
        """Aware, in UTC, whole seconds."""
        return (self._now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)

    def ago(self, **duration: float) -> str:
        """The time that long before now, as it is stored."""
        return (self.now() - timedelta(**duration)).isoformat()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one inside another belongs to the outer one."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def find(self, table: str, **equal: Any) -> list[Row]:
        """Rows whose columns have these values, oldest first."""
        where = " AND ".join(f"{column} IS ?" for column in equal) or "1"
        found = f"SELECT * FROM {table} WHERE {where} ORDER BY rowid"  # noqa: S608 own names
        with self._lock:
            return [dict(row) for row in self._connection.execute(found, tuple(equal.values()))]

    def get(self, table: str, row_id: str) -> Row | None:
        return next(iter(self.find(table, id=row_id)), None)

    def add(self, table: str, row: Mapping[str, Any]) -> Row:
        columns, marks = ", ".join(row), ", ".join("?" for _ in row)
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 own names
        with self.transaction():
            self._connection.execute(insert, tuple(row.values()))
        return dict(row)

    def change(self, table: str, row_id: str, **columns: Any) -> None:
        assigned = ", ".join(f"{column} = ?" for column in columns)
        update = f"UPDATE {table} SET {assigned} WHERE id = ?"  # noqa: S608 own names
        with self.transaction():
            self._connection.execute(update, (*columns.values(), row_id))

    def number(self, table: str) -> int:
        """One more than there are rows: the next row's number."""
        return len(self.find(table)) + 1

    def reset(self, now: datetime | None = None, patch: Patch | None = None) -> None:
        """The seed again, laid out relative to `now`, at which the clock stands from here on.
        `patch` then sets columns of rows by table and id; an unknown id adds a row, `None` takes
        one out. Raises `KeyError` for an unknown table or column."""
        _check(patch or {})
        with self.transaction():
            self._now = now
            for table, columns in {**TABLES, **BOOKKEEPING}.items():
                self._connection.execute(f"DROP TABLE IF EXISTS {table}")
                self._connection.execute(f"CREATE TABLE {table} ({columns})")
            for table, rows in rows_at(self.now()).items():
                for row in rows:
                    self.add(table, row)
            self._patch(patch or {})

    def state(self) -> dict[str, dict[str, Row]]:
        """Every row by table and id, without the bookkeeping of idempotency keys."""
        return {table: {row["id"]: row for row in self.find(table)} for table in TABLES}

    def _patch(self, patch: Patch) -> None:
        for table, rows in patch.items():
            for row_id, columns in rows.items():
                if columns is None:
                    self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 a known table
                elif self.get(table, row_id) is None:
                    self.add(table, {"id": row_id, **columns})
                elif columns:
                    self.change(table, row_id, **columns)

    def _seeded(self) -> bool:
        found = "SELECT 1 FROM sqlite_master WHERE name = 'kept'"
        return self._connection.execute(found).fetchone() is not None


def day_of(time: str | None) -> date | None:
    """The day of a time as it is stored."""
    return datetime.fromisoformat(time).date() if time else None


def _check(patch: Patch) -> None:
    for table, rows in patch.items():
        known = {column.split()[0] for column in TABLES[table].split(", ")}
        for columns in rows.values():
            for column in columns or ():
                if column not in known:
                    raise KeyError(f"{table}.{column}")
