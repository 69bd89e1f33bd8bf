"""When a yes and a no are about one thing."""

import re
from functools import cache

from kb.claims import lexicon
from kb.claims.claim import Claim
from kb.claims.likeness import Likeness
from kb.claims.opposites import lasting, pair_of, soft, stems_of
from kb.claims.rivals import exchanged
from kb.claims.scope import narrows
from kb.claims.signs import UNDER
from kb.claims.spots import OWN_ZONE
from kb.claims.state_rules import are_opposite, of_states, tells_state
from kb.claims.weights import Weights
from kb.claims.words import stem

_INWARD = frozenset({"internal", "agents", "staff", "support", "employees", "team"})
# Of what is shared, how much an exchanged word may weigh before two clauses are of two things.
_EXCHANGED = 0.45
_LEAST_SHARED = 0.5
# How much of a cell's labels a sentence must say, where yes or no is all that the cell says.
_MET = 0.85
# What "can't X while Y" takes from "can X": an exception to a rule contradicts no rule.
_EXCEPTION = 0.3
_TOLD = 0.15
_SPECIAL = 0.35


def opposite(a: Claim, b: Claim) -> bool:
    """An odd number of things differ: the negation, and words of opposite pairs; and what is
    negated in one is what the other speaks of."""
    turned = turns(a, b)
    if tells_state(a) or tells_state(b):
        return are_opposite(a, b, turned)
    if (len(turned) + (a.sign != b.sign)) % 2 == 0 or not _modes_meet(a, b, turned):
        return False
    return _speaks_of(b, a.target) and _speaks_of(a, b.target)


def _speaks_of(claim: Claim, target: frozenset[str]) -> bool:
    return not target or target <= _spoken(claim)


def turns(a: Claim, b: Claim) -> frozenset[str]:
    """Pairs of opposites of which the claims use different sides."""
    return frozenset(pair for pair, side in a.sides.items() if b.sides.get(pair, side) != side)


def _modes_meet(a: Claim, b: Claim, turned: frozenset[str]) -> bool:
    """Whether what one says of ability, duty or fact denies what the other says of it."""
    if a.mode == b.mode:
        return True
    modes = {a.mode, b.mode}
    no, yes = (a, b) if a.sign < b.sign else (b, a)
    if modes == {"can", "is"}:
        return turned <= lasting() | {UNDER} if turned else _denies_ability(no, yes)
    if modes == {"must", "can"}:
        return not turned and a.sign != b.sign and yes.mode == "must"
    if modes == {"must", "is"}:
        return bool(turned) and pair_of("required") not in turned
    if yes.mode == "do" and a.sign != b.sign:
        return not turned and no.mode != "must"
    return not turned and a.sign != b.sign and no.mode == "do"


def _denies_ability(no: Claim, yes: Claim) -> bool:
    """Whether something can't be done because it is not so. What the company does not do by
    itself, one may be able to do."""
    if no.mode == "can":
        return True
    if "bydefault" in no.sides:
        return False
    if not no.subject or _OFFERED.search(no.spot.text):
        return True
    return bool(no.subject & yes.subject) and not _CAN_BE.search(yes.spot.text)


_OFFERED = re.compile(r"\b(?:offer|offers|offered|provide|provides|provided)\b", re.IGNORECASE)
_CAN_BE = re.compile(r"\b(?:can|may) be\b", re.IGNORECASE)


def of_signs(a: Claim, b: Claim, likeness: Likeness, weights: Weights) -> float | None:  # noqa: ARG001 the value rules' signature
    """Confidence that they contradict each other; None when they are about different things."""
    if a.spot.command or b.spot.command or is_inward(a) != is_inward(b):
        return None
    if weights.settled and (a.vague or b.vague) and not (a.exact or b.exact):
        return None
    if _conditions_apart(a, b) or (_is_told(a, b) and weights.settled):
        return None
    if tells_state(a):
        return of_states(a, b, weights)
    to_b, to_a = _covered(a, b, weights), _covered(b, a, weights)
    if a.exact or b.exact:
        return _of_cell(a, b, to_a, to_b, weights)
    found = _of_clauses(a, b, to_a, to_b, weights)
    if found is None:
        return None
    found -= _TOLD * _is_told(a, b)
    return found - _EXCEPTION * _excepted(a, b) - _SPECIAL * _is_special(a, b, weights)


def _is_told(a: Claim, b: Claim) -> bool:
    """Whether one only tells to do what the other speaks of: that it is possible is implied."""
    return (a.mode == "do") != (b.mode == "do")


def _is_special(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether one denies, or grants, only a special case of what the other speaks of."""
    no, yes = (a, b) if a.sign < b.sign else (b, a)
    if a.sign == b.sign or turns(a, b) or soft() & a.sides.keys() & b.sides.keys():
        return False
    if _narrows(yes, no) or _narrows(no, yes):
        return True
    narrower = weights.total(no.own - frozenset(yes.profile))
    return narrower >= 0.4 and weights.total(yes.own - frozenset(no.profile)) < 0.5


def _narrows(a: Claim, b: Claim) -> bool:
    """Whether a word of `a` alone stands before one that both have: "profile settings"."""
    follow = zip(a.ordered, a.ordered[1:], strict=False)
    known = frozenset(b.profile)
    return any(
        first not in known and second in b.own and (first in a.subject) <= (second in a.subject)
        for first, second in follow
    )


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon.words("generic"))


def of_holders(a: Claim, b: Claim, weights: Weights) -> float | None:
    """Confidence that two statements on who may do something are about doing the same."""
    to_b, to_a = _covered(a, b, weights), _covered(b, a, weights)
    shared = weights.total(a.own & b.own)
    if not to_a or not to_b or shared < _LEAST_SHARED:
        return None
    if exchanged(a, b, weights) >= _EXCHANGED * shared:
        return None
    if weights.settled and (a.own ^ b.own) - _generic():
        return None
    harmonic = 2 * to_a * to_b / (to_a + to_b)
    return None if harmonic < 0.6 else 0.3 + 0.6 * harmonic


def _conditions_apart(a: Claim, b: Claim) -> bool:
    """Whether each names a case of its own."""
    left, right = a.scope.condition, b.scope.condition
    if not left or not right:
        return _met(a, b) or _met(b, a)
    return bool(left - right - frozenset(b.profile)) and bool(right - left - frozenset(a.profile))


def _met(a: Claim, b: Claim) -> bool:
    """Whether `b` speaks of just the case that `a` leaves out: "not unless you are an admin",
    "admins can"."""
    left_out = a.scope.condition if a.sides.get(UNDER) == -1 else frozenset()
    return bool(left_out) and left_out <= _spoken(b) | _name_stems(b)


def _name_stems(claim: Claim) -> frozenset[str]:
    stated = claim.scope.stated.values()
    return frozenset(stem(word) for names in stated for name in names for word in name)


def _excepted(a: Claim, b: Claim) -> bool:
    """Whether one denies in a certain case what the other grants."""
    no, yes = (a, b) if a.sign < b.sign else (b, a)
    if a.sign == b.sign:
        general, special = (a, b) if b.scope.condition else (b, a)
    else:
        general, special = yes, no
    case = special.scope.condition if UNDER in special.sides else frozenset()
    met = case & frozenset(general.profile)
    if general.scope.condition or general.spot.universal:
        return False
    return bool(case) and len(met) <= len(case) / 2


def is_inward(claim: Claim) -> bool:
    """Whether an article is written for the company's own people: what agents may do, customers
    may not."""
    return bool(claim.spot.audience & _INWARD)


def _of_clauses(a: Claim, b: Claim, to_a: float, to_b: float, weights: Weights) -> float | None:
    turned = bool(turns(a, b))
    apart = exchanged(a, b, weights)
    if apart >= _EXCHANGED * max(weights.total(a.own & b.own), _LEAST_SHARED):
        return None
    fewest = 1 if turned or not weights.settled else 2
    if min(len(a.own), len(b.own)) < fewest or not to_a or not to_b:
        return None
    harmonic = 2 * to_a * to_b / (to_a + to_b)
    whole = 0.6 if not weights.settled and _denied_whole(a, b, weights) else None
    if weights.settled and a.mode == "do" and (harmonic < 0.9 or len(a.own & b.own) < 3):
        return None
    if weights.settled and weights.total(a.own & b.own) < 1.5 and (turned or harmonic < 0.8):
        return None
    spoken = soft() & a.sides.keys() & b.sides.keys()
    least = (0.75 if turned else 0.5 if spoken else 0.7) if weights.settled else 0.5
    if harmonic < least:
        return whole
    return max(whole or 0.0, 0.3 + 0.65 * harmonic - 0.4 * apart)


def _denied_whole(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether what one denies of everything, the other says of something: "we use no cookies",
    "cookies are used to know visitors"."""
    denied, said = (a, b) if a.sign < b.sign else (b, a)
    if turns(a, b) or denied.sign == said.sign or denied.scope.condition:
        return False
    return denied.own <= said.own and weights.total(denied.own) >= 0.8


def _of_cell(a: Claim, b: Claim, to_a: float, to_b: float, weights: Weights) -> float | None:
    """A yes or no cell: every label must be met, and its column named."""
    if a.exact and b.exact:
        return 0.85 if min(to_a, to_b) >= 0.85 and a.scope.stated == b.scope.stated else None
    cell, other, labels, rest = (a, b, to_b, to_a) if a.exact else (b, a, to_a, to_b)
    if (other.vague and not other.sides) or _is_told(a, b):
        return None
    able = (
        not (cell.sides or other.vague)
        and (other.mode == "can" or other.sign < 0)
        and labels >= _MET
    )
    if weights.settled and not (able or cell.sides.keys() & other.sides.keys()):
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
        if names and family == "plan":
            found.add(stem(family))
    return found


def _spoken(claim: Claim) -> frozenset[str]:
    """What a claim says itself, or points at; words of opposite pairs among it."""
    own = frozenset(word for word, zone in claim.profile.items() if zone >= OWN_ZONE)
    return own.union(*(stems_of(pair) for pair in claim.sides))
