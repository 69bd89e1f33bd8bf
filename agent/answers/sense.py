"""What one sentence says, as far as it can be compared."""

# ruff: noqa: E501  a pattern is easier to read on one line

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.answers import markers
from agent.answers.words import STOP_WORDS, term, words
from kb.claims import lexicon
from kb.claims.places import EMAIL, URL
from kb.claims.reading import values
from kb.claims.units import NUMBER_WORDS
from kb.claims.values import Value
from kb.claims.words import stem

Key = tuple[str, str]

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NAME = re.compile(
    r"(?<![.!?:>\n] )(?<!^)\b[A-Z][\w-]*[A-Za-z0-9]\b|\b[a-z]+[A-Z]\w*\b|\b[A-Z]{2,}\b"
)
# "Turn Bluetooth on" is "turn on Bluetooth"; something "is off".
_APART = re.compile(
    r"\b((?:turn|switch|log|sign|set|back)(?:s|ed|ing)?) ((?:the |your |our )?[\w-]+(?: [\w-]+)?) (on|off|in|out|up)\b(?! the\b)"
)
_SHORT_NOT = re.compile(r"\b\w+n't\b")
_SWITCHED = re.compile(r"\b(?:is|are|be|stays?|set to|turned|switched) (on|off)\b")
_PATH = re.compile(r"([\w&'/ -]*\w)\s*(?:->|[>›→»])\s*(?=(\w[\w&'/-]*))")
_VERB = r"(?:[Cc]lick(?:ing)?(?: on)?|[Ss]elect(?:ing)?|[Cc]hoos(?:e|ing)|[Pp]ress(?:ing)?|[Tt]ap(?:ping)?|[Oo]pen(?:ing)?|[Gg]o(?:ing)? to|[Uu]nder|[Pp]ick)"
_LABEL = re.compile(
    rf"\b{_VERB} (?:on )?(?:the |your )?(?P<named>[A-Z][\w-]*(?: (?:[A-Z&][\w-]*|(?:and|to|of|as)(?= [A-Z])))*)"
    r"|[\"“](?P<quoted>[^\"”]{1,60})[\"”]"
)
# Other words of a paraphrase for the same, by their terms.
_PUT = {
    term(other): one
    for one, others in {
        "keep": "stay remain retain hold",
        "answer": "reply respond response",
        "get": "receive obtain gain",
        "last": "run",
        "use": "utilise utilize",
        "begin": "commence",
        "need": "require",
        "show": "display appear",
        "ship": "dispatch",
    }.items()
    for other in others.split()
}
_FILLER = frozenset(
    [
        "simply",
        "follow",
        "following",
        "step",
        "steps",
        "ensure",
        "note",
        "currently",
        "also",
        "directly",
        "first",
        "next",
        "then",
        "finally",
        "afterwards",
        "afterward",
        "option",
        "options",
        "available",
        "able",
        "possible",
        "happen",
        "process",
        "procedure",
        "want",
        "need",
        "wish",
        "like",
        "way",
        "ways",
        "do",
        "does",
        "done",
        "doing",
        "go",
        "goes",
        "head",
        "navigate",
        "locate",
        "information",
        "info",
        "details",
        "detail",
        "case",
        "please",
        "remember",
        "keep",
        "mind",
        "help",
        "article",
        "guide",
        "start",
        "begin",
        "proceed",
        "make",
        "sure",
        "able",
        "get",
        "gets",
        "obtain",
        "access",
        "corresponding",
        "relevant",
        "respective",
        "item",
        "section",
        "there",
        "here",
        "order",
        "allow",
        "allows",
        "let",
        "lets",
        "want",
        "wants",
        "would",
        "include",
        "including",
        "around",
        "between",
        "apart",
        "per",
        "best",
        "until",
        "except",
        "instead",
        "however",
        "twice",
        "length",
        "total",
    ]
)


@dataclass(frozen=True, slots=True)
class Sense:
    """A sentence read. `plain` is lower case without markup; `keys` are its content words, each
    by both ways of folding synonyms; `values` are typed; `numbers` every number as digits."""

    text: str
    plain: str
    keys: tuple[Key, ...]
    values: tuple[Value, ...]
    numbers: frozenset[str]
    names: tuple[str, ...]
    links: tuple[str, ...]
    labels: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    denies: bool

    def has(self, key: Key) -> bool:
        return any(key[0] == own[0] or key[1] == own[1] for own in self.keys)


@lru_cache(maxsize=20_000)
def sense(text: str) -> Sense:
    """Of text without markup."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return Sense(
        text,
        plain,
        _keys(plain),
        values(text),
        numbers(text),
        tuple(dict.fromkeys(_NAME.findall(text))),
        tuple(link.rstrip(".,;:!?)") for link in (*URL.findall(text), *EMAIL.findall(text))),
        _labels(text),
        tuple(_steps(text)),
        bool(markers.NEGATION.search(plain)),
    )


def numbers(text: str) -> frozenset[str]:
    """Every number in it, those in words from two on too: "one" is rarely a number."""
    found = {canonical(number) for number in _NUMBER.findall(text)}
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower()):
        told = NUMBER_WORDS.get(word, 0.0)
        if told > 1:
            found.add(f"{told:g}")
    return frozenset(found)


def canonical(number: str) -> str:
    """1,000 and 1000 are one number, 9.50 and 9.5 too; 1,5 stays what it is."""
    plain = re.sub(r",(?=\d{3}\b)", "", number)
    return re.sub(r"\.0+$|(?<=\.\d)0+$", "", plain)


def key(word: str) -> Key:
    """A word as it is compared: synonyms folded in two ways, and what answers put otherwise than
    articles do."""
    word = _PUT.get(term(word), word)
    return term(word), stem(word)


@cache
def generic() -> frozenset[str]:
    """Stems of words that every help center uses, whatever it is about."""
    return frozenset(stem(word) for word in lexicon.words("generic"))


def _keys(plain: str) -> tuple[Key, ...]:
    bare = _SWITCHED.sub(
        r"switched\1",
        _APART.sub(r"\1 \3 \2", URL.sub(" ", EMAIL.sub(" ", _SHORT_NOT.sub(" ", plain)))),
    )
    found = dict.fromkeys(
        key(word)
        for word in words(bare)
        if word not in STOP_WORDS
        and word not in _FILLER
        and not word[0].isdigit()
        and word not in NUMBER_WORDS
        and len(word) > 1
    )
    return tuple(found)


def _labels(text: str) -> tuple[str, ...]:
    return tuple(match["named"] or match["quoted"] for match in _LABEL.finditer(text))


def _steps(text: str) -> list[tuple[str, str]]:
    """Neighbours on an interface path: the last word before an arrow and the first after it."""
    return [(before.split()[-1], after) for before, after in _PATH.findall(text)]
