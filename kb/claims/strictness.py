"""What claims of a large help center must have in common beyond words.

Among many articles two sentences of the same words are mostly about two things: two callbacks of
one reference page, two parts of the interface, a whole and a definition of it. What they are
about must be told by the sentences and their headings.
"""

import re
from difflib import SequenceMatcher

from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.opposites import of_variants
from kb.claims.phrases import has_verb
from kb.claims.values import Bound, ValueKind
from kb.claims.weights import Weights
from kb.claims.words import content, stem

# "To access anything that is not public", "what a role can't do": the clause tells which, not that.
_TELLING_WHICH = re.compile(
    r"(?<!,)(?<!so) \b(?:that|who|whose)\b(?: only)? (?!(?:you|we|they|it|the|an?|this|these)\b)"
    r"[^,;:.]*|\b(?:what|which|whether|how|where|who)\b(?= (?:an?|the|your|each|you|to|users?)\b)"
    r"[^,;:.]*",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"n[’']t\b|\b(?:not|cannot|never|no|none|without|only|un\w+)\b", re.I)
_VAGUE = re.compile(
    r"^\W*(?:it|its|this|that|they|these|those)\b(?! (?:\w+ ){1,2}(?:is|are|can|has)\b)", re.I
)
_CODE = re.compile(r"\w[._(]\w|\w\(\)|[<>=!$@{}]|\b[a-z]+[A-Z]\w*")
_DEFAULT = re.compile(r"\bdefaults?\s*[:=]|\(\s*default\b", re.IGNORECASE)
_TELLING = 0.5
_MOULD = 0.6
_LEAST_LONE = 0.35
_LEAST_TOLD = 0.8
_LEAST_TOLD_OF_CLOSED = 0.1


def unproven(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether it remains open that two claims of a large help center are on one thing.
    Symmetric."""
    if headings_apart(a, b, weights):
        return True
    if a.value is None or b.value is None:
        return _sign_unproven(a, b)
    rule = {
        ValueKind.PLACE: _place_unproven,
        ValueKind.LIST: _list_unproven,
        ValueKind.MONEY: _price_unproven,
    }.get(a.kind)
    return rule is not None and rule(a, b, weights)


def headings_apart(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether the headings name two things: siblings on one page, two names in code, or "Email
    config" and "Upload config"."""
    one, other = a.spot.heading.split(" > "), b.spot.heading.split(" > ")
    if _CODE.search(one[-1]) and _CODE.search(other[-1]):
        return one[-1] != other[-1]
    if a.article_id == b.article_id and len(one) == len(other) and one[:-1] == other[:-1]:
        return one != other and _of_one_mould(a, b) and not _named_by_itself(a, b, weights)
    if not a.spot.heads & b.spot.heads or _asks(one[-1]) or _asks(other[-1]):
        return _defaults_apart(a, b)
    return _lone(a, b, weights) and _lone(b, a, weights)


def _asks(heading: str) -> bool:
    """Whether a heading is a question or a sentence, which names nothing."""
    return heading.endswith("?") or has_verb(heading)


def _of_one_mould(a: Claim, b: Claim) -> bool:
    return SequenceMatcher(None, a.ordered, b.ordered, autojunk=False).ratio() >= _MOULD


def _defaults_apart(a: Claim, b: Claim) -> bool:
    """Defaults of parameters, each in a list under headings of its own."""
    if not all(_DEFAULT.search(x.spot.text) for x in (a, b)):
        return False
    return not a.spot.heads & b.spot.heads


def _named_by_itself(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether both sentences have what either heading adds."""
    both = a.own & b.own
    return all(weights.total(x.spot.heads & both) >= _TELLING for x in (a, b))


def _lone(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether a heading has a telling word that the other article does not speak of."""
    lone = a.spot.heads - b.spot.topic - frozenset(b.profile)
    return weights.total(lone) >= _LEAST_LONE


def _sign_unproven(a: Claim, b: Claim) -> bool:
    if any(x.sign < 0 and _only_told_which(x.spot.text) for x in (a, b)):
        return True
    shared = a.sides.keys() & b.sides.keys()
    if shared and a.sign == b.sign and shared <= of_variants():
        return True
    return bool(a.sides and b.sides) and not shared


def _only_told_which(text: str) -> bool:
    """Whether every negation of a sentence stands in a clause that tells which thing is meant."""
    rest = _TELLING_WHICH.sub(" ", text)
    return bool(_NEGATION.search(text)) and not _NEGATION.search(rest)


def _place_unproven(a: Claim, b: Claim, weights: Weights) -> bool:
    """Ways to somewhere need one goal, that both sentences name."""
    if any(_VAGUE.match(x.spot.text) for x in (a, b)):
        return True
    ends = [content(x.value.symbols[-1]) for x in (a, b) if x.value]
    if ends[0] == ends[1]:
        return False
    leaves = ends[0] | ends[1]
    told = (a.own & b.own) - leaves - implied(ValueKind.PLACE)
    return weights.total(told) < _LEAST_TOLD and a.spot.heads != b.spot.heads


def _list_unproven(a: Claim, b: Claim, weights: Weights) -> bool:
    """Lists need more in common than their members."""
    members = [name for x in (a, b) if x.value for name in x.value.symbols if " " not in name]
    told = (a.own & b.own) - content(" ".join(members)) - _OF_LISTS
    closed = any(x.value and x.value.bound == Bound.EXACT for x in (a, b))
    return weights.total(told) < (_LEAST_TOLD_OF_CLOSED if closed else _LEAST_TOLD)


def _price_unproven(a: Claim, b: Claim, weights: Weights) -> bool:
    """What is free and what is paid are mostly two things."""
    if a.value is None or b.value is None or (a.value.high and b.value.high):
        return False
    told = (a.own & b.own) - implied(ValueKind.MONEY) - _OF_PRICES
    return weights.total(told) < _LEAST_TOLD


_OF_LISTS = frozenset(stem(word) for word in ("format", "support", "include", "file", "type"))
_OF_PRICES = frozenset(stem(word) for word in ("plan", "price", "free", "base", "month", "year"))
