"""Two statements that say the same but for their values, whatever the type of these.

The last resort: what a statement says beside its value is laid over the other, and only the value
may stand out. A few articles are mostly about one thing; among many, far more must be the same.
"""

from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.rivals import exchanged
from kb.claims.spots import OWN_ZONE
from kb.claims.weights import Weights

# Among a few articles, and among many: least share of the wording in common, least weight of it.
_FEW, _MANY = (0.5, 0.8), (0.7, 1.8)
_MOST_EXCHANGED = 0.7


def aligned(a: Claim, b: Claim, weights: Weights) -> float | None:
    """Confidence, at most .7, that two values that exclude each other are said of one thing;
    None when the statements have too little in common, or another word stands in its place."""
    enough, least = _MANY if weights.settled else _FEW
    to_b, to_a = _covered(a, b, weights), _covered(b, a, weights)
    if not to_a or not to_b or weights.total(_says(a) & _says(b)) < least:
        return None
    harmonic = 2 * to_a * to_b / (to_a + to_b)
    if harmonic < enough or exchanged(a, b, weights) >= _MOST_EXCHANGED:
        return None
    return min(0.7, 0.4 + 0.3 * harmonic)


def _says(claim: Claim) -> frozenset[str]:
    said = claim.own - implied(claim.kind)
    return said - {claim.value.unit} if claim.value else said


def _covered(a: Claim, b: Claim, weights: Weights) -> float:
    """Share of the weight of what `a` says that `b` has, too; from around it, less."""
    said = _says(a)
    total = weights.total(said)
    have = sum(
        weights.weight(word) * min(1.0, b.profile[word] + 1 - OWN_ZONE)
        for word in sorted(said)
        if word in b.profile
    )
    return have / total if total else 0.0
