"""What a sentence is grammatically about: the words before its verb."""

import re

from kb.claims import lexicon
from kb.claims.words import content

_VERB = re.compile(
    r"\b(?:(?:it|that|there|he|she)[’']s|stops?|is|are|was|were|be|been|has|have|had|can|cannot|"
    r"could|may|might|must|will|would|shall|should|do|does|did|"
    r"(?:is|are|do|does|ca|wo|have|has)n[’']t|can[’']t|won[’']t|takes?|lasts|last(?= (?:for|up|"
    r"about|until|between))|expires?|costs?|works?|gets?|looks?|runs?|"
    r"stays?|comes?|ends?|starts?|begins?|applies|apply|includes?|adds?|needs?|uses?|allows?|"
    r"supports?|requires?|"
    r"gives?|shows?|keeps?|sends?|receives?|accepts?|offers?|provides?|stores?|holds?|covers?|"
    r"contains?|"
    r"appears?|remains?|becomes?|goes|go|refuses?|reaches|arrives?|weighs?|means?|counts?|"
    r"measures?|lets?|defaults?|"
    r"tracks?|records?|collects?|serves?|retains?|removes?|deletes?)\b",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"^\W*(?:you|we|they|it|i|this|that|these|those|there|what|who|everyone)\b", re.IGNORECASE
)
_LONGEST = 90
_OPENING_WORDS = 3
_NOTE = re.compile(
    r"^\W*(?:please )?(?:note|keep in mind|remember|be aware|tip|warning|"
    r"important)(?: that)?\b[:,]?",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:if|when|while|once|after|before|for|on|in|with|without|to|during|as|at|by|from|under|"
    r"until|unless)\b[^,]*,\s*",
    re.IGNORECASE,
)


_COMMANDS = lexicon.words("commands")


def subject(text: str) -> frozenset[str]:
    """Stems of the words before the first verb; empty for commands, pronouns and fragments."""
    text = _LEADING.sub("", _NOTE.sub("", text).strip())
    match = _VERB.search(text)
    if match is None or match.start() > _LONGEST or _PRONOUNS.match(text):
        return frozenset()
    return frozenset() if is_command(text) else content(text[: match.start()])


def opening(text: str) -> str:
    """What a sentence begins with: the words before its verb; of a command, the leading clause."""
    lead = _LEADING.match(text)
    match = _VERB.search(text, lead.end() if lead else 0)
    if match and match.start() <= _LONGEST and not is_command(text):
        return text[: match.start()]
    return lead[0] if lead else ""


def predicate(text: str, at: int) -> frozenset[str]:
    """Stems after the first verb, when that comes after `at`: what is said of a value that is a
    part of the subject; else empty."""
    match = _VERB.search(text)
    return content(text[match.end() :]) if match and match.start() > at else frozenset()


_CHOOSING = re.compile(
    r"^\W*(?:select|choose|pick|enter|type|set|use|specify|tick)\b", re.IGNORECASE
)


def chooses(text: str) -> bool:
    """Whether a sentence tells to pick a value, which another may pick differently."""
    return bool(_CHOOSING.match(text))


def has_verb(text: str) -> bool:
    """Whether a text has one of the common verbs, as a sentence has and a label has not."""
    return bool(_VERB.search(text))


def starts_with(text: str, end: int) -> bool:
    """Whether a sentence begins with a value that ends at `end` and then says something of it:
    "8 GB of memory supports 20,000 users"."""
    match = _VERB.search(text)
    opening = len(re.findall(r"\w+", text[:end])) <= _OPENING_WORDS
    return match is not None and opening and match.start() >= end


def is_command(text: str) -> bool:
    """Whether a sentence begins with what to do."""
    first = re.match(r"\W*([\w’']+)", text)
    return first is not None and first[1].lower().replace("’", "'") in _COMMANDS


_UNIVERSAL = re.compile(
    r"\b(?:all|every|everyone|everybody|(?<!at )any|anyone|anybody|both|each|"
    r"always|regardless|whatever|whichever|"
    r"no matter|in any case)\b",
    re.IGNORECASE,
)


def is_universal(text: str) -> bool:
    """Whether a statement says that it holds for everything of its kind."""
    return bool(_UNIVERSAL.search(text))
