"""What each side of a disagreement says, side by side and as short as it can be told."""

import re
from collections.abc import Sequence

from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement
from kb.claims.holders import EVERYBODY
from kb.claims.phrases import is_command
from kb.claims.values import Bound, ValueKind

YES_OR_NO = "yes or no"
ON_OR_OFF = "on or off"
ANSWERS = (YES_OR_NO, ON_OR_OFF)
_SWITCHED = re.compile(r"^\W*(?:on|off|enabled|disabled)\W*$", re.IGNORECASE)
_VERSION = re.compile(r"\d[\w.]*\+?")
_LAST_JOIN = re.compile(r"\s+(?:and|or)\s+")
_OFTEN = re.compile(r"\b(?:every|each|per|once|twice|times|daily|weekly|\w+ly)\b|/", re.IGNORECASE)
_HYPHENED = re.compile(r"^(?P<number>[\w.,]+)-(?P<unit>[A-Za-z]{2,}?)s?$")
_OF_VERSIONS = frozenset({"version", "versions", "release", "current", "latest", "minimum", "lts"})
_ALL = re.compile(
    r"\b(?:all|every|any|each)(?: \w+)? (?:plan|tier|edition|member|user|role)s?\b", re.IGNORECASE
)
_PLANS = re.compile(r"\b(?:plan|tier|edition)s?\b", re.IGNORECASE)
# A side that ends so asks for the words that were left out.
_LEADS_ON = frozenset({"per", "a", "an", "of", "to", "and", "or", "the", "each", "every", ">", "›"})
_MOST_SIDES = 4
_LONGEST_SIDE = 28


def said(claim: Claim) -> str:
    """The value as it is written, else the whole statement."""
    if claim.value is None or claim.kind == ValueKind.HOLDERS:
        return claim.spot.text.strip()
    return claim.value.text.strip()


def is_whole(found: Disagreement) -> bool:
    """Whether whole statements stand against each other, no values within them."""
    return any(claim.value is None or claim.kind == ValueKind.HOLDERS for claim in found.claims)


def sides_of(found: Disagreement, shortly: bool) -> str:
    """Such as "14 or 30 days"; `shortly` cuts each side."""
    kind = found.claims[0].kind
    if any(claim.value is None for claim in found.claims):
        cells = [claim.spot.text for claim in found.claims if claim.spot.labels]
        switched = cells and all(_SWITCHED.match(cell) for cell in cells)
        return ON_OR_OFF if switched else YES_OR_NO
    if kind == ValueKind.HOLDERS:
        return _either([_holders(claim) for claim in found.claims])
    if kind == ValueKind.LIST and (members := _members(found, shortly)):
        return members
    texts = [_shown(side[0]) for side in found.sides]
    if len(set(texts)) < len(texts):
        texts = [
            f"{_bounded(side[0])}{text}" for side, text in zip(found.sides, texts, strict=True)
        ]
    if shortly:
        texts = [_short(text) for text in texts]
    return _either(texts)


def version_name(found: Disagreement) -> str:
    """The name whose versions are spoken of, such as "Node.js"; empty where none is."""
    names = [_product(claim) for claim in found.claims]
    return max(names, key=len, default="")


def _product(claim: Claim) -> str:
    number = _VERSION.search(said(claim))
    words = said(claim)[: number.start()].split() if number else []
    names = [word.strip(",.v:") for word in words]
    return " ".join(n for n in names if n != n.lower() and n.lower() not in _OF_VERSIONS)


def _shown(claim: Claim) -> str:
    text = said(claim)
    if claim.kind == ValueKind.FREQUENCY and not _OFTEN.search(text):
        return f"every {text}"
    if claim.kind == ValueKind.VERSION:
        number = _VERSION.search(text)
        return number[0] if number else text
    if claim.kind == ValueKind.PLACE and is_command(text):
        return text.split(maxsplit=1)[1] if " " in text else text
    return _spaced(text).rstrip(".,;:")


def _spaced(text: str) -> str:
    """ "30-day" as it stands alone: "30 days"."""
    match = _HYPHENED.match(text)
    if match is None:
        return text
    return f"{match['number']} {match['unit']}{'' if match['number'] in ('1', 'one') else 's'}"


def _either(texts: Sequence[str]) -> str:
    """Joined with "or", what ends all of them said once: "10 or 14 business days"."""
    once = list(dict.fromkeys(text for text in texts if text))[:_MOST_SIDES]
    tail = _common_tail(once)
    short = [text[: len(text) - len(tail)].rstrip() for text in once[:-1]] + once[-1:]
    if len(short) == 1:
        return short[0]
    comma = "," if any(" and " in text for text in short) else ""
    return f"{', '.join(short[:-1])}{comma} or {short[-1]}"


def _common_tail(texts: Sequence[str]) -> str:
    """The words that end all texts, each after something else."""
    words = [text.split() for text in texts]
    size = 0
    while all(len(item) > size + 1 for item in words) and len({w[-size - 1] for w in words}) == 1:
        size += 1
    if any(item[len(item) - size - 1].lower() in _LEADS_ON for item in words):
        return ""
    return " ".join(words[0][len(words[0]) - size :]) if size else ""


def _bounded(claim: Claim) -> str:
    bound = claim.value.bound if claim.value else Bound.EXACT
    return f"{bound.value} " if bound in (Bound.AT_MOST, Bound.AT_LEAST, Bound.ABOUT) else ""


def _holders(claim: Claim) -> str:
    if claim.value is None:
        return ""
    text = _and([_as_written(symbol, claim.spot.text) for symbol in claim.value.symbols])
    return f"only {text}" if claim.value.bound == Bound.EXACT else text


def _as_written(symbol: str, text: str) -> str:
    if symbol == EVERYBODY:
        everybody = _ALL.search(text)
        return everybody[0].lower() if everybody else "everybody"
    match = re.search(rf"\b{re.escape(symbol)}s?\b", text, re.IGNORECASE)
    if match is None:
        return symbol
    opening = not text[: match.start()].strip() and not _PLANS.search(text)
    return match[0].lower() if opening else match[0]


def _members(found: Disagreement, shortly: bool) -> str:
    """The members that one side lacks: "with or without Apple Pay"."""
    values = [side[0].value for side in found.sides]
    if len(values) != 2 or values[0] is None or values[1] is None:
        return ""
    left, right = values[0], values[1]
    more = [symbol for symbol in right.symbols if symbol not in left.symbols]
    whole, other = (left, right) if more and left.bound == Bound.EXACT else (right, left)
    known = {_folded(item) for item in _written(whole.text)}
    named = [item for item in _written(other.text) if _folded(item) not in known]
    if shortly and len(named) > 1:
        return f"with or without {named[0]} and {len(named) - 1} more"
    return f"with or without {_and(named)}" if named else ""


def _written(text: str) -> list[str]:
    """Members of a list as they are written, in order."""
    return [
        item.strip()
        for part in text.split(",")
        for item in _LAST_JOIN.split(part)
        if item.strip() and item.strip() not in ("and", "or")
    ]


def _folded(text: str) -> str:
    return text.casefold().rstrip("s")


def _and(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _short(text: str) -> str:
    if len(text) <= _LONGEST_SIDE:
        return text
    steps = [step.strip() for step in re.split(r"[>›→]", text)]
    if len(steps) > 2:
        return f"{steps[0]} > … > {steps[-1]}"
    return text[: _LONGEST_SIDE - 2].rsplit(" ", 1)[0] + " …"
