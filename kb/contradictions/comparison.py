"""Pairs of claims that contradict each other: judged anew only where something changed.

What was judged once holds while both claims, and the weights of their words, stay as they are. So
a run over an edited help center finds exactly what one from the beginning would.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from pydantic import TypeAdapter, ValidationError

from kb.claims.candidates import Candidates, Numbers, nominated
from kb.claims.compare import Judgement, judge
from kb.claims.disagreement import Edge
from kb.claims.weights import Weights
from kb.contradictions.readings import Readings, readings
from kb.corpus import Corpus
from kb.facts import code_version

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Edges in order of their claims; by article id a key of the version of its claims; and the
    work: how many claims there are, and how many pairs were judged in this run."""

    edges: tuple[Edge, ...]
    versions: Mapping[str, str]
    claims: int
    judged: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """An edge by the keys of its articles and the numbers of its claims in them."""

    first: str
    number: int
    second: str
    other: int
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class _State:
    """What a run leaves to the next: its articles, the weights and the crowded tokens by which it
    judged, and its edges."""

    articles: tuple[str, ...]
    settled: bool
    common: Mapping[int, int] | None
    by_kind: Mapping[int, Mapping[int, int]]
    crowded: frozenset[int]
    edges: tuple[_Kept, ...]

    @property
    def weights(self) -> Weights:
        return Weights(self.settled, self.common, self.by_kind)


def compared(corpus: Corpus, least: float) -> Comparison:
    """Every contradiction of at least this confidence, whatever the order of the articles."""
    read = readings(corpus)
    candidates, weights = Candidates(read.entries()), read.weights()
    kind, key = f"contradictions {least:g} {code_version()}", _name_of(corpus)
    before = _state(corpus, kind, key)
    fresh = _fresh(read, before, weights)
    if before is None or fresh is None:
        pairs, kept = candidates.pairs(), {}
    else:
        kept = _still(read, before, fresh, candidates.crowded - before.crowded)
        pairs = candidates.pairs(_claims_of(read, fresh), before.crowded - candidates.crowded)
    found = {**kept, **_judged(read, pairs, weights, least)}
    if corpus.cache and (len(pairs) or before is None or len(before.articles) != len(read.keys)):
        corpus.cache.put(kind, {key: _packed(read, found, weights, candidates.crowded)})
    claims = read.claims([place for edge in found for place in edge])
    edges = [Edge(claims[a], claims[b], found[a, b]) for a, b in sorted(found)]
    return Comparison(tuple(edges), read.versions(), read.size, len(pairs))


def _fresh(read: Readings, before: _State | None, weights: Weights) -> set[int] | None:
    """Places of the articles that are new, or of whose words a weight moved; None for all."""
    if before is None:
        return None
    moved = weights.moved(before.weights)
    if moved is None:
        return None
    known = set(before.articles)
    new = {place for place, key in enumerate(read.keys) if key not in known}
    return new | set(read.holding(moved))


def _still(
    read: Readings, before: _State, fresh: set[int], closed: frozenset[int]
) -> dict[tuple[Place, Place], Judgement]:
    """Edges of the run before between articles that are as they were, and that are candidates
    still, though the tokens of `closed` now nominate nobody."""
    places = {key: place for place, key in enumerate(read.keys) if place not in fresh}
    same = {
        ((places[edge.first], edge.number), (places[edge.second], edge.other)): edge.judgement
        for edge in before.edges
        if edge.first in places and edge.second in places
    }
    if not closed:
        return same
    crowded = closed | before.crowded
    claims = read.claims([place for edge in same for place in edge])
    return {
        (a, b): judgement
        for (a, b), judgement in same.items()
        if nominated(claims[a], claims[b], crowded)
    }


def _claims_of(read: Readings, articles: Iterable[int]) -> Numbers:
    """Positions of the claims of these articles, in order."""
    starts = read.starts()
    parts = [np.arange(starts[n], starts[n] + read.sheets[n].size) for n in sorted(articles)]
    return np.concatenate([np.array([], np.int64), *parts])


def _judged(
    read: Readings, pairs: Numbers, weights: Weights, least: float
) -> dict[tuple[Place, Place], Judgement]:
    starts = read.starts()

    def place(position: int) -> Place:
        article = bisect_right(starts, position) - 1
        return article, position - starts[article]

    places = {position: place(position) for position in np.unique(pairs).tolist()}
    claims = read.claims(places.values())
    by_position = {position: claims[at] for position, at in places.items()}
    found = {}
    for i, j in pairs.tolist():
        judgement = judge(by_position[i], by_position[j], weights)
        if judgement and judgement.confidence >= least:
            found[places[i], places[j]] = judgement
    return found


def _name_of(corpus: Corpus) -> str:
    """The smallest hash of an article's id: the same after nearly every edit of a help center, and
    another one for another."""
    return min((sha256(a.id.encode()).hexdigest() for a in corpus.articles), default="")


def _state(corpus: Corpus, kind: str, key: str) -> _State | None:
    payload = corpus.cache.get(kind, [key]).get(key) if corpus.cache else None
    try:
        return TypeAdapter(_State).validate_json(payload) if payload else None
    except ValidationError:
        return None


def _packed(
    read: Readings,
    found: Mapping[tuple[Place, Place], Judgement],
    weights: Weights,
    crowded: frozenset[int],
) -> bytes:
    edges = [
        _Kept(read.keys[a[0]], a[1], read.keys[b[0]], b[1], judgement)
        for (a, b), judgement in sorted(found.items(), key=lambda item: item[0])
    ]
    state = _State(
        tuple(read.keys), weights.settled, weights.common, weights.by_kind, crowded, tuple(edges)
    )
    return TypeAdapter(_State).dump_json(state)
