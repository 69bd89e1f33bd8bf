"""Who may do something and which plan has it: "only owners can", "available on all plans"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.claims.scope import Name, Vocabulary, name_of
from kb.claims.values import Bound, Value, ValueKind

FAMILIES = ("plan", "role")
EVERYBODY = "everybody"
# Holders of whom no name is known: "only invited people can".
UNKNOWN = "some"
_ALL = re.compile(
    r"\b(?:all|every|any|each) (?:of our |paid |(?:\w+ ){1,2})?(?:plans?|tiers?|members?|users?|"
    r"roles?|customers|editions?)\b|"
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
# "Only owners can; members can't": the second half says the same once more.
_DENIED_AFTER = re.compile(r"(?i)(?:;|, but)[^;]*?(?:n[’']t|\bcannot|\bnot)\b[^;]*$")
# "available for Pro customers only"
_TAIL = 12
_TO_DO = re.compile(r"\bto (?!be\b|upgrade\b|have\b)[a-z]+")
_DONE_BY = re.compile(r"(?i)(?:can|may) (?:only )?be \w+ (?P<whom>(?:only )?by .*)")
_HAD = re.compile(
    r"(?i)(?:available|included?s?|part of|comes with|have access|offered|supported)\b"
)
# Plans as companies usually order them, each line above the one before.
_RANKS = """
free hobby
starter basic personal lite trial paid
standard plus pro premium team growth
business scale professional
enterprise
"""
# Roles, each line with the rights of the one before.
_ROLES = """
guest viewer
member user contributor collaborator
editor agent moderator
admin supervisor
owner
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """The value, and the statement without the words that name the holders."""

    value: Value
    rest: str


def holding(text: str, vocabulary: Vocabulary) -> Holding | None:
    """Who holds what a sentence grants; None for sentences that grant nothing or deny. Whom the
    words before the verb name, holds it; else whom those after it name."""
    text = _DENIED_AFTER.sub("", text)
    grant = _GRANTS.search(text) or _NEEDS.search(text)
    if _NEGATED.search(text) or grant is None:
        return None
    before, after = text[: grant.start()], text[grant.start() :]
    whom = _TO_DO.split(after)[0] if _NEEDS.match(after) else after
    if by := _DONE_BY.match(after):
        whom = by["whom"]
    elif not (_NEEDS.match(after) or _HAD.match(after)):
        whom = ""
    parts = [(before, after), (whom, text)]
    if _HAD.match(after) and vocabulary.names(whom).get("plan"):
        parts.reverse()
    for part, rest in parts:
        named = _named(vocabulary.names(part))
        symbols = named or ((EVERYBODY,) if _ALL.search(part) else ())
        if not symbols and part is before and _ONLY.match(part.strip()):
            symbols = (UNKNOWN,)
        if symbols:
            near = [part, after[-_TAIL:]]
            if part is whom:
                near += [before[-_TAIL:], after[4:_TAIL]]
            only = any(_ONLY.search(piece) for piece in near)
            return Holding(_value(text, symbols, only=only), _without(rest, named))
    return None


def _value(text: str, symbols: tuple[str, ...], only: bool) -> Value:
    bound = Bound.EXACT if only else Bound.RANGE if _NEEDS.search(text) else Bound.AT_LEAST
    return Value(0, len(text), ValueKind.HOLDERS, "holders", 0.0, 0.0, text, bound, symbols=symbols)


def rank(symbol: str) -> int | None:
    """Where a plan stands among plans, or a role among roles, 0 the least; None for names that
    tell nothing."""
    word = symbol.removesuffix(" plan").removesuffix(" tier")
    for ranks in (_RANKS, _ROLES):
        for height, line in enumerate(ranks.strip().splitlines()):
            if word in line.split():
                return height
    return None


def excludes(a: Value, b: Value) -> bool:
    """Whether what `a` says of the holders leaves no room for those of `b`."""
    others = set(b.symbols) - set(a.symbols)
    if not others or a.bound == Bound.AT_LEAST:
        return False
    if EVERYBODY in a.symbols:
        return False
    if EVERYBODY in others:
        return True
    if UNKNOWN in a.symbols or UNKNOWN in others:
        return False
    if a.bound == Bound.EXACT:
        return True
    ranks = [rank(symbol) for symbol in a.symbols]
    least = min((height for height in ranks if height is not None), default=None)
    lower = [rank(symbol) for symbol in others]
    return least is not None and any(height is not None and height < least for height in lower)


def _named(names: Mapping[str, frozenset[Name]]) -> tuple[str, ...]:
    return tuple(
        sorted(" ".join(name) for family in FAMILIES for name in names.get(family, frozenset()))
    )


def _without(text: str, symbols: tuple[str, ...]) -> str:
    words = {word for symbol in symbols for word in name_of(symbol)}
    rest = [word for word in re.findall(r"[\w’'-]+", text) if not set(name_of(word)) & words]
    return _FRAME.sub(" ", " ".join(rest))


_FRAME = re.compile(
    rf"{_ALL.pattern}|{_ONLY.pattern}|{_NEEDS.pattern}|{_GRANTS.pattern}|\b(?:plans?|tiers?)\b",
    re.IGNORECASE,
)
