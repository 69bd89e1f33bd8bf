"""Results of costly work between runs, in one SQLite file of the home."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

# SQLite's limit of values in one statement, on the safe side.
_AT_ONCE = 900
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))"
)


class FileCache:
    """The `Cache` of a file. One that is damaged, locked or on a full disk is an empty one that
    keeps nothing: a run is then slower, never wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path

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
        return found

    def put(self, kind: str, values: Mapping[str, bytes]) -> None:
        rows = [(kind, key, value) for key, value in values.items()]
        with suppress(sqlite3.Error), self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def prune(self, kind: str, keep: Collection[str]) -> None:
        kept = set(keep)
        with suppress(sqlite3.Error), self._open() as connection, connection:
            every = connection.execute("SELECT key FROM kept WHERE kind = ?", (kind,)).fetchall()
            gone = [(kind, key) for (key,) in every if key not in kept]
            connection.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", gone)

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


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5.0)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What a crash loses is made again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _split(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
