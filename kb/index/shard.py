"""Qdrant's embedded engine: the port `Engine` on one shard.

Search is exact, by scanning, since no graph is built: 3 ms at 25,000 passages, and growing with
them.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import qdrant_edge as qdrant

from kb.errors import Permanent, Transient, WellkeptError
from kb.index.bm25 import Sparse, unseen_idf
from kb.index.passages import BM25, DENSE, Found, Point
from kb.ports import Vector
from kb.settings import SearchSettings
from kb.types import Filters

_SPARE_BYTES = 64 * 2**20
"""The engine grows its files by 32 MB at a time and dies of SIGBUS where the disk can't follow."""
_BYTES_PER_POINT = 16 * 2**10
_PAGE = 10_000


class Shard:
    """The port `Engine` on one shard."""

    def __init__(
        self, shard: qdrant.EdgeShard, folder: Path, lock: int, search: SearchSettings
    ) -> None:
        self._shard = shard
        self._folder = folder
        self._lock: int | None = lock
        self._search = search

    def put(self, points: Sequence[Point]) -> None:
        with edge_errors(self._folder):
            require_space(self._folder, len(points) * _BYTES_PER_POINT)
            self._shard.update(qdrant.UpdateOperation.upsert_points([_point(p) for p in points]))

    def ids(self) -> set[str]:
        found: set[str] = set()
        offset = None
        with edge_errors(self._folder):
            while True:
                request = qdrant.ScrollRequest(
                    offset=offset, limit=_PAGE, with_payload=False, with_vector=False
                )
                records, offset = self._shard.scroll(request)
                found.update(str(record.id) for record in records)
                if offset is None:
                    return found

    def payloads(self) -> Iterator[tuple[str, dict[str, Any]]]:
        offset = None
        with edge_errors(self._folder):
            while True:
                request = qdrant.ScrollRequest(
                    offset=offset, limit=_PAGE, with_payload=True, with_vector=False
                )
                records, offset = self._shard.scroll(request)
                for record in records:
                    yield str(record.id), record.payload or {}
                if offset is None:
                    return

    def delete(self, ids: Sequence[str]) -> None:
        with edge_errors(self._folder):
            self._shard.update(qdrant.UpdateOperation.delete_points(_uuids(ids)))

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        with edge_errors(self._folder):
            records = self._shard.retrieve(_uuids(ids), with_payload=False, with_vector=[DENSE])
        return {
            str(record.id): np.asarray(_named(record)[DENSE], dtype=np.float32)
            for record in records
        }

    def query(
        self,
        dense: Vector | None,
        sparse: Sparse | None,
        limit: int,
        depth: int,
        filters: Filters,
    ) -> list[Found]:
        queries = _queries(dense, sparse)
        condition = _filter(filters)
        if len(queries) == 1:
            request = qdrant.QueryRequest(
                limit=limit, query=queries[0], filter=condition, with_payload=True
            )
        else:
            request = qdrant.QueryRequest(
                limit=limit,
                query=self._fusion(),
                prefetches=[qdrant.Prefetch(depth, query, filter=condition) for query in queries],
                with_payload=True,
            )
        with edge_errors(self._folder):
            points = self._shard.query(request)
        return [Found(str(point.id), point.score, point.payload or {}) for point in points]

    def scores(
        self, dense: Vector | None, sparse: Sparse | None, ids: Sequence[str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        these = qdrant.Filter(must=[qdrant.HasIdCondition(set(_uuids(ids)))])
        requests = [
            qdrant.QueryRequest(limit=len(ids), query=query, filter=these, with_payload=False)
            for query in _queries(dense, sparse)
        ]
        with edge_errors(self._folder):
            cosines, words = self._shard.query_batch(qdrant.QueryBatchRequest(requests))
        return (
            {str(point.id): point.score for point in cosines},
            {str(point.id): point.score for point in words},
        )

    def idf(self, terms: Sequence[int]) -> dict[int, float]:
        requests = [
            qdrant.QueryRequest(
                limit=1,
                query=qdrant.Query.Nearest(qdrant.SparseVector([term], [1.0]), using=BM25),
                with_vector=[BM25],
                with_payload=False,
            )
            for term in terms
        ]
        with edge_errors(self._folder):
            answers = self._shard.query_batch(qdrant.QueryBatchRequest(requests))
            unseen = unseen_idf(self._shard.info().points_count)
        return {
            term: _idf(term, points[0]) if points else unseen
            for term, points in zip(terms, answers, strict=True)
        }

    def flush(self) -> None:
        with edge_errors(self._folder):
            require_space(self._folder)
            self._shard.flush()

    def close(self) -> None:
        if self._lock is None:
            return
        self._shard.close()
        os.close(self._lock)
        self._lock = None

    def _fusion(self) -> Any:
        if self._search.fusion == "dbsf":
            return qdrant.Fusion.Dbsf()
        return qdrant.Fusion.Rrf(k=self._search.rrf_k)


def _point(point: Point) -> qdrant.Point:
    words = qdrant.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    return qdrant.Point(
        UUID(point.id), {DENSE: point.dense.tolist(), BM25: words}, dict(point.payload)
    )


def _uuids(ids: Sequence[str]) -> list[Any]:
    return [UUID(item) for item in ids]


def _queries(dense: Vector | None, sparse: Sparse | None) -> list[qdrant.Query]:
    """The dense query, then the one by words; at least one of them."""
    queries = []
    if dense is not None:
        queries.append(qdrant.Query.Nearest(dense.tolist(), using=DENSE))
    if sparse is not None:
        words = qdrant.SparseVector(list(sparse.indices), list(sparse.values))
        queries.append(qdrant.Query.Nearest(words, using=BM25))
    return queries


def _idf(term: int, point: qdrant.ScoredPoint) -> float:
    """The score of a query of one term is its idf times the term's weight in the document."""
    words = _named(point)[BM25]
    return float(point.score) / float(words.values[words.indices.index(term)])


def _named(point: qdrant.Record | qdrant.ScoredPoint) -> dict[str, Any]:
    if not isinstance(point.vector, dict):
        raise Permanent(f"point {point.id} has no named vectors")
    return point.vector


def _filter(filters: Filters) -> qdrant.Filter:
    must: list[Any] = [_either_empty_or("audience", filters.audience)]
    if filters.product is not None:
        must.append(_either_empty_or("product", (filters.product,)))
    if filters.locale is not None:
        must.append(qdrant.FieldCondition("locale", match=qdrant.MatchValue(filters.locale)))
    return qdrant.Filter(must=must)


def _either_empty_or(key: str, values: Sequence[str]) -> qdrant.Filter:
    conditions: list[Any] = [qdrant.IsEmptyCondition(key)]
    if values:
        conditions.append(qdrant.FieldCondition(key, match=qdrant.MatchAny(list(values))))
    return qdrant.Filter(should=conditions)


def require_space(folder: Path, needed: int = 0) -> None:
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    if free < needed + _SPARE_BYTES:
        raise Transient(
            f"the disk is full: {free // 2**20} MB free for {folder}, "
            f"{(needed + _SPARE_BYTES) // 2**20} MB needed; free some space and run again"
        )


@contextmanager
def edge_errors(folder: Path) -> Iterator[None]:
    """The one place where the engine's errors become ours: it raises bare `Exception`s, and
    panics, which are none, on files that are cut short."""
    try:
        yield
    except WellkeptError:
        raise
    except OSError as error:
        raise Transient(f"{folder}: {error.strerror or error}") from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        text = str(error)
        if "os error 28" in text or "No space left" in text:
            raise Transient(f"the disk is full; {folder} can't grow: {text}") from error
        raise Permanent(
            f"the index in {folder} can't be read: {text}; run the release again"
        ) from error
