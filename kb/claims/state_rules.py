"""When two opposite states are told of one thing."""

from itertools import pairwise

from kb.claims.claim import Claim
from kb.claims.rivals import exchanged
from kb.claims.states import STATE
from kb.claims.weights import Weights
from kb.claims.words import content, is_content, tokens

_LEAST_SHARED = 0.8
_LEAST_COVERED = 0.6
_LEAST_WHOLE = 0.3
_SURELY_COVERED = 0.85
_SURELY_SHARED = 1.5
_EXCHANGED = 0.45
_NARROWER = 0.3
_SPECIAL = 0.15


def tells_state(claim: Claim) -> bool:
    """Whether a claim of yes and no tells of a state."""
    return claim.mode == STATE


def are_opposite(a: Claim, b: Claim, turned: frozenset[str]) -> bool:
    """Whether two claims, one of them at least of a state, tell of its two poles in one case; of
    which pairs their sides differ is `turned`."""
    if not (tells_state(a) and tells_state(b)):
        return False
    return len(turned) % 2 == 1 and any(pair.startswith(STATE) for pair in turned)


def of_states(a: Claim, b: Claim, weights: Weights) -> float | None:
    """Confidence that both tell of one thing; None where it may be two. Symmetric."""
    shared = a.own & b.own
    to_b, to_a = _covered(a, b, weights), _covered(b, a, weights)
    weight = weights.total(shared)
    if weight < _LEAST_SHARED or not to_a or not to_b:
        return None
    apart = exchanged(a, b, weights)
    if apart >= _EXCHANGED * weight:
        return None
    if weights.settled and (
        min(to_a, to_b) < _SURELY_COVERED or weight < _SURELY_SHARED or a.vague or b.vague
    ):
        return None
    if _does_else(a, b, weights) or _does_else(b, a, weights):
        return None
    fewest = min(len(a.own), len(b.own), 2)
    if len(shared) < fewest or max(to_a, to_b) < _LEAST_COVERED or min(to_a, to_b) < _LEAST_WHOLE:
        return None
    harmonic = 2 * to_a * to_b / (to_a + to_b)
    doubts = _NARROWER * (_narrows(a, b) or _narrows(b, a)) + _special_case(a, b)
    return 0.5 + 0.3 * harmonic - 0.4 * apart - doubts


def _narrows(a: Claim, b: Claim) -> bool:
    """Whether a word of `a` alone stands right before one that both have: "profile settings"."""
    words = tokens(a.spot.text)
    return any(
        is_content(first)
        and first.stem in a.own - frozenset(b.profile)
        and second.stem in a.own & b.own
        for first, second in pairwise(words)
    )


def _special_case(a: Claim, b: Claim) -> float:
    """What it takes away that only one names a case, which the other does not speak of."""
    if bool(a.scope.condition) == bool(b.scope.condition):
        return 0.0
    special, other = (a, b) if a.scope.condition else (b, a)
    met = special.scope.condition & frozenset(other.profile)
    return 0.0 if 2 * len(met) >= len(special.scope.condition) else _SPECIAL


def _does_else(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether a deed whose effect `a` tells is none that `b` speaks of."""
    total = weights.total(a.target)
    known = frozenset(b.profile) | b.spot.topic | content(b.spot.text)
    return weights.total(a.target & known) < total / 2


def _covered(a: Claim, b: Claim, weights: Weights) -> float:
    """Share of the weight of what `a` says that `b` says, too."""
    total = weights.total(a.own)
    return weights.total(a.own & b.own) / total if total else 0.0
