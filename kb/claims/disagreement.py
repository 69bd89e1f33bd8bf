"""Claims that contradict each other, gathered: one disagreement for each thing disagreed on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.claims.claim import Claim
from kb.claims.compare import Judgement
from kb.claims.relations import relate
from kb.claims.state_rules import tells_state
from kb.claims.values import Relation, ValueKind
from kb.types import Article


class Grounds(StrEnum):
    """On what evidence one side is likelier right, the strongest first."""

    AUTHORITATIVE = "authoritative"
    AGREED = "agreed"
    REVIEWED = "reviewed"
    UPDATED = "updated"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two claims that contradict each other."""

    first: Claim
    second: Claim
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims of which at least two contradict each other, in order of article and place; `sides`
    groups them by what they say, the likelier right side first where there are `grounds`.
    `reason` words the grounds as a clause."""

    claims: tuple[Claim, ...]
    sides: tuple[tuple[Claim, ...], ...]
    confidence: float
    shared: frozenset[str]
    judgement: Judgement
    reason: str = ""
    grounds: Grounds = Grounds.NONE


def disagreements(
    edges: Iterable[Edge],
    articles: Mapping[str, Article],
    is_authoritative: Callable[[str], bool] = lambda _: False,
) -> list[Disagreement]:
    """One for all edges that hang together, in order of the first claim. Independent of the order
    of `edges`. `is_authoritative` tells by its path whether an article is right when others
    differ."""
    ordered = sorted(_told_once(edges), key=lambda e: (_order(e.first), _order(e.second)))
    return [_gather(together, articles, is_authoritative) for together in _components(ordered)]


# From here on a yes and a no are surely worth a finding of their own.
_LIKELY = 0.5


def _told_once(edges: Iterable[Edge]) -> list[Edge]:
    """Edges without states of two statements that are opposed by a yes and a no already, and with
    one state, the surest, of two that differ in several."""
    kept: list[Edge] = []
    states: dict[tuple[object, ...], Edge] = {}
    plain: set[tuple[object, ...]] = set()
    for edge in edges:
        between = tuple(sorted((c.article_id, c.spot.start) for c in (edge.first, edge.second)))
        if not tells_state(edge.first):
            kept.append(edge)
            if edge.first.value is None and edge.judgement.confidence >= _LIKELY:
                plain.add(between)
        elif between not in states or _sureness(edge) > _sureness(states[between]):
            states[between] = edge
    return kept + [edge for between, edge in states.items() if between not in plain]


def _sureness(edge: Edge) -> tuple[float, list[str]]:
    return edge.judgement.confidence, sorted(edge.first.sides)


def _order(claim: Claim) -> tuple[str, int, int, str, str]:
    value = claim.value.text if claim.value else str(claim.sign)
    return claim.article_id, claim.spot.start, claim.spot.end, claim.key, value


def _components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges that hang together through claims that they share."""
    root: dict[int, int] = {}

    def find(claim: int) -> int:
        while root.setdefault(claim, claim) != claim:
            claim = root[claim]
        return claim

    places: dict[tuple[object, ...], int] = {}
    ends = [
        tuple(places.setdefault(_identity(claim), len(places)) for claim in (e.first, e.second))
        for e in edges
    ]
    for one, other in ends:
        root[max(find(one), find(other))] = min(find(one), find(other))
    grouped: dict[int, list[Edge]] = defaultdict(list)
    for edge, (one, _) in zip(edges, ends, strict=True):
        grouped[find(one)].append(edge)
    return list(grouped.values())


def _identity(claim: Claim) -> tuple[object, ...]:
    """What tells a claim from the others of its article."""
    return (
        *_order(claim),
        claim.value,
        claim.mode,
        claim.ordered,
        tuple(sorted(claim.sides.items())),
    )


def _gather(
    edges: Sequence[Edge],
    articles: Mapping[str, Article],
    is_authoritative: Callable[[str], bool],
) -> Disagreement:
    known = {_identity(claim): claim for edge in edges for claim in (edge.first, edge.second)}
    members = sorted(known.values(), key=_order)
    best = max((edge.judgement for edge in edges), key=lambda judgement: judgement.confidence)
    shared = frozenset.intersection(*(edge.judgement.shared for edge in edges))
    opposed = {(_identity(e.first), _identity(e.second)) for e in edges}
    sides = _sides(members, opposed | {(b, a) for a, b in opposed})
    evidence = [_evidence(side, articles, is_authoritative) for side in sides]
    order = sorted(range(len(sides)), key=lambda n: (tuple(-x for x in evidence[n]), n))
    grounds, reason = _reason([evidence[n] for n in order])
    return Disagreement(
        tuple(members),
        tuple(sides[n] for n in order),
        best.confidence,
        shared or best.shared,
        best,
        reason,
        grounds,
    )


def _sides(
    members: Iterable[Claim], opposed: set[tuple[tuple[object, ...], tuple[object, ...]]]
) -> list[tuple[Claim, ...]]:
    """Claims grouped with those that say the same; two that contradict each other never do."""
    sides: list[list[Claim]] = []
    for claim in members:
        for side in sides:
            apart = any((_identity(other), _identity(claim)) in opposed for other in side)
            if not apart and _agree(side[0], claim):
                side.append(claim)
                break
        else:
            sides.append([claim])
    return [tuple(side) for side in sides]


def _agree(a: Claim, b: Claim) -> bool:
    if a.value is None or b.value is None:
        flips = sum(1 for pair, side in a.sides.items() if b.sides.get(pair, side) != side)
        return (flips + (a.sign != b.sign)) % 2 == 0
    if ValueKind.HOLDERS in (a.kind, b.kind):
        return set(a.value.symbols) == set(b.value.symbols)
    return relate(a.value, b.value) in (Relation.SAME, Relation.COMPATIBLE)


def _evidence(
    side: Iterable[Claim],
    articles: Mapping[str, Article],
    is_authoritative: Callable[[str], bool],
) -> tuple[int, int, int, int]:
    """For a side: whether an authoritative article says so, how many articles do, and the days on
    which one of them was last reviewed and updated; more is likelier right."""
    ids = {claim.article_id for claim in side}
    told = [articles[id_] for id_ in ids]
    return (
        int(any(is_authoritative(article.path) for article in told)),
        len(ids),
        max((a.reviewed_on.toordinal() for a in told if a.reviewed_on), default=0),
        max((a.updated_at.date().toordinal() for a in told if a.updated_at), default=0),
    )


def _reason(evidence: Sequence[tuple[int, int, int, int]]) -> tuple[Grounds, str]:
    """What tells the first side from the second."""
    if len(evidence) < 2:
        return Grounds.NONE, ""
    (ruled, agreed, reviewed, updated), second = evidence[0], evidence[1]
    if ruled > second[0]:
        return Grounds.AUTHORITATIVE, "its article is one of those that the settings call right"
    if agreed > second[1]:
        return Grounds.AGREED, f"{agreed} articles say so, {second[1]} the other"
    if reviewed > second[2]:
        return Grounds.REVIEWED, f"its article was reviewed last ({_day(reviewed)})"
    if updated > second[3]:
        return Grounds.UPDATED, f"its article was updated last ({_day(updated)})"
    return Grounds.NONE, ""


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
