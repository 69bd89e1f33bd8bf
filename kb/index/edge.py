"""Embedded Qdrant: one shard folder a release.

Shards are made without a write-ahead log: what `flush` has written survives a crash, the rest is
dropped at the next load, and the engine takes no lock of its own. Ours: one writer or any number
of readers, in any processes.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import qdrant_edge as qdrant

from kb.errors import Permanent, Transient, WellkeptError
from kb.index.passages import BM25, DENSE, PassageIndex
from kb.index.payload import FILTERED
from kb.index.shard import Shard, edge_errors, require_space
from kb.settings import SearchSettings


class EdgeBackend:
    """Implements the port `IndexBackend` in a folder."""

    def __init__(self, folder: Path, search: SearchSettings | None = None) -> None:
        self._folder = folder
        self._search = search or SearchSettings()

    def create(self, release_id: str, dimension: int) -> PassageIndex:
        """What can't be read of an interrupted run is made anew. Raises `Transient` while the
        release is open elsewhere, or on a full disk."""
        folder = self._folder / release_id
        with edge_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            require_space(folder)
        return self._locked(folder, fcntl.LOCK_EX, lambda shard: _resume(shard, dimension))

    def open(self, release_id: str) -> PassageIndex:
        """Raises `Permanent` when there is none, `Transient` while it is being written."""
        if release_id not in self.names():
            raise Permanent(f"there is no index of release {release_id} in {self._folder}")
        return self._locked(self._folder / release_id, fcntl.LOCK_SH, _load)

    def _locked(
        self, folder: Path, kind: int, load: Callable[[Path], qdrant.EdgeShard]
    ) -> PassageIndex:
        lock = _lock(folder, kind)
        shard = folder / "shard"
        try:
            engine = Shard(load(shard), shard, lock, self._search)
        except WellkeptError:
            os.close(lock)
            raise
        return PassageIndex(engine, self._search.candidates)

    def names(self) -> set[str]:
        shards = self._folder.glob("[!.]*/shard/edge_config.json")
        return {path.parent.parent.name for path in shards}

    def drop(self, release_id: str) -> None:
        """Readers that have it open keep what they see."""
        trash = self._folder / f".dropped-{uuid4().hex}"
        with edge_errors(self._folder):
            if (self._folder / release_id).exists():
                (self._folder / release_id).rename(trash)
            for left in self._folder.glob(".dropped-*"):
                shutil.rmtree(left, ignore_errors=True)

    def digest(self, release_id: str) -> str:
        """Raises `Permanent` when there is none."""
        with closing(self.open(release_id)) as index:
            return index.digest()

    def point_live(self, release_id: str) -> None:
        """Nothing: the release store alone says which release is live."""


def _lock(folder: Path, kind: int) -> int:
    """A file descriptor that holds the lock; the system frees it when the process ends."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Transient(f"{folder} is in use by another run; try again when it is done") from None
    return descriptor


def _load(folder: Path, config: qdrant.EdgeConfig | None = None) -> qdrant.EdgeShard:
    with edge_errors(folder):
        return qdrant.EdgeShard.load(str(folder), config)


def _resume(folder: Path, dimension: int) -> qdrant.EdgeShard:
    """The shard that an interrupted run left, or a new one where there is none that fits."""
    if (folder / "edge_config.json").exists():
        with suppress(Permanent):
            return _load(folder, _config(dimension))
    with edge_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shard = qdrant.EdgeShard.create(str(folder), _config(dimension))
        for field in FILTERED:
            keyword = qdrant.PayloadSchemaType.Keyword
            shard.update(qdrant.UpdateOperation.create_field_index(field, keyword))
        shard.flush()
        return shard


def _config(dimension: int) -> qdrant.EdgeConfig:
    return qdrant.EdgeConfig(
        vectors={DENSE: qdrant.EdgeVectorParams(dimension, qdrant.Distance.Cosine)},
        sparse_vectors={BM25: qdrant.EdgeSparseVectorParams(modifier=qdrant.Modifier.Idf)},
        wal_enabled=False,
    )
