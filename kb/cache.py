"""Results of costly work between runs, in one SQLite file of the home."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

# SQLite's limit of values in one statement, on the safe side.
_AT_ONCE = 900
_TABLES = """
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS used (kind TEXT PRIMARY KEY, day TEXT);
"""
# A kind of work that nobody asked for as long is forgotten: mostly that of a version of the code
# which was replaced.
UNUSED = timedelta(days=30)
# What 10,000 articles need several times over; a larger file is begun anew.
MOST_BYTES = 4_000_000_000


class FileCache:
    """The `Cache` of a file. One that is damaged, locked or on a full disk is an empty one that
    keeps nothing: a run is then slower, never wrong. `today` is the day of use."""

    def __init__(self, path: Path, today: date | None = None, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._today = today or datetime.now(UTC).date()
        self._most_bytes = most_bytes
        self._marked: set[str] = set()

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        with suppress(sqlite3.Error), self._open() as connection:
            for some in _split(sorted(keys)):
                marks = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT key, value FROM kept WHERE kind = ? AND key IN ({marks})",  # noqa: S608 marks alone
                    (kind, *some),
                )
                found.update(rows)
            self._mark(connection, kind)
        return found

    def put(self, kind: str, values: Mapping[str, bytes]) -> None:
        rows = [(kind, key, value) for key, value in values.items()]
        with suppress(sqlite3.Error), self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._mark(connection, kind)

    def prune(self, kind: str, keep: Collection[str]) -> None:
        kept = set(keep)
        with suppress(sqlite3.Error), self._open() as connection, connection:
            every = connection.execute("SELECT key FROM kept WHERE kind = ?", (kind,)).fetchall()
            gone = [(kind, key) for (key,) in every if key not in kept]
            connection.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", gone)

    def _mark(self, connection: sqlite3.Connection, kind: str) -> None:
        """Notes that a kind is in use; when it is the first time today, forgets what is not."""
        day = self._today.isoformat()
        if kind in self._marked:
            return
        self._marked.add(kind)
        known = connection.execute("SELECT day FROM used WHERE kind = ?", (kind,)).fetchone()
        if known == (day,):
            return
        with connection:
            connection.execute("INSERT OR REPLACE INTO used VALUES (?, ?)", (kind, day))
            self._forget(connection)

    def _forget(self, connection: sqlite3.Connection) -> None:
        last = self._today if _bytes_in_use(connection) > self._most_bytes else self._today - UNUSED
        old = "SELECT kind FROM used WHERE day < ?"
        connection.execute(f"DELETE FROM kept WHERE kind IN ({old})", (last.isoformat(),))  # noqa: S608 fixed text
        connection.execute("DELETE FROM used WHERE day < ?", (last.isoformat(),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            yield connection

    def _connect(self) -> sqlite3.Connection:
        try:
            return _prepared(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._path.unlink(missing_ok=True)
            return _prepared(self._path)


def _bytes_in_use(connection: sqlite3.Connection) -> int:
    """Without the pages that wait to be filled again."""
    (size,), (pages,), (free,) = (
        connection.execute(f"PRAGMA {name}").fetchone()
        for name in ("page_size", "page_count", "freelist_count")
    )
    return int(size * (pages - free))


class NoCache:
    """The `Cache` of a run that can keep nothing."""

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:  # noqa: ARG002 the port's
        return {}

    def put(self, kind: str, values: Mapping[str, bytes]) -> None:
        pass

    def prune(self, kind: str, keep: Collection[str]) -> None:
        pass


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5.0)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What a crash loses is made again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _split(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
