"""How words are weighed: one BM25 configuration for every adapter.

Okapi BM25 as Qdrant computes it: a document's vector holds the saturated term frequencies, a
query's ones, and the engine multiplies with the inverse document frequency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from qdrant_edge import Bm25, Bm25Config

K = 1.2
B = 0.75
AVERAGE_LENGTH = 100.0
"""Words of a passage, roughly. Fixed, so that a passage's vector depends on the passage alone and
holds in any release."""

_model = Bm25Config(
    k=K, b=B, avg_len=AVERAGE_LENGTH, language="english", lowercase=True, ascii_folding=True
)


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse vector: ids of terms and their weights, in the same order."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


class WordWeights:
    """Texts to sparse vectors. Words are lower-cased, folded to ASCII, stemmed as English and
    stripped of English stop words, in every language alike."""

    def __init__(self) -> None:
        self._bm25 = Bm25(_model)

    def passage(self, text: str) -> Sparse:
        vector = self._bm25.embed_document(text)
        return Sparse(tuple(vector.indices), tuple(vector.values))

    def query(self, text: str) -> Sparse:
        vector = self._bm25.embed_query(text)
        return Sparse(tuple(vector.indices), tuple(vector.values))


def unseen_idf(passages: int) -> float:
    """Qdrant's inverse document frequency of a word that no passage has."""
    return log(1 + (passages + 0.5) / 0.5)


def lexical(score: float, idf: Sequence[float]) -> float:
    """A BM25 score as a share of the highest that a query with these term weights can reach."""
    ceiling = sum(idf) * (K + 1)
    return score / ceiling if ceiling else 0.0
