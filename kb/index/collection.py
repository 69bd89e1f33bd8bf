"""Qdrant's server: the port `Engine` on one collection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from httpx import InvalidURL
from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from kb.errors import ConfigError, Permanent, Transient, WellkeptError
from kb.index.bm25 import Sparse, unseen_idf
from kb.index.passages import BM25, DENSE, Found, Point
from kb.ports import Vector
from kb.settings import SearchSettings
from kb.types import Filters

_PAGE = 1_000
_WRITE_BATCH = 250
"""Points a request: about 3 MB of JSON, far below the server's limit of 32 MB."""


class Collection:
    """Many threads may search at once."""

    def __init__(self, client: QdrantClient, name: str, search: SearchSettings, url: str) -> None:
        self._client = client
        self._name = name
        self._search = search
        self._url = url

    def put(self, points: Sequence[Point]) -> None:
        for start in range(0, len(points), _WRITE_BATCH):
            batch = [_point(point) for point in points[start : start + _WRITE_BATCH]]
            with server_errors(self._url):
                self._client.upsert(self._name, batch, wait=True)

    def ids(self) -> set[str]:
        found: set[str] = set()
        offset = None
        with server_errors(self._url):
            while True:
                records, offset = self._client.scroll(
                    self._name, limit=_PAGE, offset=offset, with_payload=False
                )
                found.update(str(record.id) for record in records)
                if offset is None:
                    return found

    def payloads(self) -> Iterator[tuple[str, dict[str, Any]]]:
        offset = None
        with server_errors(self._url):
            while True:
                records, offset = self._client.scroll(
                    self._name, limit=_PAGE, offset=offset, with_payload=True
                )
                for record in records:
                    yield str(record.id), record.payload or {}
                if offset is None:
                    return

    def delete(self, ids: Sequence[str]) -> None:
        with server_errors(self._url):
            self._client.delete(self._name, models.PointIdsList(points=list(ids)), wait=True)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        with server_errors(self._url):
            records = self._client.retrieve(
                self._name, list(ids), with_payload=False, with_vectors=[DENSE]
            )
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
        with server_errors(self._url):
            if len(queries) == 1:
                query, using = queries[0]
                answer = self._client.query_points(
                    self._name, query, using=using, query_filter=condition, limit=limit
                )
            else:
                answer = self._client.query_points(
                    self._name,
                    self._fusion(),
                    prefetch=[
                        models.Prefetch(query=query, using=using, limit=depth, filter=condition)
                        for query, using in queries
                    ],
                    limit=limit,
                )
        return [Found(str(item.id), item.score, item.payload or {}) for item in answer.points]

    def scores(
        self, dense: Vector | None, sparse: Sparse | None, ids: Sequence[str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        these = models.Filter(must=[models.HasIdCondition(has_id=list(ids))])
        requests = [
            models.QueryRequest(query=query, using=using, filter=these, limit=len(ids))
            for query, using in _queries(dense, sparse)
        ]
        with server_errors(self._url):
            cosines, words = self._client.query_batch_points(self._name, requests)
        return (
            {str(item.id): item.score for item in cosines.points},
            {str(item.id): item.score for item in words.points},
        )

    def idf(self, terms: Sequence[int]) -> dict[int, float]:
        requests = [
            models.QueryRequest(
                query=models.SparseVector(indices=[term], values=[1.0]),
                using=BM25,
                limit=1,
                with_vector=[BM25],
            )
            for term in terms
        ]
        with server_errors(self._url):
            answers = self._client.query_batch_points(self._name, requests)
            unseen = unseen_idf(self._client.count(self._name).count)
        return {
            term: _idf(term, answer.points[0]) if answer.points else unseen
            for term, answer in zip(terms, answers, strict=True)
        }

    def flush(self) -> None:
        """Nothing: every write has waited for the server's write-ahead log."""

    def close(self) -> None:
        """Nothing: the client belongs to the backend."""

    def _fusion(self) -> models.FusionQuery | models.RrfQuery:
        if self._search.fusion == "dbsf":
            return models.FusionQuery(fusion=models.Fusion.DBSF)
        return models.RrfQuery(rrf=models.Rrf(k=self._search.rrf_k))


def _point(point: Point) -> models.PointStruct:
    return models.PointStruct(
        id=point.id,
        vector={DENSE: point.dense.tolist(), BM25: _sparse(point.sparse)},
        payload=dict(point.payload),
    )


def _sparse(sparse: Sparse) -> models.SparseVector:
    return models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))


def _queries(dense: Vector | None, sparse: Sparse | None) -> list[tuple[Any, str]]:
    """The dense query, then the one by words, each with the vector that it uses."""
    queries: list[tuple[Any, str]] = []
    if dense is not None:
        queries.append((dense.tolist(), DENSE))
    if sparse is not None:
        queries.append((_sparse(sparse), BM25))
    return queries


def _named(point: models.Record | models.ScoredPoint) -> dict[str, Any]:
    if not isinstance(point.vector, dict):
        raise Permanent(f"point {point.id} has no named vectors")
    return point.vector


def _idf(term: int, point: models.ScoredPoint) -> float:
    """The score of a query of one term is its idf times the term's weight in the document."""
    words = _named(point)[BM25]
    return float(point.score) / float(words.values[words.indices.index(term)])


def _filter(filters: Filters) -> models.Filter:
    must: list[Any] = [_either_empty_or("audience", filters.audience)]
    if filters.product is not None:
        must.append(_either_empty_or("product", (filters.product,)))
    if filters.locale is not None:
        match = models.MatchValue(value=filters.locale)
        must.append(models.FieldCondition(key="locale", match=match))
    return models.Filter(must=must)


def _either_empty_or(key: str, values: Sequence[str]) -> models.Filter:
    conditions: list[Any] = [models.IsEmptyCondition(is_empty=models.PayloadField(key=key))]
    if values:
        match = models.MatchAny(any=list(values))
        conditions.append(models.FieldCondition(key=key, match=match))
    return models.Filter(should=conditions)


@contextmanager
def server_errors(url: str) -> Iterator[None]:
    """The one place where the client's errors become ours."""
    try:
        yield
    except WellkeptError:
        raise
    except UnexpectedResponse as error:
        raise _refusal(error.status_code or 0, str(error), url) from error
    except ResourceExhaustedResponse as error:
        raise Transient(f"the Qdrant server at {url} is busy: {error}") from error
    except ResponseHandlingException as error:
        raise Transient(
            f"the Qdrant server at {url} can't be reached ({error.source}); "
            "is it running, and is [qdrant] url right?"
        ) from error
    except InvalidURL as error:
        raise ConfigError(f"[qdrant] url '{url}' is not an address: {error}") from error


def _refusal(status: int, text: str, url: str) -> WellkeptError:
    if status in (401, 403):
        return ConfigError(
            f"the Qdrant server at {url} refused the key: set WELLKEPT_QDRANT_API_KEY"
        )
    if status in (408, 429) or status >= 500:
        return Transient(f"the Qdrant server at {url} failed: {text}")
    return Permanent(f"the Qdrant server at {url} refused: {text}")
