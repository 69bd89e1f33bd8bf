"""Claims that contradict each other, gathered: one disagreement for each thing disagreed on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.claims.candidates import pairs
from kb.claims.claim import Claim
from kb.claims.compare import Judgement, judge
from kb.claims.values import Relation, relate
from kb.claims.weights import Weights
from kb.types import Article


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims of which at least two contradict each other, in order of article and place; `sides`
    groups them by what they say, the likelier right side first when `reason` is not empty."""

    claims: tuple[Claim, ...]
    sides: tuple[tuple[Claim, ...], ...]
    confidence: float
    shared: frozenset[str]
    judgement: Judgement
    reason: str


def disagreements(
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    weights: Weights,
    least_confidence: float,
) -> list[Disagreement]:
    """Every disagreement of at least this confidence. Independent of the order of `claims`."""
    ordered = sorted(claims, key=_order)
    edges: dict[tuple[int, int], Judgement] = {}
    for i, j in pairs(ordered, weights):
        judgement = judge(ordered[i], ordered[j], weights)
        if judgement and judgement.confidence >= least_confidence:
            edges[i, j] = judgement
    return [_gather(ordered, group, articles) for group in _components(edges)]


def _order(claim: Claim) -> tuple[str, int, int, str, str]:
    value = claim.value.text if claim.value else str(claim.sign)
    return claim.article_id, claim.spot.start, claim.spot.end, claim.key, value


def _components(
    edges: Mapping[tuple[int, int], Judgement],
) -> list[dict[tuple[int, int], Judgement]]:
    """Edges that hang together, by way of claims that say the same of the same."""
    root: dict[int, int] = {}

    def find(number: int) -> int:
        while root.setdefault(number, number) != number:
            number = root[number]
        return number

    for i, j in edges:
        root[max(find(i), find(j))] = min(find(i), find(j))
    grouped: dict[int, dict[tuple[int, int], Judgement]] = defaultdict(dict)
    for (i, j), judgement in edges.items():
        grouped[find(i)][i, j] = judgement
    return [grouped[number] for number in sorted(grouped)]


def _gather(
    claims: Sequence[Claim],
    edges: Mapping[tuple[int, int], Judgement],
    articles: Mapping[str, Article],
) -> Disagreement:
    members = [claims[n] for n in sorted({n for edge in edges for n in edge})]
    best = max(edges.items(), key=lambda item: (item[1].confidence, -item[0][0], -item[0][1]))[1]
    shared = frozenset.intersection(*(judgement.shared for judgement in edges.values()))
    sides, reason = _ranked(_sides(members), articles)
    return Disagreement(tuple(members), sides, best.confidence, shared or best.shared, best, reason)


def _sides(members: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """Claims grouped with those that say the same."""
    sides: list[list[Claim]] = []
    for claim in members:
        for side in sides:
            if _agree(side[0], claim):
                side.append(claim)
                break
        else:
            sides.append([claim])
    return [tuple(side) for side in sides]


def _agree(a: Claim, b: Claim) -> bool:
    if a.value is None or b.value is None:
        flips = sum(1 for pair, side in a.sides.items() if b.sides.get(pair, side) != side)
        return (flips + (a.sign != b.sign)) % 2 == 0
    return relate(a.value, b.value) in (Relation.SAME, Relation.COMPATIBLE)


def _ranked(
    sides: list[tuple[Claim, ...]], articles: Mapping[str, Article]
) -> tuple[tuple[tuple[Claim, ...], ...], str]:
    """Likelier right first, and why: more articles say so, or the newer one does."""
    support = [len({claim.article_id for claim in side}) for side in sides]
    newest = [max(_checked(articles[claim.article_id]) for claim in side) for side in sides]
    order = sorted(range(len(sides)), key=lambda n: (-support[n], -newest[n].toordinal(), n))
    ranked = tuple(sides[n] for n in order)
    first, second = order[0], order[1] if len(order) > 1 else order[0]
    if support[first] > support[second]:
        return ranked, f"{support[first]} articles say so, {support[second]} the other"
    if newest[first] > newest[second]:
        return ranked, f"its article was checked last ({newest[first].isoformat()})"
    return ranked, ""


def _checked(article: Article) -> date:
    """When somebody last looked at an article; the first of all days when nobody knows."""
    known = [article.reviewed_on, article.updated_at.date() if article.updated_at else None]
    return max((day for day in known if day), default=date.min)
