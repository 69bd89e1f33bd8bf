"""Labelled pairs of statements, each pair as two articles in one folder."""

from pathlib import Path

from tests.bench.contradictions import check, read, report

PAIRS = Path(__file__).parent / "pairs.jsonl"


def test_contradictions_are_told_from_look_alikes() -> None:
    outcomes = [check(pair) for pair in read(PAIRS, "all")]
    hits = [o for o in outcomes if o.pair.contradicts and o.confidence >= 0.5]
    wrong = [o for o in outcomes if not o.pair.contradicts and o.confidence >= 0.5]
    contradictions = sum(1 for o in outcomes if o.pair.contradicts)
    assert len(hits) / (len(hits) + len(wrong)) >= 0.95, report(outcomes, 0.5)
    assert len(hits) / contradictions >= 0.7, report(outcomes, 0.5)


def test_the_halves_are_parts_of_the_whole() -> None:
    whole, dev, held = (read(PAIRS, half) for half in ("all", "dev", "held_out"))
    assert len(dev) + len(held) == len(whole)
    assert {pair.id for pair in dev}.isdisjoint(pair.id for pair in held)
