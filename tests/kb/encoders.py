"""An encoder for tests: words hashed into a vector, so that texts that share words are near."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from kb.ports import Matrix, Progress, Vector
from kb.resemblance import WordVectors, word_vectors


class WordEncoder:
    """Stands for `SentenceEncoder` without a model: each word is one token, the same wherever it
    stands. `encoded` lists what was embedded, and after `fail_after` texts the process is as good
    as killed."""

    dimension = 64
    fingerprint = "words"

    def __init__(self, fail_after: int | None = None) -> None:
        self.encoded: list[str] = []
        self._fail_after = fail_after

    def warm(self) -> None:
        """Nothing is to be loaded."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            if self._fail_after is not None and len(self.encoded) >= self._fail_after:
                raise KeyboardInterrupt
            self.encoded.append(text)
            rows[place] = self.encode_query(text)
            if progress:
                progress("embed", place + 1, len(texts))
        return rows

    def encode_query(self, text: str) -> Vector:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in text.lower().split() or [""]:
            vector[sha256(word.encode()).digest()[0] % self.dimension] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_words(self, texts: Sequence[Sequence[str]]) -> list[WordVectors]:
        nothing = np.zeros((1, self.dimension), dtype=np.float32)
        rows = [[nothing, *(self.encode_query(word)[None] for word in text)] for text in texts]
        return [
            word_vectors(np.concatenate(found), [None, *range(len(found) - 1)]) for found in rows
        ]
