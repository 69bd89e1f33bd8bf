"""A statement as the question that it answers with yes or no: "Guests can't export boards" is
"Can guests export boards?"."""

import re
from collections.abc import Callable, Iterator

from kb.claims.phrases import is_command

_NEGATED = (
    r"(?P<negated>isn|aren|wasn|weren|don|doesn|didn|can|couldn|won|wouldn|shouldn|mustn|needn)"
    r"[’']t"
)
_AUXILIARY = re.compile(
    rf"\b(?:{_NEGATED}|(?P<cannot>cannot)|(?P<plain>can|may|must|is|are|will|should|does|do))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"^\s*(?:(?:still |yet )?not|never|no longer)\b(?! only)", re.IGNORECASE)
_THERE = re.compile(r"^there (?P<verb>is|are)(?:n[’']t)? (?:no |not )?(?P<rest>.+)$", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[;:()–—]|\.\s|,\s*(?:and|but|so|while|because|since|which|who|whatever|whichever|unless|"
    r"except|even|including|not|regardless)\b|\b(?:but|because|whereas)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:if|when|whether|while|once|after|before|for|on|in|with|without|during|as|at|by|from|"
    r"under|until|unless|note that|please note that|yes|no)\b[^,]*,\s*",
    re.IGNORECASE,
)
# What follows a comma, unless it goes on counting: "one, two or three months".
_SIDE = re.compile(r",\s(?![^,]{1,30}(?:,\s[^,]{1,30})*\s(?:and|or)\s(?:\S+\s?){1,3}$).*$")
_NO_SUBJECT = re.compile(
    r"^\W*(?:it|they|this|these|that|those|there|he|she|what|which|who|nobody|no|none|not|how|"
    r"where|why|to|and|or|also|then)\b|\b(?:who|that|which|if|when|where)\b|[,(]",
    re.IGNORECASE,
)
_IRREGULAR = {"can": "can", "won": "will", "may": "can", "cannot": "can"}
_UNTIL = re.compile(r"\b(?:until|anymore|any more|at all|either)\b", re.IGNORECASE)
_DETERMINERS = frozenset({"a", "an", "the", "any", "some", "one", "more", "enough", "only"})
_LONGEST_SUBJECT = 9
_MOST_WORDS = 14


def questions(text: str, is_name: Callable[[str], bool]) -> Iterator[str]:
    """The question of each clause that can be turned round, in order. `is_name` tells of a word
    whether it keeps its capital within a sentence."""
    for clause in _CLAUSES.split(text):
        asked = _asked(_LEADING.sub("", clause.strip()), is_name) if clause else None
        if asked and len(asked.split()) <= _MOST_WORDS:
            yield asked


def _asked(clause: str, is_name: Callable[[str], bool]) -> str | None:
    clause = _SIDE.sub("", clause).strip(" .!")
    if there := _THERE.match(clause):
        return f"{there['verb'].capitalize()} there {_any(there['rest'])}?"
    match = _AUXILIARY.search(clause)
    if match is None or is_command(clause):
        return None
    subject, said = clause[: match.start()].strip(), clause[match.end() :]
    rest = _DENIAL.sub("", said).strip()
    words = subject.split()
    if not words or len(words) > _LONGEST_SUBJECT or _NO_SUBJECT.search(subject) or not rest:
        return None
    verb, denied = _verb(match), bool(match["negated"] or match["cannot"] or rest != said.strip())
    if denied and _UNTIL.search(rest):
        return None
    verb = "can" if denied and verb == "must" else verb
    return f"{verb.capitalize()} {_small(subject, is_name)} {rest}?"


def _verb(match: re.Match[str]) -> str:
    word = (match["negated"] or match["cannot"] or match["plain"]).lower()
    return _IRREGULAR.get(word, word.removesuffix("n") if match["negated"] else word)


def _any(rest: str) -> str:
    first = rest.split()[0].lower()
    return rest if first in _DETERMINERS or first[0].isdigit() else f"any {rest}"


def _small(subject: str, is_name: Callable[[str], bool]) -> str:
    first = subject.split()[0]
    return subject if is_name(first) else subject[0].lower() + subject[1:]
