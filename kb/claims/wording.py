"""A disagreement in words: title, explanation, suggestion, details and severity."""

import re
from collections.abc import Mapping, Sequence

from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement
from kb.claims.edits import edited
from kb.claims.naming import Name, names_of
from kb.claims.said import ANSWERS, is_whole, said, sides_of
from kb.claims.values import ValueKind
from kb.findings import Severity
from kb.types import Article

_HARMFUL = re.compile(
    r"\b(?:refund|money|price|prices|cost|costs|fee|fees|pay|payment|billing|bill|charge[ds]?|"
    r"invoice|vat|tax|"
    r"password|security|secure|two-step|two-factor|2fa|encrypt\w*|privacy|personal data|gdpr|legal|"
    r"terms|contract|warranty|guarantee|liab\w+|deadline|cancel\w*|return|returns|trial|retention|"
    r"delete[ds]?|erase[ds]?|refundable)\b",
    re.IGNORECASE,
)
_ABOUT = {
    ValueKind.DURATION: "how long",
    ValueKind.FREQUENCY: "how often",
    ValueKind.MONEY: "how much it costs",
    ValueKind.SIZE: "which size",
    ValueKind.LENGTH: "which length",
    ValueKind.MEASURE: "which measure",
    ValueKind.PERCENT: "which share",
    ValueKind.COUNT: "how many",
    ValueKind.NUMBER: "which number",
    ValueKind.VERSION: "which version",
    ValueKind.DATE: "which date",
    ValueKind.TIME: "what time",
    ValueKind.PLACE: "where in the product",
    ValueKind.CONTACT: "which address",
    ValueKind.LIST: "which ones",
    ValueKind.NAMED: "which default",
    ValueKind.FILE: "which file",
    ValueKind.STRAY: "what number",
    ValueKind.HOLDERS: "who or which plan",
}
_WHETHER = {"can": "whether it can be done", "must": "whether it is needed"}
_LONGEST = 80
_LITTLE_WORSE = 0.6
_MOST_SIDES = 4


def title_of(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """The subject and the sides in at most 80 characters: "Refund window: 14 days or 30 days?"."""
    names = names_of(found, articles)
    good = [name for name in names if name.score > names[0].score - _LITTLE_WORSE]
    for some, shortly in ((good, False), (good, True), (names, False)):
        for name in some:
            title = _title(name, sides_of(found, shortly))
            if len(title) <= _LONGEST:
                return title
    return _cut(_title(names[0], sides_of(found, shortly=True)))


def _title(name: Name, sides: str) -> str:
    if name.asks == "yes or no" and sides in ANSWERS:
        return f"{name.text} {sides.capitalize()}"
    if name.asks == "what":
        return f"{name.text} {sides[:1].upper()}{sides[1:]}"
    return f"{name.text.rstrip('?')}: {sides}?"


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 2].rsplit(" ", 1)[0] + " …"


def explanation_of(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """What they disagree on, and why the scopes overlap."""
    details = details_of(found, articles)
    return f"{details['disagree_on']} {details['scope']}"


def suggestion_of(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """Which side is likelier right and on what evidence, and the edit that would settle it."""
    details = details_of(found, articles)
    if not details.get("likelier"):
        return details["edit"]
    likelier = f"{details['likelier']} is likelier right: {details['because']}."
    return f"{likelier} {details['edit']}"


def details_of(found: Disagreement, articles: Mapping[str, Article]) -> dict[str, str]:
    """The same in parts. Always: `disagree_on` and `scope` (why the scopes overlap), a sentence
    each; `edit`, what to do; `subject`, the stems of what both speak of. Where one side is
    likelier right: `likelier` (what it says, in quotes), `because` (the evidence, a clause).
    Where the mended statement can be told, too: `edit_in` (the path of the article), `before` and
    `after`."""
    details = {
        "disagree_on": _disagree_on(found, articles),
        "scope": _scope(found),
        "edit": _edit(found, articles),
        "subject": " ".join(sorted(found.shared)),
    }
    if not found.reason:
        return details
    right, wrong = found.sides[0][0], found.sides[-1][0]
    details |= {"likelier": _quoted(right), "because": found.reason}
    after = edited(wrong, right)
    if after is not None:
        path = articles[wrong.article_id].path
        where = "".join(f"{label}: " for label in wrong.spot.labels)
        details |= {"edit_in": path, "before": where + wrong.spot.text.strip()}
        details |= {"after": where + after.strip()}
    return details


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


def _disagree_on(found: Disagreement, articles: Mapping[str, Article]) -> str:
    """Who says what: "They disagree on how long: “Returns” says “30 days”, “Box” says …"."""
    about, titles = _about(found), _titles(found.claims, articles)
    alone = len({claim.article_id for claim in found.claims}) == 1
    if is_whole(found):
        who = f"“{titles[0]}” says two things" if alone else f"{_listed(titles)} disagree"
        return f"{who} on {about}."
    if alone:
        return f"“{titles[0]}” says two things on {about}: {' and '.join(_sayings(found))}."
    parts = [
        f"{_listed(by)} {'say' if len(by) > 1 else 'says'} {text}"
        for side, text in zip(found.sides, _sayings(found), strict=False)
        if (by := _titles(side, articles))
    ]
    return f"They disagree on {about}: {', '.join(parts)}."


def _about(found: Disagreement) -> str:
    claim = found.claims[0]
    if is_whole(found) and claim.kind != ValueKind.HOLDERS:
        return _WHETHER.get(claim.mode, "whether it is so")
    return _ABOUT.get(claim.kind, "what holds")


def _sayings(found: Disagreement) -> list[str]:
    return [_quoted(side[0]) for side in found.sides[:_MOST_SIDES]]


def _scope(found: Disagreement) -> str:
    """Why both speak of the same case."""
    if found.judgement.lone:
        names = _listed([_written(found, name) for name in found.judgement.lone[:3]])
        return f"One side is about {names}; the other sets no such limit, so it holds there, too."
    stated = [claim.scope.stated for claim in found.claims]
    families = frozenset.intersection(*(frozenset(names) for names in stated))
    both = {
        _written(found, name)
        for family in families
        for name in frozenset.intersection(*(frozenset(names[family]) for names in stated))
    }
    if both:
        names = _listed(sorted(both)[:3])
        return f"Both are about {names}, and neither sets a limit that shuts the other out."
    if any(stated):
        return "Neither names a plan, product, platform or case that the other shuts out."
    return "Neither is limited to a plan, product, platform or case."


def _written(found: Disagreement, name: Sequence[str]) -> str:
    """A name as one of the statements writes it."""
    pattern = re.compile(r"\W+".join(map(re.escape, name)), re.IGNORECASE)
    for claim in found.claims:
        for text in (claim.spot.text, " ".join(claim.spot.labels), claim.spot.heading):
            if match := pattern.search(text):
                return match[0]
    return " ".join(name)


def _edit(found: Disagreement, articles: Mapping[str, Article]) -> str:
    right, wrong = found.sides[0][0], found.sides[-1][0]
    if not found.reason:
        paths = sorted({articles[claim.article_id].path for claim in found.claims})
        where = f"in {_plain(paths)}"
        if is_whole(found):
            return f"Find out which side holds, and say it alike {where}."
        sides = " or ".join(_sayings(found))
        return f"Find out which holds, {sides}, and say it alike {where}."
    path = articles[wrong.article_id].path
    if wrong.value is None and (turned := edited(wrong, right)):
        return f"In {path}, change {_quoted(wrong)} to “{turned}”."
    if wrong.value is None or wrong.kind == ValueKind.HOLDERS:
        return f"In {path}, rewrite {_quoted(wrong)} to say the same."
    return f"In {path}, change {_quoted(wrong)} to {_quoted(right)}."


def _quoted(claim: Claim) -> str:
    if claim.value is None and claim.spot.labels:
        return f"“{': '.join((*claim.spot.labels, claim.spot.text.strip()))}”"
    return f"“{said(claim)}”"


def _titles(claims: Sequence[Claim], articles: Mapping[str, Article]) -> list[str]:
    return sorted({articles[claim.article_id].title for claim in claims})


def _listed(items: Sequence[str]) -> str:
    return _plain([f"“{item}”" for item in items])


def _plain(items: Sequence[str]) -> str:
    if len(items) > _MOST_SIDES:
        return f"{', '.join(items[: _MOST_SIDES - 1])} and {len(items) - _MOST_SIDES + 1} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
