"""Whether two claims contradict each other: same subject, meeting scopes, values that exclude
each other."""

import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.holders import excludes
from kb.claims.likeness import compare_subjects, for_others, subjects_apart
from kb.claims.phrases import has_verb
from kb.claims.relations import relate
from kb.claims.scope import Meeting, Name, meet
from kb.claims.sign_rules import is_inward, of_holders, of_signs, opposite
from kb.claims.strays import of_one_wording
from kb.claims.strictness import unproven
from kb.claims.value_rules import of_values
from kb.claims.values import Relation, Value, ValueKind
from kb.claims.weights import Weights

_TAKES = re.compile(r"\b(?:takes?|took|taking|lasts?|lasted)\b", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:can|may|must|could|(?:able|have|has|need|needs) to)\b"
    r"(?! (?:also )?(?:take|last|expect))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why two claims contradict each other. `confidence` lies in (0, 1]; `lone` are names that
    only one side has."""

    confidence: float
    relation: Relation
    shared: frozenset[str]
    lone: tuple[Name, ...]


class Apart(StrEnum):
    """Why two claims do not contradict each other."""

    OTHER = "not comparable"
    AGREE = "both can hold"
    SPOT = "one spot"
    BOTH = "one says both"
    LITERALS = "other literals"
    SCOPE = "scopes apart"
    CONDITIONS = "conditions apart"
    SUBJECTS = "subjects apart"
    UNPROVEN = "headings or objects apart"
    UNLIKE = "not of one thing"


def judge(a: Claim, b: Claim, weights: Weights) -> Judgement | None:
    """None when both can hold or they speak of different things. Symmetric."""
    verdict = explain(a, b, weights)
    return verdict if isinstance(verdict, Judgement) else None


def explain(a: Claim, b: Claim, weights: Weights) -> Judgement | Apart:
    """Why two claims contradict each other, or the first reason why they do not. Symmetric."""
    relation = _relation(a, b)
    if relation == Relation.UNRELATED:
        return Apart.OTHER
    if relation not in (Relation.CONFLICT, Relation.SOFT):
        return Apart.AGREE
    if _same_spot(a, b, weights):
        return Apart.SPOT
    if _said_by_both(a, b):
        return Apart.BOTH
    if _literals_apart(a, b):
        return Apart.LITERALS
    meeting, lone = meet(a.scope, b.scope)
    if meeting == Meeting.APART:
        return Apart.SCOPE
    if _conditions_apart(a, b):
        return Apart.CONDITIONS
    if subjects_apart(a, b, weights):
        return Apart.SUBJECTS
    if weights.settled and unproven(a, b, weights):
        return Apart.UNPROVEN
    likeness = compare_subjects(a, b, weights)
    if a.kind == ValueKind.STRAY:
        confidence = of_one_wording(a, b)
    elif a.kind == ValueKind.HOLDERS:
        confidence = of_holders(a, b, weights)
    else:
        rule = of_signs if a.value is None else of_values
        confidence = rule(a, b, likeness, weights)
    if confidence is None and a.value:
        confidence = of_one_wording(a, b)
    if confidence is None:
        return Apart.UNLIKE
    narrower = 0 if a.spot.universal or b.spot.universal else len(lone)
    confidence -= 0.2 * min(2, narrower) + _doubts(a, b, weights)
    confidence -= 0.1 if relation == Relation.SOFT else 0.0
    return Judgement(_clip(confidence), relation, likeness.shared, tuple(lone))


def _relation(a: Claim, b: Claim) -> Relation:
    if a.value is None or b.value is None:
        both = a.value is None and b.value is None
        return Relation.CONFLICT if both and opposite(a, b) else Relation.UNRELATED
    if a.kind == b.kind == ValueKind.HOLDERS:
        apart = excludes(a.value, b.value) or excludes(b.value, a.value)
        return Relation.CONFLICT if apart else Relation.UNRELATED
    return relate(a.value, b.value)


# Of one section, sentences that start within so many characters go on about each other.
_ONE_PARAGRAPH = 300


def _same_spot(a: Claim, b: Claim, weights: Weights) -> bool:
    """Of one sentence, or items beside each other in one list, table or section: alternatives."""
    if a.article_id != b.article_id:
        return False
    if (a.spot.start, a.spot.end) == (b.spot.start, b.spot.end):
        return True
    near = abs(a.spot.start - b.spot.start) <= _ONE_PARAGRAPH
    if a.spot.section == b.spot.section and (weights.settled or a.spot.listing or near):
        return True
    if a.exact or b.exact:
        return False
    listed = bool(a.spot.listing and b.spot.listing)
    return listed or not (has_verb(a.spot.text) and has_verb(b.spot.text))


def _said_by_both(a: Claim, b: Claim) -> bool:
    """Whether one statement has the other's value, too: it speaks of both."""
    if a.value is None or b.value is None:
        return a.spot.text == b.spot.text
    return any(relate(other, b.value) == Relation.SAME for other in a.others) or any(
        relate(other, a.value) == Relation.SAME for other in b.others
    )


def _literals_apart(a: Claim, b: Claim) -> bool:
    left, right = a.spot.literals, b.spot.literals
    return bool(left - right) and bool(right - left)


def _conditions_apart(a: Claim, b: Claim) -> bool:
    left, right = a.scope.condition, b.scope.condition
    if _given(a, b):
        return True
    if a.scope.sizes and b.scope.sizes and not a.scope.sizes & b.scope.sizes:
        return True
    if not left or not right:
        return False
    return len(left & right) / min(len(left), len(right)) < 0.5


def _doubts(a: Claim, b: Claim, weights: Weights) -> float:
    """What speaks against a contradiction without ruling it out."""
    doubts = 0.15 * (is_inward(a) != is_inward(b)) + _one_sided_condition(a, b)
    doubts += 0.2 * (bool(a.scope.versions) != bool(b.scope.versions))
    doubts += 0.2 * (bool(_IDEALLY.search(a.spot.text)) != bool(_IDEALLY.search(b.spot.text)))
    doubts += 0.4 * ((_is_course(a) and _is_window(b)) or (_is_course(b) and _is_window(a)))
    mould = 0.0 if a.value is None else _substitution(a, b, weights) + 0.4 * for_others(a, b)
    return doubts + _distance(a, b) + mould


def _is_course(claim: Claim) -> bool:
    """How long something takes by itself: "refunds take five days"."""
    text = claim.spot.text
    return claim.kind == ValueKind.DURATION and bool(_TAKES.search(text)) and not _MAY.search(text)


def _is_window(claim: Claim) -> bool:
    """How long somebody has to do something: "you can get a refund within 30 days"."""
    text = claim.spot.text
    return claim.kind == ValueKind.DURATION and bool(_MAY.search(text)) and not _TAKES.search(text)


def _one_sided_condition(a: Claim, b: Claim) -> float:
    left, right = a.scope.condition, b.scope.condition
    if bool(left) == bool(right):
        return 0.0
    stated, other = (a, b) if left else (b, a)
    met = stated.scope.condition & frozenset(other.profile)
    if len(met) > len(stated.scope.condition) / 2:
        return 0.0
    return 0.35 if stated.value and _IF.search(stated.spot.text) else 0.2


_IF = re.compile(r"\b(?:if|unless|in case)\b", re.IGNORECASE)
_IDEALLY = re.compile(r"\b(?:ideally|preferably|best results)\b", re.IGNORECASE)


def _given(a: Claim, b: Claim) -> bool:
    """Whether each tells its value of another case, that has a number, too: "a backup with 100
    contacts has 5 MB"."""
    return any(
        x.kind == y.kind and relate(x, y) == Relation.CONFLICT
        for x in _before_verb(a)
        for y in _before_verb(b)
    )


def _before_verb(claim: Claim) -> list[Value]:
    if claim.value is None:
        return []
    text, at = claim.spot.text, claim.value.start
    return [x for x in claim.others if x.end <= at and has_verb(text[x.end : at])]


def _distance(a: Claim, b: Claim) -> float:
    """What drifts apart stays near: seconds against weeks are mostly two things."""
    if a.value is None or b.value is None or not a.value.low or not b.value.low:
        return 0.0
    if math.isinf(max(a.value.high, b.value.high)):
        return 0.0
    ratio = max(a.value.low, b.value.low) / min(a.value.high, b.value.high)
    return 0.4 if ratio > 1000 else 0.25 if ratio > 100 else 0.1 if ratio > 25 else 0.0


def _substitution(a: Claim, b: Claim, weights: Weights) -> float:
    """Two sentences of one mould with one telling word exchanged speak of two things."""
    matcher = SequenceMatcher(None, a.ordered, b.ordered, autojunk=False)
    if matcher.ratio() < (0.5 if a.value is None else 0.6):
        return 0.0
    exchanged = 0.0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace":
            left = set(a.ordered[i1:i2]) - set(b.profile) - implied(a.kind)
            right = set(b.ordered[j1:j2]) - set(a.profile) - implied(b.kind)
            exchanged += min(weights.total(left), weights.total(right))
    return min(0.5, 0.35 * exchanged)


def _clip(confidence: float) -> float:
    return round(min(0.99, max(0.0, confidence)), 3)
