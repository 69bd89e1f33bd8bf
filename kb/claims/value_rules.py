"""When two values are said of one thing."""

import re

from kb.claims.alignment import aligned
from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.events import events, telling
from kb.claims.kind_rules import (
    LEAST_OBJECTS,
    MOULD,
    WORDS,
    alike,
    fits_kind,
    is_hollow,
    is_told,
    rate,
    same_goal,
)
from kb.claims.likeness import Likeness, what_about
from kb.claims.phrases import has_verb
from kb.claims.settable import keeps_default
from kb.claims.spots import OWN_ZONE
from kb.claims.values import TIMES, ValueKind
from kb.claims.weights import Weights

_TOPIC_ALONE = 0.8
# Kinds of which a help center says little, so that two on one thing are seldom chance.
_RARE = frozenset(
    {ValueKind.COUNT, ValueKind.PLACE, ValueKind.MONEY, ValueKind.SIZE, ValueKind.LIST}
)
# Kinds whose unit says what the value is of: "min. 8 characters".
_SPOKEN_FOR = frozenset(
    {
        ValueKind.COUNT,
        ValueKind.NUMBER,
        ValueKind.SIZE,
        ValueKind.VERSION,
        ValueKind.MONEY,
        ValueKind.CONTACT,
    }
)
_FRAGMENT = 0.62
# Kinds of which articles say much: alone they tell nothing.
_FLEETING = TIMES | {ValueKind.NUMBER, ValueKind.PERCENT}
_THEN = re.compile(r"(?i)^\W*(?:after (?:that|this)|afterwards|then|from then on|later)\b")
# "The queue uses Redis": it may use more, unless the other says the same with another name.
_USED = "uses"
_ORDERED_FREELY = frozenset({ValueKind.PLACE, ValueKind.LIST})


def of_values(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> float | None:
    """Confidence that they contradict each other; None when they are about different things."""
    if a.exact and b.exact and not _same_labels(a, b, weights):
        return None
    if _predicates_apart(a, b) or (weights.settled and _set_elsewhere(a, b, weights)):
        return None
    if keeps_default(a, b) or (not weights.settled and (is_told(a) or is_told(b))):
        return None
    if (
        a.value is not None
        and a.value.unit == _USED
        and (weights.settled or likeness.mould < MOULD)
    ):
        return None
    if likeness.mould >= MOULD and _moulded(a, b, likeness, weights):
        return 0.9 + 0.09 * likeness.mould - 0.1 * likeness.extra
    if not (_same_thing(a, b, likeness, weights) and fits_kind(a, b, likeness, weights)):
        if weights.settled and a.kind in WORDS:
            return None
        return aligned(a, b, weights) if weights.settled else _among_few(a, b, weights)
    confidence = 0.4 + 0.2 * min(1.5, likeness.objects) + 0.15 * min(1.0, likeness.topic)
    confidence += 0.1 * min(2, len(likeness.events)) + 0.15 * bool(a.anchor & b.anchor)
    confidence += 0.1 if a.kind in _RARE or not weights.settled else 0.0
    if weights.settled and a.kind in _FLEETING and (is_hollow(a, weights) or is_hollow(b, weights)):
        confidence -= 0.2
    return confidence - 0.12 * max(0.0, likeness.extra - 0.5)


def _same_labels(a: Claim, b: Claim, weights: Weights) -> bool:
    """Cells of two tables: the same row and column."""
    if rate(a) != rate(b):
        return False
    both = weights.total(a.own | b.own)
    return both > 0 and weights.total(a.own & b.own) / both >= 0.75


def _predicates_apart(a: Claim, b: Claim) -> bool:
    """Of "files over 25 MB are compressed" and "files over 100 MB are rejected" both hold, and of
    "3 seconds to pair" and "10 seconds to reset"."""
    return bool(a.predicate and b.predicate) and not a.predicate & b.predicate


def _set_elsewhere(a: Claim, b: Claim, weights: Weights) -> bool:
    """Steps of another procedure, or a sentence that is nothing without its headings, which have
    nothing in common with the other's."""
    if _other_procedure(a, b):
        return True
    hollow = any(weights.total(claim.near - implied(claim.kind)) < 0.3 for claim in (a, b))
    return hollow and weights.total(a.spot.topic & b.spot.topic) < LEAST_OBJECTS


def _other_procedure(a: Claim, b: Claim) -> bool:
    """Steps of procedures under headings that have nothing in common."""
    if a.kind in _ORDERED_FREELY or not (a.spot.command or b.spot.command):
        return False
    return not a.spot.heads & b.spot.heads


def _moulded(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """One wording: enough when it tells its subject, or when the headings do."""
    if a.value is not None and a.value.unit == "url" and weights.settled:
        return False
    if not weights.settled:
        return a.kind != ValueKind.PLACE or same_goal(a, b, weights)
    own = weights.total((a.own & b.own) - implied(a.kind))
    return own >= 2.0 or (own >= 0.8 and likeness.topic >= 0.5)


def _same_thing(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    if a.kind in TIMES:
        return _same_event(a, b, likeness, weights)
    if likeness.topic >= _TOPIC_ALONE:
        return True
    return likeness.objects >= LEAST_OBJECTS and likeness.close


def _same_event(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """One event, counted from one moment where both say from which."""
    clocks = events(a.anchor), events(b.anchor)
    if all(clocks) and not clocks[0] & clocks[1]:
        return False
    left, right = _happens(a), _happens(b)
    if telling(left & right):
        return likeness.objects + likeness.topic >= 0.4 or bool(clocks[0] & clocks[1])
    if (
        not weights.settled
        and likeness.objects >= 0.8
        and (a.anchor & b.anchor or not left & right)
    ):
        return True
    if left or right or not (a.near and b.near):
        return False
    return likeness.objects >= 1.2 and alike(a, b, weights)


def _among_few(a: Claim, b: Claim, weights: Weights) -> float | None:
    """Of a few articles: statements that are alike but for the value, or a fragment that is
    nothing but its value."""
    apart = rate(a) != rate(b) or any(_THEN.match(x.spot.text) for x in (a, b))
    if (
        a.kind in _SPOKEN_FOR
        and not apart
        and any(
            is_hollow(x, weights)
            and (not has_verb(x.spot.text) or not what_about(y) - implied(y.kind))
            for x, y in ((a, b), (b, a))
        )
    ):
        return _FRAGMENT
    return aligned(a, b, weights)


def _happens(claim: Claim) -> frozenset[str]:
    """Events of the clause, but for what the time is counted from; else of what it points at."""
    near = events(claim.near) - claim.anchor or events(claim.near)
    if near or len(claim.near) > 1:
        return near
    pointed = frozenset(word for word, zone in claim.profile.items() if zone > OWN_ZONE)
    return events(pointed) or events(claim.own)
