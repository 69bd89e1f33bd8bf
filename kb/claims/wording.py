"""A disagreement in words: title, explanation, suggestion and severity."""

import re
from collections.abc import Mapping

from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement
from kb.claims.values import ValueKind
from kb.claims.words import is_content, tokens
from kb.types import Article, Severity

_HARMFUL = re.compile(
    r"\b(?:refund|money|price|prices|cost|costs|fee|fees|pay|payment|billing|bill|charge[ds]?|"
    r"invoice|vat|tax|"
    r"password|security|secure|two-step|two-factor|2fa|encrypt\w*|privacy|personal data|gdpr|legal|"
    r"terms|contract|warranty|guarantee|liab\w+|deadline|cancel\w*|return|returns|trial|retention|"
    r"delete[ds]?|erase[ds]?|refundable)\b",
    re.IGNORECASE,
)
_NAMES = {
    ValueKind.DURATION: "how long",
    ValueKind.FREQUENCY: "how often",
    ValueKind.MONEY: "how much it costs",
    ValueKind.SIZE: "what size",
    ValueKind.LENGTH: "what length",
    ValueKind.MEASURE: "what measure",
    ValueKind.PERCENT: "what share",
    ValueKind.COUNT: "how many",
    ValueKind.NUMBER: "what number",
    ValueKind.VERSION: "which version",
    ValueKind.DATE: "what date",
    ValueKind.TIME: "what time",
    ValueKind.PLACE: "where in the product",
    ValueKind.CONTACT: "which address",
    ValueKind.LIST: "which ones",
    ValueKind.NAMED: "what the default is",
    ValueKind.FILE: "which file",
    ValueKind.POLARITY: "whether or not",
    ValueKind.HOLDERS: "who or which plan",
}
_MOST_VALUES = 4
_MOST_WORDS = 5


def title_of(found: Disagreement) -> str:
    """Such as "Trial: 14 days or 15 days?"."""
    if found.claims[0].value is None:
        return f"{_subject(found)}: yes or no?"
    said = list(dict.fromkeys(_said(side[0]) for side in found.sides))[:_MOST_VALUES]
    return f"{_subject(found)}: {' or '.join(said)}?"


def explanation_of(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """What they disagree on, and why the scopes overlap."""
    where = sorted({articles[claim.article_id].title for claim in found.claims})
    place = f"“{where[0]}” says two things" if len(where) == 1 else _listed(where) + " disagree"
    about = _NAMES[found.claims[0].kind]
    first = f"{place} on {about} ({_subject(found).lower()})."
    if found.judgement.lone:
        names = _listed([" ".join(name) for name in found.judgement.lone[:3]])
        return f"{first} One side names {names}; the other sets no limit, so it holds there, too."
    if any(claim.scope.stated for claim in found.claims):
        return f"{first} Neither names a plan, product, platform or case that the other excludes."
    return f"{first} Neither is limited to a plan, product, platform or case."


def suggestion_of(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """Which side is likelier right and on what evidence, and the edit that would settle it."""
    right, wrong = found.sides[0][0], found.sides[-1][0]
    paths = _listed(sorted({articles[claim.article_id].path for claim in found.claims}))
    if not found.reason:
        sides = f"{_quoted(right)} or {_quoted(wrong)}"
        return f"Find out which holds, {sides}, and say it alike in {paths}."
    path = articles[wrong.article_id].path
    if wrong.value is None:
        edit = f"Rewrite {_quoted(wrong)} in {path} to say the same"
    else:
        edit = f"In {path}, change {_quoted(wrong)} to {_quoted(right)}"
    return f"{_quoted(right)} is likelier right: {found.reason}. {edit}, if the owner agrees."


def severity_of(found: Disagreement, articles: Mapping[str, Article]) -> Severity:
    """High for money, security, legal matters and deadlines; low for places in the interface."""
    kind = found.claims[0].kind
    text = " ".join(
        f"{articles[claim.article_id].title} {claim.spot.heading} {claim.spot.text}"
        for claim in found.claims
    )
    if kind == ValueKind.MONEY or _HARMFUL.search(text):
        return Severity.HIGH
    return Severity.LOW if kind in (ValueKind.PLACE, ValueKind.FREQUENCY) else Severity.MEDIUM


def _subject(found: Disagreement) -> str:
    """The shared words as a claim writes them, in its order; its own where it shares none."""
    claim = min(found.claims, key=lambda claim: (not claim.spot.labels, len(claim.spot.text)))
    text = (
        " ".join(claim.spot.labels)
        if claim.spot.labels
        else f"{claim.spot.text} {claim.spot.heading}"
    )
    written: dict[str, str] = {}
    for token in tokens(text):
        if token.stem in (found.shared or claim.own) and is_content(token):
            written.setdefault(token.stem, text[token.start : token.end].lower())
    words = " ".join(list(written.values())[:_MOST_WORDS]).capitalize()
    return words or claim.spot.heading.split(" > ")[-1] or "One thing"


def _said(claim: Claim) -> str:
    return claim.value.text.strip() if claim.value else claim.spot.text.strip()


def _quoted(claim: Claim) -> str:
    if claim.value is None and claim.spot.labels:
        return f"“{': '.join((*claim.spot.labels, claim.spot.text.strip()))}”"
    return f"“{_said(claim)}”"


def _listed(items: list[str]) -> str:
    named = [f"“{item}”" for item in items[:4]]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
