"""Words of opposite meaning: enabled and disabled, required and optional, once and every time."""

import re
from functools import cache

from kb.claims import lexicon
from kb.claims.words import stem

# Words of pairs that say no more than can and can't.
_SOFT = ("available", "supported", "possible", "allowed", "included")
_SAID_OF = re.compile(
    r"(?:\b(?:is|are|be|been|was|were|being|stays?|remains?|becomes?|set|turned|gets?|stored|sent|"
    r"comes?|made|works?|opens?|runs?|applies|apply|isn[’']t|aren[’']t)"
    r"(?: (?:to|as|in|now|also|still|always|never|then|only|both|\w+ly)){0,2}|:) (?:not )?$",
    re.IGNORECASE,
)
# "is a required field", "is a paid add-on": said of it, too.
_SAID_AS = re.compile(r"\b(?:is|are|remains?) (?:not )?(?:an? )?(?:\w+ly )?$", re.IGNORECASE)
_SWITCH = re.compile(r"\b(is|are|be|turned|set to|stays?|remains?) (on|off)\b", re.IGNORECASE)
# "can only be used for one account"
_ONLY_ONE = re.compile(
    r"\bonly (?P<what>(?:be )?\w+(?: (?:to|for|by|in|with|per|on))?) one\b", re.IGNORECASE
)
_NOT_UNTIL = re.compile(
    r"\b(?:do|does|will|is|are|wo)(?:n[’']t| not) (?P<what>[^,;:]*?) until [^,;:]*", re.IGNORECASE
)
_DEFERRED = re.compile(
    r"\b(?:(?:only )?(?:at|from|with|on|until) )?(?:the |your )?"
    r"(?:(?:start|end|beginning|expiry) of (?:the |your |each )?)?"
    r"(?:next|current) (?:billing |invoice |subscription )?"
    r"(?:period|cycle|renewal|invoice|term|deployment|restart|login|month)\b|"
    r"\bat the end of (?:the|your) (?:\w+ )?(?:period|cycle|term|month|year)\b|"
    r"\bafter an? (?:[\w-]+ )?delay\b",
    re.IGNORECASE,
)
# "is counted once", but not "once a day" and "once you are done".
_ONCE = re.compile(r"\b(?:only |just )?once\b(?=\s*(?:$|[.,;:)]|and\b|or\b|per\b))", re.IGNORECASE)
_NOUN_ONLY = re.compile(r"^ [\w-]+(?: by default)?\W*$")


@cache
def sides_of_words() -> dict[str, tuple[str, int]]:
    """Word, or phrase written as one word, to its pair of opposites and the side it stands on."""
    sides: dict[str, tuple[str, int]] = {}
    for yes, no in (*lexicon.pairs("opposites"), *lexicon.pairs("verbal_opposites")):
        pair = stem(_word(yes[0]))
        for words, side in ((yes, 1), (no, -1)):
            sides.update({_word(entry): (pair, side) for entry in words})
    return sides


def pair_of(word: str) -> str:
    """The name of a word's pair."""
    return sides_of_words()[word][0]


@cache
def soft() -> frozenset[str]:
    """Pairs that say no more than can and can't."""
    return frozenset(map(pair_of, _SOFT))


@cache
def stems_of(pair: str) -> frozenset[str]:
    """Stems of all words of a pair."""
    words = [word for word, (name, _) in sides_of_words().items() if name == pair]
    return frozenset(stem(part) for word in words for part in spelled(word).split())


@cache
def lasting() -> frozenset[str]:
    """Pairs of which "can" says what "is" says."""
    return frozenset(pair_of(_word(entry)) for entry in lexicon.words("lasting_opposites"))


@cache
def of_variants() -> frozenset[str]:
    """Pairs that tell variants of a thing apart."""
    return frozenset(pair_of(_word(entry)) for entry in lexicon.words("variant_opposites"))


def coded(text: str) -> str:
    """`text` with each phrase of a pair written as one word: "every time" as everytime."""
    text = _NOT_UNTIL.sub(r"\g<what> later", text)
    text = _DEFERRED.sub("later", text)
    text = _ONLY_ONE.sub(r"\g<what> onlyone", text)
    text = _ONCE.sub("onlyonce", _SWITCH.sub(r"\1 switched\2", text))
    return _phrases().sub(lambda match: _word(re.sub(r"[ -]", "_", match[0].lower())), text)


@cache
def _spellings() -> dict[str, str]:
    return {_word(entry): entry.replace("_", " ") for entry in _entries()}


def spelled(word: str) -> str:
    """A word of a pair as it is written: everytime as "every time"."""
    return _spellings().get(word, word)


def phrase_in(text: str) -> re.Match[str] | None:
    """The first phrase of a pair in a text: "every time"."""
    return _phrases().search(text)


def is_predicative(word: str, before: str, after: str) -> bool:
    """Whether a word of a pair is said of something ("is optional"), and no mere epithet."""
    if word in _verbal() or word.endswith("ly") or not re.search(r"\w", after):
        return True
    if _SAID_AS.search(before) and _NOUN_ONLY.match(after):
        return True
    return bool(_SAID_OF.search(before)) or after.strip().startswith("bydefault")


@cache
def _verbal() -> frozenset[str]:
    return frozenset(
        _word(entry)
        for pair in lexicon.pairs("verbal_opposites")
        for side in pair
        for entry in side
    ) | {_word(entry) for entry in _entries() if "_" in entry}


@cache
def _entries() -> tuple[str, ...]:
    pairs = (*lexicon.pairs("opposites"), *lexicon.pairs("verbal_opposites"))
    return tuple(entry for pair in pairs for side in pair for entry in side)


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted((entry for entry in _entries() if "_" in entry), key=len, reverse=True)
    either = "|".join(re.escape(phrase).replace("_", "[ -]") for phrase in phrases)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def _word(entry: str) -> str:
    return entry.replace("_", "")
