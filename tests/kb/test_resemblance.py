"""Words compared by what they mean in their sentence."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kb.cache import FileCache
from kb.resemblance import Comparer, WordVectors, word_vectors

# Two directions of meaning, and one word between them.
MEANINGS = {"ship": (1.0, 0.0), "deliver": (0.8, 0.6), "price": (0.0, 1.0)}


class Reader:
    """Reads texts of known words, a token each, and counts what it was given."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, texts: Sequence[Sequence[str]]) -> list[WordVectors]:
        self.read += len(texts)
        vectors = [
            np.array([MEANINGS.get(word, (0.0, 0.0)) for word in text] or [(0.0, 0.0)])
            for text in texts
        ]
        return [
            word_vectors(rows.astype(np.float32), list(range(len(text))))
            for rows, text in zip(vectors, texts, strict=True)
        ]


def test_a_word_is_as_close_as_the_nearest_word_of_the_text() -> None:
    found = Comparer(Reader())("Deliver price", ["ship", "price ship"])
    assert found.words == ("deliver", "price")
    assert np.allclose(found.close, [[0.8, 0.8], [0.0, 1.0]], atol=1e-3)
    assert found.whole[1] > found.whole[0]


def test_what_was_read_is_not_read_again() -> None:
    reader = Reader()
    compare = Comparer(reader)
    compare("ship", ["price", "deliver"])
    compare("ship", ["price", "deliver", "ship price"])
    assert reader.read == 4


def test_what_was_read_is_kept_between_runs(tmp_path: Path) -> None:
    first, second = Reader(), Reader()
    texts = ["price", "deliver ship", "…"]
    before = Comparer(first, FileCache(tmp_path / "cache.db"), "model")("ship price", texts)
    after = Comparer(second, FileCache(tmp_path / "cache.db"), "model")("ship price", texts)
    assert (first.read, second.read) == (4, 1)
    np.testing.assert_array_equal(before.close, after.close)
    np.testing.assert_array_equal(before.whole, after.whole)


def test_what_another_model_read_is_read_again(tmp_path: Path) -> None:
    reader = Reader()
    for model in ("one", "other"):
        Comparer(reader, FileCache(tmp_path / "cache.db"), model)("ship", ["price"])
    assert reader.read == 4


def test_questions_are_not_kept_between_runs(tmp_path: Path) -> None:
    reader = Reader()
    for _ in range(2):
        Comparer(reader, FileCache(tmp_path / "cache.db"), "model")("ship", ["price"])
    assert reader.read == 3


def test_a_text_without_words_is_close_to_nothing() -> None:
    found = Comparer(Reader())("ship", ["…"])
    assert np.allclose(found.close, 0.0)
