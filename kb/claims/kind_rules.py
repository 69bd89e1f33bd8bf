"""What else values of one kind need to be said of one thing."""

from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.likeness import Likeness, what_about
from kb.claims.moments import PLATFORM_STEMS
from kb.claims.phrases import is_command
from kb.claims.values import Bound, ValueKind
from kb.claims.weights import Weights
from kb.claims.words import content, stem

LEAST_OBJECTS = 0.35
MOULD = 0.8
_TELLING = 0.5
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
WORDS = frozenset({ValueKind.NAMED, ValueKind.FILE})


def fits_kind(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> bool:
    """What else values of one kind need."""
    if (
        a.kind == ValueKind.LIST
        and not _closed(a, b)
        and (weights.settled or likeness.mould < MOULD)
    ):
        return False
    if a.kind in _VAGUE and not alike(a, b, weights):
        return False
    if a.kind in WORDS and weights.settled:
        if not (a.subject and b.subject):
            return False
        return weights.total((a.near & b.near) - implied(a.kind)) >= 1.2
    if {a.kind, b.kind} == {ValueKind.NUMBER, ValueKind.COUNT} and weights.settled:
        return bool(rate(a) and rate(b)) and likeness.objects >= 1.0
    if ValueKind.NUMBER in (a.kind, b.kind):
        timed = ValueKind.DURATION in (a.kind, b.kind)
        return likeness.objects >= 0.6 and not (timed and weights.settled)
    if a.kind == ValueKind.COUNT:
        return _same_count(a, b, likeness, weights)
    if a.kind == ValueKind.PLACE:
        return _same_way(a, b, likeness, weights)
    if a.kind == ValueKind.CONTACT and a.value is not None and a.value.unit == "url":
        return not weights.settled and likeness.mould >= MOULD
    if a.kind == ValueKind.CONTACT:
        return likeness.objects >= (2.0 if weights.settled else LEAST_OBJECTS)
    if a.kind == ValueKind.VERSION:
        return not weights.settled or (_required(a, b) and _of_one_use(a, likeness, weights))
    return a.kind != ValueKind.MONEY or not likeness.named or _priced(a, b)


def _closed(a: Claim, b: Claim) -> bool:
    """Whether one of two lists is said to be whole."""
    return any(claim.value is not None and claim.value.bound == Bound.EXACT for claim in (a, b))


def is_hollow(claim: Claim, weights: Weights) -> bool:
    """Whether a clause says nothing but its value."""
    unit = {claim.value.unit} if claim.value else set()
    said = (claim.near | what_about(claim)) - implied(claim.kind)
    return weights.total(said - unit) < _TELLING


def alike(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether the two clauses share a good part of their words' weight; among a few articles,
    also one that says nothing but its value."""
    if not weights.settled and (is_hollow(a, weights) or is_hollow(b, weights)):
        return True
    left, right = a.near - implied(a.kind) or a.near, b.near - implied(b.kind) or b.near
    both = weights.total(left | right)
    return both > 0 and weights.total(left & right) >= both * (0.5 if weights.settled else 0.3)


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
    if rate(a) != rate(b) or not (_limits(a) and _limits(b)):
        return False
    if likeness.topic >= 0.4 and a.article_id != b.article_id:
        return True
    unit = {a.value.unit} if a.value else set()
    return weights.total(likeness.shared - unit) >= 0.3


def is_told(claim: Claim) -> bool:
    """Whether a count is what a reader is told to do: "invite two teammates"."""
    exact = claim.kind == ValueKind.COUNT and claim.value is not None
    exact = exact and claim.value is not None and claim.value.bound == Bound.EXACT
    return exact and is_command(claim.spot.text) and not claim.own & _CAPACITY


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
    return others >= LEAST_OBJECTS or likeness.topic >= 0.5


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
        return goal >= (1.2 if weights.settled else 0.8) and alike(a, b, weights)
    return bool(likeness.shared - leaf) and not (_own_object(a, b) or _own_object(b, a))


def same_goal(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether two ways lead to something that both statements name."""
    leaves = content(" ".join(x.value.symbols[-1] for x in (a, b) if x.value))
    return weights.total((a.own & b.own) - implied(a.kind) - leaves) >= LEAST_OBJECTS


def _own_object(a: Claim, b: Claim) -> bool:
    """Whether the way names what its own article is about and the other's is not."""
    steps = a.value.symbols[:-1] if a.value else ()
    words = {word for step in steps for word in step.split()}
    return any(word in a.spot.topic and word not in b.profile for word in words)


def rate(claim: Claim) -> str:
    return claim.value.per if claim.value else ""
