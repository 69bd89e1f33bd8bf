"""The folder of all embedded state."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from kb.errors import ConfigError, Transient

FORMAT = 1
DATABASE = "wellkept.db"
_MEGABYTE = 1_000_000


class Home:
    """Where the embedded database, indexes and reports lie.

    Made when it is first used, for its owner's eyes alone: it holds what customers wrote.
    Raises `ConfigError` when it can't be made or written, or when a newer version of Wellkept
    wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        with self._mapped():
            self._open()

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def database_url(self) -> str:
        """SQLAlchemy's, of the embedded database."""
        return f"sqlite:///{quote(str(self.database))}"

    @property
    def releases(self) -> Path:
        """Folder of the embedded indexes, one folder a release."""
        return self.path / "releases"

    @property
    def cache(self) -> Path:
        """What may be lost: results of costly work."""
        return self.path / "cache.db"

    @property
    def reports(self) -> Path:
        return self.path / "reports"

    @property
    def evaluations(self) -> Path:
        """A page for each release that was tried."""
        return self.path / "evaluations"

    @property
    def checked(self) -> str:
        """What the last check looked at, as its fingerprint; empty before the first."""
        path = self.path / "checked"
        return path.read_text(encoding="ascii") if path.exists() else ""

    @checked.setter
    def checked(self, fingerprint: str) -> None:
        with self._mapped():
            _write(self.path / "checked", fingerprint)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keeps every other writer out, in this process and others, until the block ends or the
        process dies. Readers need no lock. Raises `Transient` at once, with the process that
        holds it."""
        path = self.path / "lock"
        lock = FileLock(path, blocking=False, mode=0o600, thread_local=False)
        with self._mapped():
            try:
                lock.acquire()
            except Timeout:
                raise Transient(
                    f"home {self.path} is in use by process {_holder(path)}; "
                    "wait until it is done, or give this run a --home of its own"
                ) from None
        try:
            with self._mapped():
                path.write_text(f"{os.getpid()}\n", encoding="ascii")
            yield
        finally:
            lock.release()

    def require_space(self, megabytes: int) -> None:
        """Raises `Transient` when the disk of the home has fewer megabytes (of 10^6 bytes) free."""
        free = shutil.disk_usage(self.path).free // _MEGABYTE
        if free < megabytes:
            raise Transient(
                f"the disk of {self.path} has {free} MB free and {megabytes} MB are needed; "
                "free some space and run again"
            )

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Transient(f"the disk of {self.path} is full; free some space") from error
            raise ConfigError(
                f"home {self.path} can't be used: {error.strerror}; choose another with --home"
            ) from error

    def _open(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        label = self.path / "home.json"
        if label.exists():
            self._refuse_newer(label)
        else:
            _write(label, json.dumps({"format": FORMAT}) + "\n")
            # Conversations must not end in the repository that the home may lie in.
            _write(self.path / ".gitignore", "*\n")

    def _refuse_newer(self, label: Path) -> None:
        try:
            found = json.loads(label.read_text(encoding="utf-8"))["format"]
        except (ValueError, KeyError, TypeError):
            found = None
        if not isinstance(found, int):
            raise ConfigError(f"{label} is damaged; move {self.path} away and release again")
        if found > FORMAT:
            raise ConfigError(
                f"home {self.path} was written by a newer version of Wellkept "
                f"(format {found}, this version knows {FORMAT}); upgrade wellkept"
            )


def _holder(path: Path) -> str:
    """The process id in a lock; the holder writes it just after it has taken it."""
    try:
        return path.read_text(encoding="ascii").strip() or "unknown"
    except OSError:
        return "unknown"


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also when two processes write it at once."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
