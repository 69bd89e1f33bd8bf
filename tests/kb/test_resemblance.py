"""Words compared by what they mean in their sentence."""

from collections.abc import Sequence

import numpy as np

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


def test_a_text_without_words_is_close_to_nothing() -> None:
    found = Comparer(Reader())("ship", ["…"])
    assert np.allclose(found.close, 0.0)
