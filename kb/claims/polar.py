"""A clause that says yes or no, and the words that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kb.claims import lexicon
from kb.claims.opposites import is_predicative, sides_of_words, spelled
from kb.claims.words import Token, content, is_content, stem, tokens


@dataclass(frozen=True, slots=True)
class Polarity:
    """A clause with its sign: `stems` are what it is about, without what makes the sign; `said`
    those of the words of pairs."""

    text: str
    condition: str
    stems: frozenset[str]
    ordered: tuple[str, ...]
    sign: int
    mode: str
    sides: Mapping[str, int]
    target: frozenset[str]
    vague: bool = False
    said: frozenset[str] = frozenset()


def stem_of(token: Token) -> str:
    """The stem of a word, verbs that do nearly the same folded; empty for a word that tells
    nothing of what a yes or no is about."""
    if not is_content(token) or token.stem in lexicon.words("said_by_signs"):
        return ""
    return _near_verbs().get(token.word, token.stem)


def words(main: str) -> tuple[tuple[str, ...], dict[str, int], frozenset[str]]:
    """Content in order, without the words of opposite pairs; which side of each pair; and the
    stems of those words. Of a pair of which both words are said, none."""
    ordered: list[str] = []
    sides: dict[str, int] = {}
    both: set[str] = set()
    said: set[str] = set()
    for token in tokens(main):
        if token.word in sides_of_words() and is_predicative(
            token.word, main[: token.start], main[token.end :]
        ):
            pair, side = sides_of_words()[token.word]
            if pair == _SINGLE:
                pair = f"{pair} {_next(main[token.end :])}"
            said |= content(spelled(token.word))
            if sides.setdefault(pair, side) != side:
                both.add(pair)
        elif told := stem_of(token):
            ordered.append(told)
    known = {pair: side for pair, side in sides.items() if pair not in both}
    return tuple(ordered), known, frozenset(said)


# One of what: "only one site" is no "several domains".
_SINGLE = "onlyon"


def _next(text: str) -> str:
    return next((token.stem for token in tokens(text) if is_content(token)), "")


@cache
def _near_verbs() -> Mapping[str, str]:
    """Verbs that do nearly the same to a thing, with the stem of the first of them: to edit a
    name is to update it."""
    return {word: stem(group[0]) for group in lexicon.groups("near_verbs") for word in group}
