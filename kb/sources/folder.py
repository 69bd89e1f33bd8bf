"""A folder of articles on this machine."""

import fnmatch
import os
import re
import stat
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from kb.errors import ConfigError, Permanent, Transient
from kb.history import Dates, read_history
from kb.ports import Source
from kb.settings import SourcesSettings
from kb.types import Document

MEDIA_TYPES: Mapping[str, str] = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".mdx": "text/mdx",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What is read, by the end of a file's name in lower case. Other files are no articles."""

MAX_BYTES = 20_000_000
LEFT_OUT = frozenset({"node_modules", "__pycache__"})
"""Folders that never hold articles, besides hidden ones."""


class FolderSource:
    """Every readable file below `root`; its external id is its path from there, with `/`.

    Hidden files and folders are left out, and what a glob of `exclude` matches, as a whole path
    or as a name. A file that links to outside the root is named, but never read.
    """

    def __init__(
        self,
        root: Path,
        name: str = "folder",
        exclude: Sequence[str] = (),
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self.name = name
        self._root = root
        self._exclude = tuple(exclude)
        self._max_bytes = max_bytes

    def revisions(self) -> Mapping[str, str]:
        """Path to size and time of change. Raises `ConfigError` for a folder that is missing,
        that may not be read, or that holds nothing that is read."""
        if not self._root.is_dir():
            what = "is a file; name its folder" if self._root.exists() else "no such folder"
            raise ConfigError(f"{self._root}: {what}")
        listed = sorted(path for path, name in self._walk() if self._wanted(name))
        found = {path: _revision(self._root / path) for path in listed}
        if not found:
            kinds = ", ".join(sorted(MEDIA_TYPES))
            raise ConfigError(f"{self._root}: no articles here; files that are read end in {kinds}")
        return found

    def fetch(self, external_id: str) -> Document:
        """The file's bytes and dates: those of git where it is tracked, else the file's own."""
        path = self._root / external_id
        data, changed_at = self._read(path)
        dates = self._history.get(external_id)
        return Document(
            id=f"{self.name}:{external_id}",
            source=self.name,
            path=external_id,
            media_type=MEDIA_TYPES[path.suffix.lower()],
            data=data,
            revision=_revision(path),
            created_at=dates.created_at if dates else None,
            updated_at=dates.updated_at if dates else changed_at,
        )

    @cached_property
    def _inside(self) -> str:
        """What the real paths of all that may be read begin with."""
        return os.path.realpath(self._root).rstrip(os.sep) + os.sep

    @cached_property
    def _history(self) -> Mapping[str, Dates]:
        return read_history(self._root)

    def assets(self) -> frozenset[str]:
        """Paths of the other files, such as images and downloads, which articles link to."""
        return frozenset(path for path, name in self._walk() if not self._wanted(name))

    def _walk(self) -> list[tuple[str, str]]:
        """Path and name of every file that is not hidden or excluded."""
        found = []
        for folder, folders, files in os.walk(self._root, onerror=_refuse):
            below = PurePosixPath(Path(folder).relative_to(self._root).as_posix())
            folders[:] = [
                name
                for name in folders
                if not name.startswith(".")
                and name not in LEFT_OUT
                and not self._excluded(str(below / name))
            ]
            for name in files:
                path = str(below / name)
                if not name.startswith(".") and not self._excluded(path):
                    found.append((path, name))
        return found

    def _wanted(self, name: str) -> bool:
        return not name.startswith((".", "~$")) and Path(name).suffix.lower() in MEDIA_TYPES

    def _excluded(self, path: str) -> bool:
        name = PurePosixPath(path).name
        return any(
            fnmatch.fnmatchcase(path, pattern.rstrip("/"))
            or fnmatch.fnmatchcase(name, pattern.rstrip("/"))
            for pattern in self._exclude
        )

    def _read(self, path: Path) -> tuple[bytes, datetime]:
        try:
            real = Path(os.path.realpath(path, strict=True))
            if not str(real).startswith(self._inside):
                raise Permanent("a link that leads out of the folder; it is not followed")
            state = real.stat()
            if not stat.S_ISREG(state.st_mode):
                raise Permanent("not a regular file")
            if state.st_size > self._max_bytes:
                raise Permanent(
                    f"{state.st_size:,} bytes; files above {self._max_bytes:,} are left out "
                    "(setting sources.max_bytes)"
                )
            return real.read_bytes(), datetime.fromtimestamp(state.st_mtime, UTC)
        except PermissionError:
            raise Permanent("may not be read: permission denied") from None
        except FileNotFoundError:
            raise Permanent("a broken link, or deleted while it was read") from None
        except (OSError, RuntimeError) as error:
            raise Transient(f"{path}: {error}") from error


def open_folders(roots: Sequence[Path], settings: SourcesSettings) -> list[Source]:
    """A source for each folder. A single one is named `folder`, so that its articles keep their
    ids when it is moved; several are told apart by the names of their folders."""
    names = [re.sub(r"[^\w.-]+", "-", root.resolve().name) or "root" for root in roots]
    sources: list[Source] = []
    for index, root in enumerate(roots):
        again = names[:index].count(names[index])
        name = "folder" if len(roots) == 1 else names[index] + (f"-{again + 1}" if again else "")
        sources.append(FolderSource(root, name, settings.exclude, settings.max_bytes))
    return sources


def _refuse(error: OSError) -> None:
    raise ConfigError(f"{error.filename}: may not be read ({error.strerror})") from error


def _revision(path: Path) -> str:
    try:
        state = path.stat()
    except OSError as error:
        return f"unreadable-{error.errno}"
    return f"{state.st_mtime_ns}-{state.st_size}"


plugin = FolderSource
