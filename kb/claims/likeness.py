"""How much two claims are about one thing."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.claims import lexicon
from kb.claims.claim import Claim
from kb.claims.events import EVENTS, events, is_thing
from kb.claims.scope import narrows
from kb.claims.spots import OWN_ZONE
from kb.claims.values import TIMES, ValueKind
from kb.claims.weights import Weights
from kb.claims.words import content, stem

_AGENTS = frozenset(stem(word) for word in lexicon.words("agents"))
# What two numbers count alike is a part of their subject.
_UNIT_COUNTS = 0.5
_SAME_ARTICLE = 0.4


@dataclass(frozen=True, slots=True)
class Likeness:
    """Sums of word weights.

    `objects`: shared things; `topic`: shared words of the headings; `extra`: what is left of the
    poorer side's clause; `mould`: share of the wording that two statements have in common, 1 for
    the same words in the same order. `shared` are the stems; `named` when nothing but names of
    products, plans and platforms is shared; `close` when a shared thing stands in both clauses.
    """

    objects: float
    events: frozenset[str]
    topic: float
    extra: float
    mould: float
    shared: frozenset[str]
    named: bool = False
    close: bool = False


def compare_subjects(a: Claim, b: Claim, weights: Weights) -> Likeness:
    """Symmetric."""
    shared = frozenset(
        word
        for word in a.profile
        if word in b.profile and min(a.profile[word], b.profile[word]) >= OWN_ZONE
    )
    happens = events(shared)
    timed = a.kind in TIMES
    things = {word for word in shared if not timed or word not in EVENTS or is_thing(word)}
    names = _name_words(a) | _name_words(b)
    kind = a.kind.value
    objects = sum(
        weights.within(word, kind) * _closeness(a, b, word) * (0.5 if word in names else 1.0)
        for word in sorted(things)
    )
    if {a.kind, b.kind} <= {ValueKind.COUNT, ValueKind.NUMBER} and ValueKind.COUNT in (
        a.kind,
        b.kind,
    ):
        objects += _UNIT_COUNTS
    return Likeness(
        objects=objects,
        events=happens,
        topic=_topic(a, b, shared, weights),
        extra=0.0 if a.kind == ValueKind.LIST else _extra(a, b, weights),
        mould=SequenceMatcher(None, a.ordered, b.ordered, autojunk=False).ratio(),
        shared=shared,
        named=not things - names,
        close=any(min(a.profile[w], b.profile[w]) > OWN_ZONE for w in things)
        or a.kind == ValueKind.COUNT,
    )


def _closeness(a: Claim, b: Claim, word: str) -> float:
    """1 for a word of both clauses, less where it stands further off."""
    return math.sqrt(a.profile[word] * b.profile[word])


def subjects_apart(a: Claim, b: Claim, weights: Weights) -> bool:
    """Whether most of what one sentence is grammatically about is nowhere near the other."""
    if not weights.settled and a.value is not None and not (what_about(a) and what_about(b)):
        return False
    return _foreign(a, b, weights) or _foreign(b, a, weights)


def _foreign(a: Claim, b: Claim, weights: Weights) -> bool:
    around = frozenset(b.profile) | b.spot.topic
    if weights.settled or a.value is None:
        about = a.subject - _name_words(a)
        if weights.settled:
            return weights.total(about & around) < weights.total(about) / 2
    else:
        about = what_about(a) - (_name_words(a) - around)
    return len(about & around) < len(about) / 2


def what_about(claim: Claim) -> frozenset[str]:
    """What a sentence is about, where that is not the product as a whole."""
    return frozenset() if claim.predicate and claim.value else claim.subject - _AGENTS


_FOR = re.compile(
    r"(?:^|[\s(])for (?:the |all |every |each |an? |your |our )?(?P<what>(?!\d)[\w-]+(?: [\w-]+)?)",
    re.IGNORECASE,
)


def for_others(a: Claim, b: Claim) -> bool:
    """Whether each says for what it holds, and neither of them speaks of the other's."""
    left, right = _for_what(a), _for_what(b)
    return bool(left and right) and not (left & set(b.profile) or right & set(a.profile))


def _for_what(claim: Claim) -> frozenset[str]:
    return content(" ".join(match["what"] for match in _FOR.finditer(claim.spot.text))) & claim.own


def _topic(a: Claim, b: Claim, shared: frozenset[str], weights: Weights) -> float:
    """Shared words of headings, or headings of one that the other speaks of. In one article the
    title says nothing."""
    if a.article_id == b.article_id:
        return weights.total((a.spot.heads & b.spot.heads) - shared) + _SAME_ARTICLE
    met = (a.spot.topic & b.spot.topic) | (a.spot.topic & b.own) | (b.spot.topic & a.own)
    return weights.total(met - shared)


def _extra(a: Claim, b: Claim, weights: Weights) -> float:
    left = weights.total(a.near - frozenset(b.profile))
    right = weights.total(b.near - frozenset(a.profile))
    return min(left, right)


def _name_words(claim: Claim) -> set[str]:
    """Stems of the names that scope a claim: they say where it holds, not what it says."""
    return _stems(
        name for family, names in claim.scope.stated.items() if narrows(family) for name in names
    )


def _stems(names: Iterable[tuple[str, ...]]) -> set[str]:
    return {stem(word) for name in names for word in name}
