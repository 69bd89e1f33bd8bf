"""Which of several choices a message names."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from agent.dialogue.cues import pick

# Similarity of two words, 0 to 100, from which one is a misspelling of the other; words shorter
# than this are taken literally.
_ALIKE = 84
_SHORTEST = 5
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LITTLE_WORDS = """
    a an the my our i me it is was of to and or for on in that this please one just with
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())


def choose(message: str, choices: Mapping[str, Sequence[str]], *, asked: bool) -> str | None:
    """The choice that is named by its name or one of its other words, in any case and with a
    typo; None when none is, or more than one. When it was asked for, also by its place ("the
    second one") or by a word that no other choice has."""
    message = message.replace("’", "'")
    named = _named(message, choices)
    found = pick(message, _longest(named))
    if found or named or not asked:
        return found
    return (
        _by_typo(message, choices)
        or _by_place(message, list(choices))
        or _by_word(message, choices)
    )


def _named(message: str, choices: Mapping[str, Sequence[str]]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for choice, phrase in _phrases(choices):
        words = r"\W+".join(re.escape(word) for word in _WORD.findall(phrase))
        if words:
            for match in re.finditer(rf"(?<!\w){words}(?!\w)", message, re.IGNORECASE):
                found[match.span()] = choice
    return found


def _phrases(choices: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for choice, others in choices.items():
        for phrase in (choice, choice.replace("_", " "), *others):
            yield choice, phrase.replace("’", "'")


def _longest(named: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Without names that stand inside a longer one."""
    return {
        (start, end): choice
        for (start, end), choice in named.items()
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b in named)
    }


def _by_typo(message: str, choices: Mapping[str, Sequence[str]]) -> str | None:
    words = _WORD.findall(message.lower())
    found = {
        choice
        for choice, phrase in _phrases(choices)
        if len(phrase) >= _SHORTEST and _misspelt(words, _WORD.findall(phrase.lower()))
    }
    return found.pop() if len(found) == 1 else None


def _misspelt(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether words in a row are the phrase, letter for letter or nearly."""
    size = len(phrase)
    rows = (words[n : n + size] for n in range(len(words) - size + 1))
    return any(
        all(
            said == meant
            or (min(len(said), len(meant)) >= _SHORTEST and fuzz.ratio(said, meant) >= _ALIKE)
            for said, meant in zip(row, phrase, strict=True)
        )
        for row in rows
    )


def _by_place(message: str, names: Sequence[str]) -> str | None:
    text = " ".join(_WORD.findall(message.lower()))
    match = re.fullmatch(
        rf"(?:(?:the|number|option|no) )*(?:(?P<ordinal>{'|'.join(_ORDINALS)}|last)"
        r"(?: one| option)?"
        r"|(?P<digit>\d)|(?P<letter>[a-f]))(?: please)?",
        text,
    )
    if not match or not names:
        return None
    if match["ordinal"] == "last":
        return names[-1]
    if match["ordinal"]:
        place = _ORDINALS.index(match["ordinal"])
    else:
        place = int(match["digit"]) - 1 if match["digit"] else ord(match["letter"]) - ord("a")
    return names[place] if 0 <= place < len(names) else None


def _by_word(message: str, choices: Mapping[str, Sequence[str]]) -> str | None:
    """The one choice that shares a telling word with the message."""
    said = telling(message)
    shared = {choice for choice, phrase in _phrases(choices) if said & telling(phrase)}
    return shared.pop() if len(shared) == 1 else None


def telling(text: str) -> set[str]:
    """The words of a text that say what it is about, in lower case and the singular."""
    return {
        word.removesuffix("s")
        for word in _WORD.findall(text.lower())
        if word not in _LITTLE and len(word) > 2
    }
