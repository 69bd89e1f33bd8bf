"""Pairs of statements that no number tells apart: permission, defaults, quantifiers, effects."""

from pathlib import Path

from tests.bench.contradictions import try_pair
from tests.bench.labelled_pairs import read_pairs

PAIRS = Path(__file__).parent / "yes_or_no.jsonl"
LEAST = 0.5


def test_a_yes_and_a_no_are_told_from_look_alikes() -> None:
    outcomes = [try_pair(pair, LEAST) for pair in read_pairs(PAIRS)]
    found = [o for o in outcomes if o.confidence >= LEAST]
    hits = [o.pair.id for o in found if o.pair.contradicts]
    wrong = [o.pair.id for o in found if not o.pair.contradicts]
    missed = [o.pair.id for o in outcomes if o.pair.contradicts and o.pair.id not in hits]
    assert len(hits) / len(found) >= 0.95, wrong
    assert len(hits) / (len(hits) + len(missed)) >= 0.8, missed
