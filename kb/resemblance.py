"""How close words are in meaning, each read in its sentence.

The encoder's own model tells: before its vectors are joined to one a text, it has one for every
word. A word of a question is as close to a text as to the nearest word in it ("late interaction";
Khattab and Zaharia 2020).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct

import numpy as np
import numpy.typing as npt

from kb.lately import Lately
from kb.ports import Cache, Matrix, Resemblance, Vector

# Texts that are kept read: at 30 tokens a text some 40 MB.
_KEPT = 2_048
_WORD = re.compile(r"[^\W_]+")
# Tokens and dimensions, before the numbers themselves.
_SHAPE = Struct("<II")


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A text that was read: a unit vector a token, the number of the word that each token belongs
    to, and the vector of the whole text."""

    tokens: Matrix
    words: npt.NDArray[np.int32]
    whole: Vector


ReadTexts = Callable[[Sequence[Sequence[str]]], list[WordVectors]]


class Comparer:
    """Compares the words of a question with texts. Safe for many threads; texts that were read
    lately are not read again, nor those that `cache` has of earlier runs, under the name of the
    model that reads them, `kind`. Questions are kept in memory alone."""

    def __init__(self, read: ReadTexts, cache: Cache | None = None, kind: str = "") -> None:
        self._read = read
        self._cache = cache
        self._kind = f"words {kind}"
        self._kept: Lately[WordVectors] = Lately(_KEPT)

    def __call__(self, question: str, texts: Sequence[str]) -> Resemblance:
        known = self._vectors(question, texts)
        asked, found = known[question], [known[text] for text in texts]
        words = tuple(_words(question))
        shape = (len(words), len(texts))
        close = np.zeros(shape, dtype=np.float32)
        for column, text in enumerate(found):
            if text.tokens.size and asked.tokens.size:
                close[:, column] = _nearest(asked, text, len(words))
        whole = np.array([float(asked.whole @ text.whole) for text in found], dtype=np.float32)
        return Resemblance(words, close, whole)

    def _vectors(self, question: str, texts: Sequence[str]) -> dict[str, WordVectors]:
        wanted = dict.fromkeys([question, *texts])
        known = self._kept.get(wanted)
        cached = self._cached([text for text in texts if text not in known])
        new = sorted((text for text in wanted if text not in known | cached), key=len)
        read: dict[str, WordVectors] = {}
        if new:
            read = dict(zip(new, self._read([_words(text) for text in new]), strict=True))
            self._keep({text: item for text, item in read.items() if text in texts})
        self._kept.put(cached | read)
        return known | cached | read

    def _cached(self, texts: Sequence[str]) -> dict[str, WordVectors]:
        if self._cache is None or not texts:
            return {}
        keys = {text: _key(text) for text in texts}
        found = self._cache.get(self._kind, set(keys.values()))
        return {text: _unpacked(found[key]) for text, key in keys.items() if key in found}

    def _keep(self, read: Mapping[str, WordVectors]) -> None:
        if self._cache is not None and read:
            self._cache.put(self._kind, {_key(text): _packed(item) for text, item in read.items()})


def word_vectors(vectors: Matrix, words: Sequence[int | None]) -> WordVectors:
    """From a model's vectors of one text and the word of each token; None marks the model's own
    tokens, which count for the whole text alone. Half precision is plenty for cosines."""
    kept = [number for number, word in enumerate(words) if word is not None]
    real = vectors[: _end(words, kept)]
    whole = real.mean(axis=0)
    tokens = vectors[kept]
    unit = tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), 1e-9)
    numbers = np.array([words[number] for number in kept], dtype=np.int32)
    return WordVectors(
        unit.astype(np.float16), numbers, whole / max(float(np.linalg.norm(whole)), 1e-9)
    )


def _end(words: Sequence[int | None], kept: Sequence[int]) -> int:
    """Past the closing token of the text; what follows is padding."""
    return min(len(words), kept[-1] + 2) if kept else 1


def _words(text: str) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text)]


def _nearest(asked: WordVectors, text: WordVectors, words: int) -> Vector:
    """For each word the mean over its tokens of the cosine to the nearest token of the text; 0 for
    a word beyond the model's length."""
    best = (asked.tokens.astype(np.float32) @ text.tokens.astype(np.float32).T).max(axis=1)
    sums = np.bincount(asked.words, weights=best, minlength=words)[:words]
    counts = np.bincount(asked.words, minlength=words)[:words]
    nearest: Vector = (sums / np.maximum(1, counts)).astype(np.float32)
    return nearest


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _packed(item: WordVectors) -> bytes:
    """Numbers alone: the text can't be read from it."""
    rows, columns = len(item.words), len(item.whole)
    return b"".join(
        (
            _SHAPE.pack(rows, columns),
            item.tokens.astype("<f2").tobytes(),
            item.words.astype("<i4").tobytes(),
            item.whole.astype("<f4").tobytes(),
        )
    )


def _unpacked(data: bytes) -> WordVectors:
    rows, columns = _SHAPE.unpack_from(data)
    words = _SHAPE.size + 2 * rows * columns
    whole = words + 4 * rows
    return WordVectors(
        np.frombuffer(data, "<f2", rows * columns, _SHAPE.size).reshape(rows, columns),
        np.frombuffer(data, "<i4", rows, words),
        np.frombuffer(data, "<f4", columns, whole),
    )
