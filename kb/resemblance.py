"""How close words are in meaning, each read in its sentence.

The encoder's own model tells: before its vectors are joined to one a text, it has one for every
word. A word of a question is as close to a text as to the nearest word in it ("late interaction";
Khattab and Zaharia 2020).
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from kb.ports import Matrix, Resemblance, Vector

# Texts that are kept read: at 30 tokens a text some 40 MB.
_KEPT = 2_048
_WORD = re.compile(r"[^\W_]+")


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
    lately are not read again."""

    def __init__(self, read: ReadTexts) -> None:
        self._read = read
        self._kept: OrderedDict[str, WordVectors] = OrderedDict()
        self._lock = Lock()

    def __call__(self, question: str, texts: Sequence[str]) -> Resemblance:
        asked, *found = self._vectors([question, *texts])
        words = tuple(_words(question))
        shape = (len(words), len(texts))
        close = np.zeros(shape, dtype=np.float32)
        for column, text in enumerate(found):
            if text.tokens.size and asked.tokens.size:
                close[:, column] = _nearest(asked, text, len(words))
        whole = np.array([float(asked.whole @ text.whole) for text in found], dtype=np.float32)
        return Resemblance(words, close, whole)

    def _vectors(self, texts: Sequence[str]) -> list[WordVectors]:
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = sorted({text for text in texts if text not in known}, key=len)
        if new:
            known.update(zip(new, self._read([_words(text) for text in new]), strict=True))
        with self._lock:
            for text in texts:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [known[text] for text in texts]


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
