"""When two values are said of one thing."""

from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.events import events, telling
from kb.claims.likeness import Likeness
from kb.claims.moments import PLATFORM_STEMS
from kb.claims.spots import OWN_ZONE
from kb.claims.values import TIMES, Bound, ValueKind
from kb.claims.weights import Weights
from kb.claims.words import content, stem

_LEAST_OBJECTS = 0.35
_TOPIC_ALONE = 0.8
_MOULD = 0.8
# Kinds of which a help center says little, so that two on one thing are seldom chance.
_RARE = frozenset(
    {ValueKind.COUNT, ValueKind.PLACE, ValueKind.MONEY, ValueKind.SIZE, ValueKind.LIST}
)
# Values that say little by themselves: their clauses must be alike.
_VAGUE = frozenset(
    {
        ValueKind.PERCENT,
        ValueKind.NUMBER,
        ValueKind.LENGTH,
        ValueKind.MEASURE,
        ValueKind.DATE,
        ValueKind.TIME,
        ValueKind.NAMED,
        ValueKind.FILE,
        ValueKind.HOLDERS,
    }
)
_WORDS = frozenset({ValueKind.NAMED, ValueKind.FILE})
_ORDERED_FREELY = frozenset({ValueKind.PLACE, ValueKind.LIST})


def of_values(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> float | None:
    """Confidence that they contradict each other; None when they are about different things."""
    if a.exact and b.exact and not _same_labels(a, b, weights):
        return None
    if _predicates_apart(a, b) or (weights.settled and _set_elsewhere(a, b, weights)):
        return None
    if likeness.mould >= _MOULD and _moulded(a, b, likeness, weights):
        return 0.9 + 0.09 * likeness.mould - 0.1 * likeness.extra
    if not (_same_thing(a, b, likeness, weights) and _fits_kind(a, b, likeness, weights)):
        return None
    confidence = 0.4 + 0.2 * min(1.5, likeness.objects) + 0.15 * min(1.0, likeness.topic)
    confidence += 0.1 * min(2, len(likeness.events)) + 0.15 * bool(a.anchor & b.anchor)
    confidence += 0.1 if a.kind in _RARE or not weights.settled else 0.0
    return confidence - 0.12 * max(0.0, likeness.extra - 0.5)


def _same_labels(a: Claim, b: Claim, weights: Weights) -> bool:
    """Cells of two tables: the same row and column."""
    if _rate(a) != _rate(b):
        return False
    both = weights.total(a.own | b.own)
    return both > 0 and weights.total(a.own & b.own) / both >= 0.75


def _rate(claim: Claim) -> str:
    return claim.value.per if claim.value else ""


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
    return hollow and weights.total(a.spot.topic & b.spot.topic) < _LEAST_OBJECTS


def _other_procedure(a: Claim, b: Claim) -> bool:
    """Steps of procedures under headings that have nothing in common."""
    if a.kind in _ORDERED_FREELY or not (a.spot.command or b.spot.command):
        return False
    return not a.spot.heads & b.spot.heads


def _moulded(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """One wording: enough when it tells its subject, or when the headings do."""
    if not weights.settled:
        return True
    own = weights.total((a.own & b.own) - implied(a.kind))
    return own >= 2.0 or (own >= 0.8 and likeness.topic >= 0.5)


def _same_thing(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    if a.kind in TIMES:
        return _same_event(a, b, likeness, weights)
    if likeness.topic >= _TOPIC_ALONE:
        return True
    return likeness.objects >= _LEAST_OBJECTS and likeness.close


def _fits_kind(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """What else values of one kind need."""
    if a.kind in _VAGUE and not _alike(a, b, weights):
        return False
    if a.kind in _WORDS and weights.settled:
        return weights.total((a.near & b.near) - implied(a.kind)) >= 1.2
    if ValueKind.NUMBER in (a.kind, b.kind):
        timed = ValueKind.DURATION in (a.kind, b.kind)
        return likeness.objects >= 0.6 and not (timed and weights.settled)
    if a.kind == ValueKind.COUNT:
        return _same_count(a, b, likeness, weights)
    if a.kind == ValueKind.PLACE:
        return _same_way(a, b, likeness, weights)
    if a.kind == ValueKind.CONTACT:
        return likeness.objects >= (2.0 if weights.settled else _LEAST_OBJECTS)
    if a.kind == ValueKind.VERSION:
        return not weights.settled or (_required(a, b) and _of_one_use(a, likeness, weights))
    return a.kind != ValueKind.MONEY or not likeness.named or _priced(a, b)


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
    return likeness.objects >= 1.2 and _alike(a, b, weights)


def _happens(claim: Claim) -> frozenset[str]:
    """Events of the clause, but for what the time is counted from; else of what it points at."""
    near = events(claim.near) - claim.anchor or events(claim.near)
    if near or len(claim.near) > 1:
        return near
    pointed = frozenset(word for word, zone in claim.profile.items() if zone > OWN_ZONE)
    return events(pointed) or events(claim.own)


def _alike(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether the two clauses share a good part of their words' weight."""
    both = weights.total(a.near | b.near)
    return both > 0 and weights.total(a.near & b.near) >= both * (0.5 if weights.settled else 0.3)


_CAPACITY = frozenset(
    stem(word)
    for word in [
        "allow",
        "support",
        "include",
        "limit",
        "handle",
        "accommodate",
        "hold",
        "maximum",
        "require",
        "recommend",
        "must",
        "should",
    ]
)


def _same_count(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """Limits or allowances of one whole: sensors of a hub, not of a workspace."""
    if not weights.settled:
        return True
    if _rate(a) != _rate(b) or not (_limits(a) and _limits(b)):
        return False
    if likeness.topic >= 0.4 and a.article_id != b.article_id:
        return True
    unit = {a.value.unit} if a.value else set()
    return weights.total(likeness.shared - unit) >= 0.3


def _limits(claim: Claim) -> bool:
    """Whether a count is a limit or an allowance, as "pair one sensor" is not."""
    if claim.value is None or claim.exact or claim.value.bound != Bound.EXACT:
        return True
    if claim.value.low <= 1:
        return False
    return bool(claim.own & _CAPACITY) or " per " in claim.spot.text


def _required(a: Claim, b: Claim) -> bool:
    """Versions contradict each other as requirements, or as the newest; not as mentions."""
    if a.value is None or b.value is None:
        return False
    newest = a.value.unit == b.value.unit == "latest"
    return newest or a.value.bound == b.value.bound == Bound.AT_LEAST


def _of_one_use(a: Claim, likeness: Likeness, weights: Weights) -> bool:
    """Whether more than the name is shared, and that of a foreign platform: each feature of a
    product may need its own version of it."""
    if a.value is None or a.value.unit not in PLATFORM_STEMS:
        return False
    others = weights.total(likeness.shared - {a.value.unit})
    return others >= _LEAST_OBJECTS or likeness.topic >= 0.5


def _priced(a: Claim, b: Claim) -> bool:
    """Where only names are shared: two prices, neither of them nothing."""
    if a.value is None or b.value is None or not (a.value.high and b.value.high):
        return False
    return a.priced and b.priced


def _same_way(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """Places differ all the time; only two ways to one end are a contradiction."""
    if a.value is None or b.value is None:
        return False
    left, right = a.value.symbols[-1], b.value.symbols[-1]
    leaf = content(left) | content(right)
    if not any(x.endswith(y) or y.endswith(x) for x in left.split() for y in right.split()):
        goal = weights.total(likeness.shared - leaf)
        return goal >= (1.2 if weights.settled else 0.8) and _alike(a, b, weights)
    return bool(likeness.shared - leaf) and not (_own_object(a, b) or _own_object(b, a))


def _own_object(a: Claim, b: Claim) -> bool:
    """Whether the way names what its own article is about and the other's is not."""
    steps = a.value.symbols[:-1] if a.value else ()
    words = {word for step in steps for word in step.split()}
    return any(word in a.spot.topic and word not in b.profile for word in words)
