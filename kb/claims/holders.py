"""Who may do something and which plan has it: "only owners can", "available on all plans"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.claims.scope import Name, Vocabulary, name_of
from kb.claims.values import Bound, Value, ValueKind

FAMILIES = ("plan", "role")
EVERYBODY = "everybody"
_ALL = re.compile(
    r"\b(?:all|every|any|each) (?:of our |paid )?(?:plans?|tiers?|members?|users?|roles?|"
    r"customers|editions?)\b|"
    r"\b(?:everyone|everybody|anyone|anybody)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:only|exclusively|solely|limited to|reserved for|restricted to)\b", re.IGNORECASE
)
_NEEDS = re.compile(
    r"\b(?:requires?|needs?|must (?:be|have)|need to (?:be|have|upgrade)|starting (?:with|from)|"
    r"(?:is|are) an? (?:\w+ )?feature)\b",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\b(?:can|may|able to|allowed to|available|included?s?|part of|comes with|have access|"
    r"offered|supported)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"n[’']t\b|\b(?:not|cannot|never|no|except|without)\b", re.IGNORECASE)
# Plans as companies usually order them, each line above the one before.
_RANKS = """
free hobby
starter basic personal lite trial paid
standard plus pro premium team growth
business scale professional
enterprise
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """The value, and the statement without the words that name the holders."""

    value: Value
    rest: str


def holding(text: str, vocabulary: Vocabulary) -> Holding | None:
    """Who holds what a sentence grants; None for sentences that grant nothing or deny."""
    if _NEGATED.search(text) or not (_GRANTS.search(text) or _NEEDS.search(text)):
        return None
    named = vocabulary.names(text)
    found = _holders(named)
    everybody = _ALL.search(text)
    if not found and not everybody:
        return None
    symbols = (EVERYBODY,) if everybody and not found else found
    match = _ONLY.search(text)
    bound = Bound.EXACT if match else Bound.AT_LEAST if not _NEEDS.search(text) else Bound.RANGE
    value = Value(
        0, len(text), ValueKind.HOLDERS, "holders", 0.0, 0.0, text, bound, symbols=symbols
    )
    return Holding(value, _without(text, found))


def rank(symbol: str) -> int | None:
    """Where a plan stands among plans, 0 the least; None for names that tell nothing."""
    word = symbol.removesuffix(" plan").removesuffix(" tier")
    for height, line in enumerate(_RANKS.strip().splitlines()):
        if word in line.split():
            return height
    return None


def excludes(a: Value, b: Value) -> bool:
    """Whether what `a` says of the holders leaves no room for those of `b`."""
    others = set(b.symbols) - set(a.symbols)
    if not others or a.bound == Bound.AT_LEAST:
        return False
    if a.bound == Bound.EXACT or EVERYBODY in others:
        return EVERYBODY not in a.symbols
    ranks = [rank(symbol) for symbol in a.symbols]
    least = min((height for height in ranks if height is not None), default=None)
    lower = [rank(symbol) for symbol in others]
    return least is not None and any(height is not None and height < least for height in lower)


def _holders(named: Mapping[str, frozenset[Name]]) -> tuple[str, ...]:
    return tuple(
        sorted(" ".join(name) for family in FAMILIES for name in named.get(family, frozenset()))
    )


def _without(text: str, symbols: tuple[str, ...]) -> str:
    words = {word for symbol in symbols for word in name_of(symbol)}
    rest = [word for word in re.findall(r"[\w’'-]+", text) if not set(name_of(word)) & words]
    return _FRAME.sub(" ", " ".join(rest))


_FRAME = re.compile(
    rf"{_ALL.pattern}|{_ONLY.pattern}|{_NEEDS.pattern}|{_GRANTS.pattern}|\b(?:plans?|tiers?)\b",
    re.IGNORECASE,
)
