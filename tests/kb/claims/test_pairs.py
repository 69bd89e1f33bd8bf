"""Labelled pairs of statements, each pair as two articles in one folder."""

from pathlib import Path

from tests.bench.contradictions import try_all
from tests.bench.labelled_pairs import read_pairs

PAIRS = Path(__file__).parent / "pairs.jsonl"


def test_contradictions_are_told_from_look_alikes() -> None:
    outcomes = try_all(read_pairs(PAIRS), 0.5)
    wrong = [o.pair.id for o in outcomes if o.confidence >= 0.5 and not o.pair.contradicts]
    hits = [o.pair.id for o in outcomes if o.confidence >= 0.5 and o.pair.contradicts]
    missed = [o.pair.id for o in outcomes if o.confidence < 0.5 and o.pair.contradicts]
    assert len(hits) / (len(hits) + len(wrong)) >= 0.95, f"wrong: {wrong}"
    assert len(hits) / (len(hits) + len(missed)) >= 0.7, f"missed: {missed}"


def test_the_halves_are_parts_of_the_whole() -> None:
    whole, dev, held = (read_pairs(PAIRS, half) for half in ("all", "dev", "held_out"))
    assert len(dev) + len(held) == len(whole)
    assert {pair.id for pair in dev}.isdisjoint(pair.id for pair in held)
