"""When a yes and a no are about one thing."""

from kb.claims.claim import Claim
from kb.claims.likeness import Likeness
from kb.claims.scope import narrows
from kb.claims.spots import OWN_ZONE
from kb.claims.weights import Weights
from kb.claims.words import stem

_MODES = ({"can"}, {"must"}, {"is"}, {"do"}, {"can", "is"})
_INWARD = frozenset({"internal", "agents", "staff", "support", "employees", "team"})


def opposite(a: Claim, b: Claim) -> bool:
    """An odd number of things differ: the negation, and words of opposite pairs; and what is
    negated in one is what the other speaks of."""
    if (flips(a, b) + (a.sign != b.sign)) % 2 == 0 or {a.mode, b.mode} not in _MODES:
        return False
    return a.target <= _spoken(b) and b.target <= _spoken(a)


def flips(a: Claim, b: Claim) -> int:
    """Pairs of opposites of which the claims use different sides."""
    return sum(1 for pair, side in a.sides.items() if b.sides.get(pair, side) != side)


def of_signs(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> float | None:  # noqa: ARG001 the value rules' signature
    """Confidence that they contradict each other; None when they are about different things."""
    if a.spot.command or b.spot.command or is_inward(a) != is_inward(b):
        return None
    if weights.settled and (a.vague or b.vague) and not (a.exact or b.exact):
        return None
    to_b, to_a = _covered(a, b, weights), _covered(b, a, weights)
    if a.exact or b.exact:
        return _of_cell(a, b, to_a, to_b, weights)
    return _of_clauses(a, b, to_a, to_b, weights)


def is_inward(claim: Claim) -> bool:
    """Whether an article is written for the company's own people: what agents may do, customers
    may not."""
    return bool(claim.spot.audience & _INWARD)


def _of_clauses(a: Claim, b: Claim, to_a: float, to_b: float, weights: Weights) -> float | None:
    turned = flips(a, b) > 0
    fewest = 1 if turned or not weights.settled else 2
    if min(len(a.own), len(b.own)) < fewest or not to_a or not to_b:
        return None
    harmonic = 2 * to_a * to_b / (to_a + to_b)
    if not weights.settled and _denied_whole(a, b, weights):
        return 0.6
    if weights.settled and a.mode == "do" and (harmonic < 0.9 or len(a.own & b.own) < 3):
        return None
    if weights.settled and weights.total(a.own & b.own) < 1.5 and harmonic < 0.8:
        return None
    least = (0.5 if turned else 0.7) if weights.settled else (0.4 if turned else 0.5)
    return None if harmonic < least else 0.3 + 0.65 * harmonic


def _denied_whole(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether what one denies of everything, the other says of something: "we use no cookies",
    "cookies are used to know visitors"."""
    denied, said = (a, b) if a.sign < b.sign else (b, a)
    if flips(a, b) or denied.sign == said.sign or denied.scope.condition:
        return False
    return denied.own <= said.own and weights.total(denied.own) >= 0.8


def _of_cell(a: Claim, b: Claim, to_a: float, to_b: float, weights: Weights) -> float | None:
    """A yes or no cell: every label must be met, and its column named."""
    if a.exact and b.exact:
        return 0.85 if min(to_a, to_b) >= 0.85 and a.scope.stated == b.scope.stated else None
    cell, other, labels, rest = (a, b, to_b, to_a) if a.exact else (b, a, to_a, to_b)
    if other.vague and not other.sides:
        return None
    if weights.total(cell.own) < 0.8 or not cell.own & _spoken(other):
        return None
    if labels < 0.65 or rest < 0.35 or 0.7 * labels + 0.3 * rest < 0.6:
        return None
    named = all(
        other.scope.stated.get(family, frozenset()) & names
        for family, names in cell.scope.stated.items()
        if narrows(family) or family == "role"
    )
    return 0.3 + 0.4 * labels + 0.3 * rest if named or other.spot.universal else None


def _covered(a: Claim, b: Claim, weights: Weights) -> float:
    """Share of the weight of what `a` says that `b` has, too; from its headings, less. Names
    that both state are matched as scope."""
    named = _matched_names(a, b)
    have = total = 0.0
    for word in sorted(a.own - named):
        weight = weights.weight(word) * (0.5 if a.exact and word not in a.near else 1.0)
        total += weight
        if word in b.profile:
            have += weight * min(1.0, b.profile[word] + 0.2)
    if total:
        return have / total
    return 1.0 if a.sides else 0.0


def _matched_names(a: Claim, b: Claim) -> set[str]:
    """Stems of names that both claims state, or of plans and products that only one does."""
    found = set()
    for family, names in a.scope.stated.items():
        if family == "role":
            names = names & b.scope.stated.get(family, frozenset())
        elif narrows(family):
            others = b.scope.stated.get(family, names)
            names = names if names & others else frozenset()
        else:
            continue
        found |= {stem(word) for name in names for word in name}
    return found


def _spoken(claim: Claim) -> frozenset[str]:
    """What a claim says itself, or points at; words of opposite pairs among it."""
    own = frozenset(word for word, zone in claim.profile.items() if zone >= OWN_ZONE)
    return own | {stem(pair) for pair in claim.sides}
