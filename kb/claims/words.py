"""Words as claims compare them: tokens with their place, stems, and synonyms folded together."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from kb.claims import lexicon

# A name such as backupRetentionDays is read as its words; a brand such as iPhone is one.
TOKEN = re.compile(
    r"(?<![A-Za-z])[a-z]{3,}(?=[A-Z][a-z])|(?<=[a-z])[A-Z][a-z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|"
    r"[^\W_]+(?:[’'][^\W_]+)*"
)

STOPWORDS = lexicon.words("stopwords")
_IRREGULAR = {
    **{word: word for word in ("data", "media", "ios", "dns", "sms", "personal", "log")},
    "logs": "log",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text[start:end]`, lower-cased in `word`, folded in `stem`."""

    start: int
    end: int
    word: str
    stem: str


def _stemmer() -> Any:
    """A new one each time, which costs next to nothing: two threads in one stemmer get wrong stems
    or crash."""
    return snowballstemmer.stemmer("english")


@cache
def _folded() -> dict[str, str]:
    folded: dict[str, str] = {}
    for first, *rest in lexicon.groups("synonyms"):
        for word in (first, *rest):
            folded.setdefault(word, first)
    for first, *rest in lexicon.groups("synonyms"):
        for word in (first, *rest):
            folded.setdefault(str(_stemmer().stemWord(word)), first)
    return folded


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """The stem of a word, without synonyms."""
    return str(_stemmer().stemWord(_bare(word)))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word, synonyms folded: `retention` and `kept` are both `keep`."""
    word = _bare(word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    folded = _folded()
    if word in folded:
        return folded[word]
    stemmed: str = _stemmer().stemWord(word)
    return folded.get(stemmed, stemmed)


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word to the phrases that it begins, longest first, with what they say."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for said, phrases in lexicon.table("phrases").items():
        for phrase in phrases:
            words = tuple(w for part in phrase.split() for w in part.replace("-", " ").split())
            found.setdefault(words[0], []).append((words, stem(said)))
    return {first: sorted(items, key=lambda item: -len(item[0])) for first, items in found.items()}


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[Token, ...]:
    """Every word of `text` in order, stopwords among them; a phrase that says what one word says
    is one token."""
    plain = [(m.start(), m.end(), m[0].lower().replace("’", "'")) for m in TOKEN.finditer(text)]
    starters = _phrases()
    found: list[Token] = []
    at = 0
    while at < len(plain):
        start, _, word = plain[at]
        length, said = _phrase(plain, at) if word in starters else (1, "")
        found.append(Token(start, plain[at + length - 1][1], said or word, said or stem(word)))
        at += length
    return tuple(found)


def _phrase(plain: list[tuple[int, int, str]], at: int) -> tuple[int, str]:
    for words, said in _phrases().get(plain[at][2], ()):
        for gap in (1, 2) if "*" in words else (0,):
            length = len(words) + max(0, gap - 1)
            piece = [word for _, _, word in plain[at : at + length]]
            hole = words.index("*") if gap else 0
            fixed = [*piece[:hole], "*", *piece[hole + gap :]] if gap else piece
            if tuple(fixed) == words:
                return length, said
    return 1, ""


def is_content(token: Token) -> bool:
    """Whether a word says what a statement is about: no stopword, no number."""
    return token.word not in STOPWORDS and not token.word[0].isdigit() and len(token.word) > 1


@lru_cache(maxsize=50_000)
def content(text: str) -> frozenset[str]:
    """Stems of the content words of `text`."""
    return frozenset(token.stem for token in tokens(text) if is_content(token))
