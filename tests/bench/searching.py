"""How fast search is, against the same query in qdrant-client's local mode."""

import warnings
from collections.abc import Sequence
from pathlib import Path

from qdrant_client import QdrantClient, models

from eval.drafting.draft import draft
from kb.build import Workspace
from kb.index.bm25 import WordWeights
from kb.passages import split
from kb.ports import Index, Vector
from kb.types import Article, Filters, Passage
from tests.bench.centers import Center, workspace
from tests.bench.measure import latencies_ms, own_peak_mb, p50_p95, show
from tests.bench.releasing import home_of

_QUERIES = 200
_LOCAL_QUERIES = 20
_TOP = 10
_BATCH = 500


def measure(center: Center, work: Path) -> None:
    """On a released center. The local mode does the one hybrid query; ours goes on to take a
    second look at what it found."""
    space = workspace(home_of(center, work))
    release = space.release()
    articles = space.articles.of_release(release.id)
    knowledge = space.knowledge()
    fresh, known = halves(questions(space, articles, _QUERIES))
    allowed = Filters(audience=tuple(space.settings.agent.audience))

    def search(text: str) -> None:
        if not knowledge.search(text, _TOP, allowed):
            raise RuntimeError(f"nothing was found for {text!r}")

    search(fresh[0])
    embedding = latencies_ms(search, fresh[1:])
    for text in known:
        space.encoder.encode_query(text)
    searching = latencies_ms(search, known)
    local = _local(space, articles, known[:_LOCAL_QUERIES], work)
    rows = [
        ("with the query's embedding", len(embedding), p50_p95(embedding)),
        ("without", len(known), p50_p95(searching)),
        ("local mode, without", len(local), p50_p95(local)),
    ]
    show(
        f"Search on {center.name}: {release.passage_count} passages; "
        f"{own_peak_mb():.0f} MB at the most, local mode included",
        ("", "queries", "p50 / p95 ms"),
        rows,
    )


def questions(space: Workspace, articles: Sequence[Article], limit: int) -> list[str]:
    """At most `limit` that customers might ask of these articles, no two alike."""
    cases = draft(articles, limit=2 * limit, audience=space.settings.agent.audience)
    return [case.question for case in cases][:limit]


def halves(texts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Every other one: those whose embedding is measured, and those that are embedded before."""
    return texts[::2], texts[1::2]


def _local(
    space: Workspace, articles: Sequence[Article], queries: Sequence[str], work: Path
) -> list[float]:
    words = space.settings.search.passage_words
    passages = [passage for article in articles for passage in split(article, words)]
    index = space.backend.open(space.release().id)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own slowness
        client = QdrantClient(path=str(work / "local-mode"))
        try:
            _fill(client, index, passages, space.encoder.dimension)
            vectors = {text: space.encoder.encode_query(text) for text in queries}
            return latencies_ms(lambda text: _ask(client, space, text, vectors[text]), queries)
        finally:
            client.close()


def _fill(client: QdrantClient, index: Index, passages: Sequence[Passage], dimension: int) -> None:
    if client.collection_exists("bench"):
        client.delete_collection("bench")
    client.create_collection(
        "bench",
        {"dense": models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
        {"bm25": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    weights = WordWeights()
    vectors = index.vectors([passage.id for passage in passages])
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        client.upsert(
            "bench",
            [
                models.PointStruct(
                    id=passage.id,
                    vector={
                        "dense": vectors[passage.id].tolist(),
                        "bm25": _sparse(weights, passage.embedded_text),
                    },
                    payload={"path": passage.path, "text": passage.text},
                )
                for passage in batch
            ],
        )


def _sparse(weights: WordWeights, text: str) -> models.SparseVector:
    vector = weights.passage(text)
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _ask(client: QdrantClient, space: Workspace, text: str, vector: Vector) -> object:
    search = space.settings.search
    words = WordWeights().query(text)
    sparse = models.SparseVector(indices=list(words.indices), values=list(words.values))
    return client.query_points(
        "bench",
        prefetch=[
            models.Prefetch(query=vector.tolist(), using="dense", limit=search.candidates),
            models.Prefetch(query=sparse, using="bm25", limit=search.candidates),
        ],
        query=models.RrfQuery(rrf=models.Rrf(k=search.rrf_k)),
        limit=2 * search.candidates,
    )
