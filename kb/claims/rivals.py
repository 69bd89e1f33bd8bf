"""Words that stand in one place of two clauses: "edit comments", "edit messages"."""

from kb.claims.claim import Claim
from kb.claims.scope import narrows
from kb.claims.weights import Weights
from kb.claims.words import stem

_ALIKE = 5
# However common two words are: where one stands for the other, two things are meant.
_LEAST = 0.6


def exchanged(a: Claim, b: Claim, weights: Weights) -> float:
    """Weight of what one clause says where the other says something else: after the same word,
    before the same word, or as what the sentence is about. Symmetric."""
    left, right = _lone(a, b), _lone(b, a)
    total = 0.0
    for word in sorted(left):
        rivals = [other for other in right if _one_place(a, word, b, other)]
        if rivals and not any(_alike(word, other) for other in rivals):
            rival = max(weights.weight(other) for other in rivals)
            weight = max(_LEAST, (weights.weight(word) + rival) / 2)
            total += weight * (1.5 if word in a.subject and _other_subject(a, b) else 1.0)
    return total


def _lone(a: Claim, b: Claim) -> frozenset[str]:
    families = (names for family, names in a.scope.stated.items() if narrows(family))
    stated = (word for names in families for name in names for word in name)
    return a.own - frozenset(b.profile) - b.scope.condition - frozenset(map(stem, stated))


def _one_place(a: Claim, word: str, b: Claim, other: str) -> bool:
    if word in a.subject and other in b.subject and _other_subject(a, b):
        return True
    return any(
        x is not None and x == y for x, y in zip(_beside(a, word), _beside(b, other), strict=True)
    )


def _other_subject(a: Claim, b: Claim) -> bool:
    """Whether what both are grammatically about differs by half of it."""
    return 2 * len(a.subject & b.subject) <= min(len(a.subject), len(b.subject))


def _beside(claim: Claim, word: str) -> tuple[str | None, str | None]:
    """The content words before and after; None at the ends."""
    if word not in claim.ordered:
        return None, None
    at = claim.ordered.index(word)
    before = claim.ordered[at - 1] if at else None
    after = claim.ordered[at + 1] if at + 1 < len(claim.ordered) else None
    return before, after


def _alike(a: str, b: str) -> bool:
    """Whether two stems are forms of one word."""
    return a[:_ALIKE] == b[:_ALIKE] and len(a) >= _ALIKE
