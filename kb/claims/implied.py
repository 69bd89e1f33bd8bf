"""What a sentence says yes or no to in passing: in brackets, by "without", by telling how."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.claims.opposites import pair_of, sides_of_words
from kb.claims.phrases import is_command
from kb.claims.polar import Polarity, stem_of, words
from kb.claims.signs import negations
from kb.claims.words import content, is_content, tokens

_WITHOUT = re.compile(
    r"\bwithout (?:an? |any |your |the |having (?:an? )?|"
    r"entering (?:an? )?)?(?P<what>\w+(?:[- ]\w+){0,2})"
)


_DOES = re.compile(r"(?i)\b(?:can|may|able|possible|lets?|allows?|works?|runs?|applies|apply)\b")


def spared(text: str) -> Iterator[Polarity]:
    """What can be done without something does not need it."""
    match = _WITHOUT.search(text)
    if match is None or not _DOES.search(text[: match.start()]) or negations(text):
        return
    ordered = tuple(told for token in tokens(text) if (told := stem_of(token)))
    target = content(match["what"])
    if target:
        sides = {pair_of("required"): 1}
        yield Polarity(match[0], "", frozenset(ordered), ordered, -1, "must", sides, target)


_STEPS_TO = re.compile(
    r"^\W*(?:in order )?to (?P<what>(?!be\b)[a-z]+ [^,;:.]*), (?P<step>[a-z]+ [^.]*)", re.IGNORECASE
)


def enabled(text: str) -> Iterator[Polarity]:
    """What one is told how to do is possible."""
    match = _STEPS_TO.match(text)
    if match is None or not is_command(match["step"]):
        return
    ordered, sides, said = words(match["what"])
    if len(ordered) > 1:
        none: frozenset[str] = frozenset()
        found = Polarity(match["what"], "", frozenset(ordered), ordered, 1, "can", sides, none)
        yield replace(found, vague=True, said=said)


_BRACKETED = re.compile(
    r"^\W*(?P<what>[\w`.-]+(?: \w+){0,2}) \((?P<word>optional|required|mandatory)\)", re.IGNORECASE
)


def bracketed(text: str) -> Iterator[Polarity]:
    """A parameter that is marked: "name (optional)"."""
    match = _BRACKETED.match(text)
    if match is None:
        return
    pair, side = sides_of_words()[match["word"].lower()]
    ordered = tuple(t.stem for t in tokens(match["what"]) if is_content(t))
    stems = frozenset(ordered)
    yield Polarity(text, "", stems, ordered, 1, "must", {pair: side}, frozenset(), vague=True)
