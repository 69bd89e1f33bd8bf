"""Answers and references are embedded in one go, and once."""

from pathlib import Path

from eval.scoring.judge import EncoderEmbedding
from kb.cache import FileCache
from tests.kb.encoders import WordEncoder


def test_a_text_is_encoded_once_also_by_the_next_run(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache.db")
    first, second = WordEncoder(), WordEncoder()
    embedding = EncoderEmbedding(first, cache)
    embedding.learn(["one day", "two days", "one day"])
    vector = embedding.embed_text("one day")
    assert first.encoded == ["one day", "two days"]
    later = EncoderEmbedding(second, cache)
    later.learn(["two days", "three days"])
    assert later.embed_text("one day") == vector
    assert second.encoded == ["three days"]


def test_another_model_finds_nothing_of_this_one(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache.db")
    EncoderEmbedding(WordEncoder(), cache).learn(["one day"])
    other = WordEncoder()
    other.fingerprint = "other words"
    EncoderEmbedding(other, cache).learn(["one day"])
    assert other.encoded == ["one day"]
