"""Which claims are worth comparing: those of one type that share telling words. Never all pairs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.claims.claim import Claim
from kb.claims.values import ValueKind
from kb.claims.weights import Weights

# A claim is looked up by its most telling stems, and compared with the nearest ones found.
_STEMS = 8
_NEAREST = 40
_LONGEST_POSTING = 400
# A plain number may be a length of time or a size whose unit is left out.
_BARE = frozenset({ValueKind.NUMBER, ValueKind.DURATION, ValueKind.SIZE, ValueKind.PERCENT})


def pairs(claims: Sequence[Claim], weights: Weights) -> Iterator[tuple[int, int]]:
    """Positions (i < j) of claims to compare, each pair once, in order."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        groups[claim.key].append(number)
        if claim.kind in _BARE:
            groups["bare"].append(number)
    found: set[tuple[int, int]] = set()
    for key in sorted(groups):
        found.update(_of_group(claims, groups[key], weights, key == "bare"))
    return iter(sorted(found))


def _of_group(
    claims: Sequence[Claim], members: Sequence[int], weights: Weights, mixed: bool
) -> Iterator[tuple[int, int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for number in members:
        for word in claims[number].profile:
            postings[word].append(number)
    for number in members:
        claim = claims[number]
        if mixed and claim.kind != ValueKind.NUMBER:
            continue
        if claim.kind == ValueKind.POLARITY and claim.sign > 0 and not claim.sides:
            continue
        for other in _nearest(number, claim, postings, weights):
            if not mixed or claims[other].kind != claim.kind:
                yield (number, other) if number < other else (other, number)


def _nearest(
    number: int, claim: Claim, postings: dict[str, list[int]], weights: Weights
) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    telling = sorted(claim.profile, key=lambda word: (len(postings[word]), word))
    for word in telling[:_STEMS]:
        members = postings[word]
        if len(members) > _LONGEST_POSTING:
            break
        weight = weights.weight(word) * (1.0 if word in claim.own else 0.5)
        for other in members:
            scores[other] += weight
    scores.pop(number, None)
    return sorted(scores, key=lambda other: (-scores[other], other))[:_NEAREST]
