"""Search as the product does it: hybrid candidates, then a second look at each.

The engine joins dense and BM25 candidates by fusion. Ranks alone can't tell a good match from the
best of a bad lot, so the second look adds what is comparable between questions: the cosine, the
share of the question's words that match, weighed by rarity, and how well the rest of the article
fits. Variants are named data, so that they can be compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from statistics import fmean

from kb.ports import Encoder, Index
from kb.settings import SearchSettings
from kb.types import Filters, Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """What the second look adds to a passage's cosine. Chosen on three question sets, as a middle
    of what was good on both halves of them: docs/measurements.md."""

    words: float = 0.5
    article_cosine: float = 1.0
    article_words: float = 0.3
    article_passages: int = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to search. Without `weights` the engine's order stands."""

    dense: bool = True
    words: bool = True
    weights: Weights | None = None


HYBRID = Recipe(weights=Weights())
FUSED = Recipe()
DENSE = Recipe(words=False)
BM25 = Recipe(dense=False)
RECIPES = {"hybrid": HYBRID, "fused": FUSED, "dense": DENSE, "bm25": BM25}

_NO_FILTERS = Filters()


class Retriever:
    """Searches one index. Safe for many threads."""

    def __init__(
        self, index: Index, encoder: Encoder, settings: SearchSettings, recipe: Recipe = HYBRID
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._settings = settings
        self._recipe = recipe

    def search(
        self, text: str, top: int, filters: Filters = _NO_FILTERS, *, per_article: bool = True
    ) -> list[Hit]:
        """At most `top` hits, best first, ties by path and place; with `per_article` the best
        passage of each article alone."""
        if not text.strip() or top < 1:
            return []
        vector = self._encoder.encode_query(text) if self._recipe.dense else None
        words = text if self._recipe.words else ""
        limit = 2 * max(self._settings.candidates, top)
        while True:
            found = self._index.search(words, vector, limit, filters)
            hits = rank(found, self._recipe.weights)
            if per_article:
                hits = best_of_articles(hits)
            if len(hits) >= top or len(found) < limit:
                return hits[:top]
            limit *= 4


def rank(hits: Sequence[Hit], weights: Weights | None) -> list[Hit]:
    """The hits by their score under `weights`, best first, ties by path and place."""
    if weights:
        hits = _rescored(hits, weights)
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.path, hit.passage.start))


def best_of_articles(hits: Iterable[Hit]) -> list[Hit]:
    """The first hit of each article, in the same order."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.article_id, hit)
    return list(first.values())


def _rescored(hits: Sequence[Hit], weights: Weights) -> list[Hit]:
    articles = defaultdict(list)
    for hit in hits:
        articles[hit.passage.article_id].append(hit)
    support = {article_id: _support(passages, weights) for article_id, passages in articles.items()}
    return [
        replace(
            hit,
            score=(hit.similarity or 0.0)
            + weights.words * (hit.lexical or 0.0)
            + support[hit.passage.article_id],
        )
        for hit in hits
    ]


def _support(passages: Sequence[Hit], weights: Weights) -> float:
    """What an article's best passages add to each of them."""
    cosines = nlargest(weights.article_passages, (hit.similarity or 0.0 for hit in passages))
    words = max(hit.lexical or 0.0 for hit in passages)
    return weights.article_cosine * fmean(cosines) + weights.article_words * words
