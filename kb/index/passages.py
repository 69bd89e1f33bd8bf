"""The index that both adapters are: Wellkept's search in terms of a few queries of an engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Protocol

import numpy as np

from kb.index.bm25 import Sparse, WordWeights, lexical
from kb.index.payload import PAYLOAD, to_passage, to_payload
from kb.ports import Matrix, Vector
from kb.seal import digest_of_lines
from kb.types import Filters, Hit, Passage

DENSE = "dense"
BM25 = "bm25"
_BATCH = 1_000
_VECTORS_DIGESTED = 256


@dataclass(frozen=True, slots=True)
class Point:
    """A passage as an engine stores it."""

    id: str
    dense: Vector
    sparse: Sparse
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A point that an engine found."""

    id: str
    score: float
    payload: dict[str, Any]


class Engine(Protocol):
    """What an adapter must be able to do. It raises only Wellkept's errors."""

    def put(self, points: Sequence[Point]) -> None: ...

    def ids(self) -> set[str]: ...

    def payloads(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Id and payload of every point, in any order."""
        ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]: ...

    def query(
        self,
        dense: Vector | None,
        sparse: Sparse | None,
        limit: int,
        depth: int,
        filters: Filters,
    ) -> list[Found]:
        """Best first: by fusion of the first `depth` of each where both are given, else by the
        one that is."""
        ...

    def scores(
        self, dense: Vector | None, sparse: Sparse | None, ids: Sequence[str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Cosines and BM25 scores of these points; a point that shares no term is left out."""
        ...

    def idf(self, terms: Sequence[int]) -> dict[int, float]:
        """Inverse document frequency of every one of these terms."""
        ...

    def flush(self) -> None: ...

    def close(self) -> None: ...


class PassageIndex:
    """Implements the port `Index` on an engine. Safe for many threads that search."""

    def __init__(self, engine: Engine, candidates: int) -> None:
        self._engine = engine
        self._candidates = candidates
        self._words = WordWeights()
        self._idf: dict[int, float] = {}

    def upsert(self, passages: Sequence[Passage], vectors: Matrix) -> None:
        points = (
            Point(
                passage.id, vector, self._words.passage(passage.embedded_text), to_payload(passage)
            )
            for passage, vector in zip(passages, vectors, strict=True)
        )
        self._idf = {}
        while batch := list(islice(points, _BATCH)):
            self._engine.put(batch)

    def ids(self) -> set[str]:
        return self._engine.ids()

    def delete(self, ids: Iterable[str]) -> None:
        self._idf = {}
        rest = iter(sorted(ids))
        while batch := list(islice(rest, _BATCH)):
            self._engine.delete(batch)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        for start in range(0, len(ids), _BATCH):
            found |= self._engine.vectors(ids[start : start + _BATCH])
        return found

    def search(self, text: str, vector: Vector | None, limit: int, filters: Filters) -> list[Hit]:
        """Best first, ties by path and place. `score` is the fusion's, the cosine or the BM25
        score, by what was asked for."""
        words = self._words.query(text) if text else None
        sparse = words if words and words.indices else None
        if limit < 1 or (vector is None and sparse is None):
            return []
        depth = max(self._candidates, -(-limit // 2))
        found = self._engine.query(vector, sparse, limit, depth, filters)
        cosines, words_scores = self._scores(vector, sparse, found)
        idf = self._term_weights(sparse)
        hits = [
            Hit(
                to_passage(item.id, item.payload),
                item.score,
                similarity=cosines.get(item.id),
                lexical=lexical(words_scores.get(item.id, 0.0), idf) if sparse else None,
            )
            for item in found
        ]
        return sorted(hits, key=_order)

    def digest(self) -> str:
        """Of every passage, and of the vectors of up to 256 that lie evenly in their order by id:
        enough to see that others were written, at a price that a rollback can pay."""
        lines = {key: repr([*map(it.get, PAYLOAD)]).encode() for key, it in self._engine.payloads()}
        ids = sorted(lines)
        some = ids[:: len(ids) // _VECTORS_DIGESTED + 1]
        vectors = self.vectors(some)
        content = (part for key in ids for part in (key.encode(), lines[key]))
        numbers = (np.asarray(vectors[key], dtype="<f4").tobytes() for key in some)
        return digest_of_lines(chain(content, numbers))

    def flush(self) -> None:
        self._engine.flush()

    def close(self) -> None:
        self._engine.close()

    def _scores(
        self, vector: Vector | None, sparse: Sparse | None, found: Sequence[Found]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """The cosines and BM25 scores behind a result; one kind alone is the result's own."""
        own = {item.id: item.score for item in found}
        if not found or sparse is None:
            return own, {}
        if vector is None:
            return {}, own
        return self._engine.scores(vector, sparse, list(own))

    def _term_weights(self, sparse: Sparse | None) -> list[float]:
        """Inverse document frequency of each query term; the engine is asked once a term."""
        if sparse is None:
            return []
        if missing := [term for term in sparse.indices if term not in self._idf]:
            self._idf |= self._engine.idf(missing)
        return [self._idf[term] for term in sparse.indices]


def _order(hit: Hit) -> tuple[float, str, int, str]:
    """Equal fusion scores differ in their last bits, by the order in which they were added."""
    return -round(hit.score, 6), hit.passage.path, hit.passage.start, hit.passage.id
