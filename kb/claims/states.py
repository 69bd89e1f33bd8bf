"""States that a clause tells of: recoverable or gone for good, kept or deleted, free or paid.

Opposite states of one thing are mostly told in words that have nothing to do with each other. A
state has two poles, and each pole many phrasings (`states.toml`); a negation before a phrase tells
of the other pole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.claims import lexicon
from kb.claims.phrases import is_command
from kb.claims.polar import Polarity, stem_of
from kb.claims.reading import values
from kb.claims.signs import CONDITION, HEDGED, sides_of
from kb.claims.values import ValueKind
from kb.claims.words import content, root, tokens

# The mode of claims that tell of a state.
STATE = "state"
# Words between a negation, or a modal verb, and what it bears on.
_REACH, _MODAL_REACH = 4, 8
_WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)?", re.IGNORECASE)
_NEGATING = re.compile(
    r"(?:not|cannot|never|no|nor|neither|without|longer|unable|fails?|refuses?|n't|\w+n't)$"
)
_MODAL = frozenset(
    [
        "can",
        "could",
        "may",
        "might",
        "able",
        "possible",
        "allow",
        "allows",
        "let",
        "lets",
        "to",
        "want",
        "should",
        "must",
        "try",
    ]
)
_BEING = re.compile(
    r"(?i)\b(?:is|are|be|been|being|gets?|stays?|remains?|becomes?|isn[’']t|aren[’']t|comes?)"
    r"(?: (?:not|also|now|always|still|then|never|all|both|no longer|\w+ly))* $"
)
_DETERMINED = re.compile(
    r"(?i)\b(?:an?|the|your|their|its|this|that|each|every|any|of|for|by|from|in|on|old|new|"
    r"which|when|if|and|or)(?: \w+ly)? $"
)
_NOUN = re.compile(r"(?:ing|ions?|als?|ers?|ors?|ments?|ability)$", re.IGNORECASE)
_PARTICIPLE = re.compile(r"(?:ed|kept|lost|hidden|sent|shown|gone|undone)$", re.IGNORECASE)
# "objects that have been deleted since": tells which, and claims nothing.
_WHICH = re.compile(
    r"(?i)\b(?:that|which|who|whose)\b(?! (?:can|cannot|can[’']t|only you)\b)[^,;:.]*?"
    r"(?=\b(?:is|are|will|can|cannot|come|comes|stay|stays)\b(?! (?:been|not)\b)|[,;:.]|$)"
)
_DENIED_AFTER = re.compile(
    r"(?i)^[^,;:.]*\b(?:(?:is|are) (?:not|no longer)|isn[’']t|aren[’']t) "
    r"(?:possible|supported|available|allowed|permitted)\b"
)
# What comes beside something else takes nothing away from it.
_ALSO = re.compile(r"(?i)\b(?:also|too|alternatively|instead|either)\b")
# "Archiving a channel": of which deed a clause tells the effect.
_DOING = re.compile(
    r"(?i)^\W*\w+ing (?:an?|the|your|their|its|all)? ?[\w’' -]+?(?= \w*(?:s|will|n’t|n't)\b)"
)
# Of these a length of time tells more: "kept for 30 days" and "deleted after 30 days".
_TIMED = frozenset({"kept", "visible", "running", "signed_in", "sent"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    roots: tuple[str, ...]
    state: str
    pole: int
    said_of: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A phrase of a clause: `text[start:end]`."""

    start: int
    end: int
    state: str
    pole: int


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """By their first root, longest first."""
    found: dict[str, list[_Phrase]] = {}
    for state, poles in lexicon.states().items():
        for key, pole in (("yes", 1), ("no", -1)):
            for entry in poles[key].split(","):
                words = entry.strip().removeprefix("=").split()
                roots = tuple(word if word == "*" else root(word) for word in words)
                phrase = _Phrase(roots, state, pole, entry.strip().startswith("="))
                found.setdefault(roots[0], []).append(phrase)
    return {first: sorted(items, key=lambda p: -len(p.roots)) for first, items in found.items()}


@cache
def _able() -> frozenset[str]:
    return frozenset(state for state, poles in lexicon.states().items() if poles.get("able"))


def states(clause: str, supposed: str, pointed: str = "") -> Iterator[Polarity]:
    """Each state that a clause tells of, `supposed` being the condition that it begins with, and
    `pointed` what a pronoun in it may point at."""
    conditions = [supposed.strip()] if supposed else []
    main = CONDITION.sub(lambda match: _blanked(match, conditions), clause)
    told = _told(_WHICH.sub(lambda match: " " * len(match[0]), main))
    if not told or _ALSO.search(main) or HEDGED.search(_without(main, told)):
        return
    rest = f"{supposed} {pointed} {_without(clause, told)}"
    ordered = tuple(said for token in tokens(rest) if (said := stem_of(token)))
    poles: dict[str, set[int]] = {}
    for item in told:
        poles.setdefault(item.state, set()).add(item.pole)
    timed = _is_timed(clause)
    doing = _DOING.match(clause)
    target = content(doing[0]) if doing else frozenset()
    for state, found in poles.items():
        if len(found) == 1 and ordered and not (timed and state in _TIMED):
            sides = {f"{STATE} {state}": found.pop()} | sides_of(conditions)
            stems, condition = frozenset(ordered), " ".join(conditions)
            yield Polarity(clause, condition, stems, ordered, 1, STATE, sides, target)


def _is_timed(clause: str) -> bool:
    return any(value.kind == ValueKind.DURATION for value in values(clause))


def _blanked(match: re.Match[str], conditions: list[str]) -> str:
    keyword = match[0].split()[0].lower()
    if keyword in ("without", "within"):
        return match[0]
    conditions.append(match[0].strip())
    return " " * len(match[0])


def _without(text: str, told: tuple[_Told, ...]) -> str:
    for item in told:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


@lru_cache(maxsize=20_000)
def _told(text: str) -> tuple[_Told, ...]:
    words = list(_WORD.finditer(text))
    roots = [root(word[0]) for word in words]
    found: list[_Told] = []
    at = 0
    while at < len(words):
        length = 0
        for phrase in _phrases().get(roots[at], ()):
            size = _length(phrase.roots, roots, at)
            if not size or size < length:
                continue
            pole = _pole(phrase, text, words, at, size)
            if pole:
                length = size
                found.append(
                    _Told(words[at].start(), words[at + size - 1].end(), phrase.state, pole)
                )
        at += length or 1
    return tuple(found)


def _length(phrase: tuple[str, ...], roots: list[str], at: int) -> int:
    """How many words from `at` on are the phrase; 0 where they are not."""
    if "*" not in phrase:
        return len(phrase) if tuple(roots[at : at + len(phrase)]) == phrase else 0
    hole = phrase.index("*")
    for gap in (0, 1, 2):
        size = len(phrase) - 1 + gap
        piece = roots[at : at + size]
        if tuple(piece[:hole] + piece[hole + gap :]) == phrase[:hole] + phrase[hole + 1 :]:
            return size
    return 0


def _pole(phrase: _Phrase, text: str, words: list[re.Match[str]], at: int, size: int) -> int:
    """The pole that a phrase tells of where it stands; 0 where it tells of none."""
    first, before = words[at][0], text[: words[at].start()]
    near = [word[0].lower().replace("’", "'") for word in words[max(0, at - _REACH) : at]]
    denied = sum(1 for word in near if _NEGATING.search(word)) - ("longer" in near)
    denied += bool(_DENIED_AFTER.match(text[words[at + size - 1].end() :]))
    able = phrase.state in _able() and (phrase.pole > 0 or size > 1)
    if phrase.said_of or (size == 1 and _PARTICIPLE.search(first)):
        if not _BEING.search(before):
            return 0
    elif size == 1 and not _is_verb(first, before, text, able, bool(denied)):
        return 0
    open_to = frozenset(word[0].lower() for word in words[max(0, at - _MODAL_REACH) : at])
    if _MODAL & open_to and not denied and not able:
        return 0
    return -phrase.pole if denied % 2 else phrase.pole


def _is_verb(word: str, before: str, text: str, able: bool, denied: bool) -> bool:
    """Whether one word tells what happens, and does not only name it or tell to do it."""
    if word.lower().endswith("ly"):
        return True
    if _NOUN.search(word) and not (denied and able):
        return False
    if _DETERMINED.search(before):
        return False
    return able or (bool(before.strip()) and not is_command(text.lstrip()))
