"""What a disagreement is about, in the articles' own words.

Headings, titles, table headers and phrases of the sentences are the candidates; the one that
says most of what both sides speak of, and least else, is the name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kb.claims.asking import questions
from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement
from kb.claims.phrases import has_verb, is_command
from kb.claims.said import version_name
from kb.claims.values import ValueKind
from kb.claims.words import STOPWORDS, content
from kb.types import Article

_NUMBERED = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]|[A-Z]\.|[ivx]+\.|[-–•])\s+")
_MARKUP = re.compile(r"\s*\{#[^}]*\}\s*$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_ASKED = re.compile(r"[^.!?]*\?\s*$")
_YES_NO = re.compile(
    r"^\W*(?:can|could|may|must|is|are|do|does|will|would|should|has|have)(?:n[’']t)?\b",
    re.IGNORECASE,
)
_ABLE = re.compile(r"\b(?:can|may|able to|allowed to)\b (?!only)(?P<what>[^()]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w’'/+&.-]*[\w+])?")
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "your",
        "our",
        "their",
        "its",
        "this",
        "each",
        "every",
        "any",
        "no",
        "all",
        "both",
    ]
)
_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "with",
        "per",
        "by",
        "from",
        "to",
        "into",
        "within",
        "during",
        "under",
        "through",
        "against",
        "between",
        "around",
        "among",
        "across",
        "beyond",
        "despite",
        "toward",
        "towards",
        "upon",
    ]
)
_BEFORE = _DETERMINERS | _PREPOSITIONS | frozenset({"of", "for"})
_LOOSE_END = re.compile(r"(?:ed|ly)$")
# Table headers that say nothing of what stands under them.
_PLAIN_HEADERS = frozenset(
    [
        "value",
        "values",
        "limit",
        "limits",
        "detail",
        "details",
        "description",
        "default",
        "setting",
        "settings",
        "amount",
        "yes",
        "no",
        "notes",
        "note",
        "name",
        "answer",
        "status",
    ]
)
_OF_TIME = content(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday UTC second minute hour day week "
    "month year"
)
_MOST_WORDS = 7
_MOST_PHRASE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate; `asks` is 'yes or no' for a question that can be answered so, 'what' for any
    other question, else empty. A higher `score` is a better name."""

    text: str
    score: float
    asks: str = ""


def names_of(found: Disagreement, articles: Mapping[str, Article]) -> list[Name]:
    """Every name of what the sides disagree on, best first; there is always one."""
    scored = _Scorer(found)
    names: dict[str, Name] = {}
    for claim in found.claims:
        article = articles[claim.article_id]
        for text, bonus in _candidates(claim, article):
            name = scored(text, bonus)
            if name.text and (name.text not in names or names[name.text].score < name.score):
                names[name.text] = name
    if found.claims[0].kind == ValueKind.VERSION and (product := version_name(found)):
        best = max((name.score for name in names.values()), default=0.0)
        names[product] = Name(f"{product} version", best + 1.0)
    ranked = sorted(names.values(), key=lambda name: (-name.score, len(name.text), name.text))
    return ranked or [Name("One statement", 0.0)]


def _candidates(claim: Claim, article: Article) -> Iterator[tuple[str, float]]:
    """Names and how much each kind of place is trusted to name things."""
    headings = [part for part in claim.spot.heading.split(" > ") if part]
    if claim.spot.labels:
        yield _header(claim.spot.labels), 0.9
    for depth, heading in enumerate(reversed(headings)):
        yield heading, 0.5 - 0.1 * depth
    yield article.title, 0.3
    for phrase in _phrases(claim):
        yield phrase, 0.4 if " " in phrase or claim.kind == ValueKind.COUNT else 0.0
    if claim.value is None and not claim.spot.labels:
        for asked in questions(claim.spot.text, _is_name(article)):
            if len(content(asked) & claim.own) >= len(claim.own) / 2:
                yield asked, 1.6
        yield f"“{_ended(claim.spot.text)}”", 0.6
    if claim.kind == ValueKind.HOLDERS and (match := _ABLE.search(claim.spot.text)):
        yield f"Who can {_ended(match['what'])}?", 0.6


def _is_name(article: Article) -> Callable[[str], bool]:
    """Whether a word that begins a sentence keeps its capital within one: where the article
    writes it so in the middle of a sentence."""

    def name(word: str) -> bool:
        if word.lower() in STOPWORDS:
            return False
        inner = any(char.isupper() or char.isdigit() for char in word[1:])
        return inner or bool(re.search(rf"(?<=[a-z,] ){re.escape(word)}(?!\w)", article.text))

    return name


def _ended(text: str) -> str:
    """A statement without what may follow its end."""
    bare = re.sub(r"\s*\([^)]*\)", "", text).strip()
    return re.split(r"[;:]\s|,\s", bare)[0].rstrip(" .!")


def _header(labels: tuple[str, ...]) -> str:
    row, *rest = (_clean(label) for label in labels)
    column = " ".join(rest)
    if not row or not column or column.lower() in _PLAIN_HEADERS or len(row) + len(column) > 45:
        return row or column
    return f"{row}, {column}" if "(" in row else f"{row} ({column})"


class _Scorer:
    """Scores a text by the words that both sides speak of."""

    def __init__(self, found: Disagreement) -> None:
        self._said = _said_by_values(found)
        self._shared = frozenset(found.shared) - self._said
        known = [frozenset(claim.profile) | claim.own for claim in found.claims]
        self._common = frozenset.intersection(*known) - self._shared
        self._known = frozenset().union(*known)
        self._polar = any(claim.value is None for claim in found.claims)

    def __call__(self, text: str, bonus: float) -> Name:
        shown, asks = _readable(text)
        stems = content(shown)
        covered = len(stems & self._shared) + 0.5 * len(stems & self._common)
        foreign = len(stems - self._shared - self._common - self._known)
        spare = len(stems & self._known - self._shared - self._common)
        length = len(shown.split())
        score = covered - 0.4 * foreign - 0.2 * spare - 0.04 * length
        if not stems & (self._shared | self._common):
            score -= 2.0
        if stems and stems <= self._said:
            score -= 1.0
        if not asks:
            score -= 0.3 * max(0, length - _MOST_WORDS)
        else:
            score += 0.4 if (asks == "yes or no") == self._polar else -3.0 if self._polar else -0.8
        return Name(shown, score + bonus, asks)


def _said_by_values(found: Disagreement) -> frozenset[str]:
    """Stems that the values themselves say, which the title shows beside the name."""
    kind = found.claims[0].kind
    values = [claim.value for claim in found.claims if claim.value is not None]
    heads = frozenset[str]().union(*(claim.spot.heads for claim in found.claims))
    if kind in (ValueKind.LIST, ValueKind.HOLDERS, ValueKind.FILE, ValueKind.CONTACT):
        return content(" ".join(symbol for value in values for symbol in value.symbols)) - heads
    if kind in (ValueKind.PLACE, ValueKind.VERSION):
        return frozenset()
    return content(" ".join(value.text for value in values)) - heads | _OF_TIME


def _readable(text: str) -> tuple[str, str]:
    """A heading without its number, and what it asks; of several sentences the question."""
    shown = _clean(text)
    asked = _ASKED.search(shown)
    if not asked:
        return shown.rstrip(" .:!–—-"), ""
    shown = asked[0].strip()
    return shown, "yes or no" if _YES_NO.match(shown) else "what"


def _clean(text: str) -> str:
    return " ".join(_MARKUP.sub("", _NUMBERED.sub("", text)).split())


def _phrases(claim: Claim) -> Iterable[str]:
    """Noun phrases of a sentence, such as "Refund window", as far as they can be told without a
    grammar: words between a determiner or preposition and what ends a phrase."""
    text = claim.spot.text
    if claim.spot.labels:
        return []
    if claim.value is not None and claim.kind != ValueKind.HOLDERS:
        text = f"{text[: claim.value.start]} 0; {text[claim.value.end :]}"
    return [phrase for part in re.split(r"[,;:()“”\"–—?!>]|\.\s", text) for phrase in _runs(part)]


def _runs(part: str) -> Iterator[str]:
    words = [match[0] for match in _WORD.finditer(part)]
    opening = 1 if is_command(part) else 0
    run: list[str] = []
    before = "the" if opening == 0 else ""
    for word, following in pairwise([*words[opening:], ".", "."]):
        low = word.lower().replace("’", "'")
        if low == "." or _parts(low, following.lower(), bool(run)):
            if run and before in _BEFORE:
                yield from _trimmed(run, before)
            run, before = [], low
        else:
            run.append(word)


def _parts(word: str, following: str, within: bool) -> bool:
    """Whether a word ends a noun phrase: "syncs" of "the app syncs changes", but not "support" of
    "phone support is free", which stands `within` one."""
    if word in STOPWORDS or word in _PREPOSITIONS or word[0].isdigit() or "/" in word:
        return True
    if has_verb(word):
        return not (within and (following == "." or has_verb(following)))
    acts = word.endswith("s") and not word.endswith("ss") and is_command(word[:-1])
    return acts and following[0].isalpha() and following not in STOPWORDS | _PREPOSITIONS


def _trimmed(run: list[str], before: str) -> Iterator[str]:
    if before == "to" and is_command(run[0]):
        run = run[1:]
    while run and (_LOOSE_END.search(run[-1]) or (len(run) == 1 and run[0].endswith("ing"))):
        run = run[:-1]
    if run and len(run) <= _MOST_PHRASE_WORDS:
        yield _capital(" ".join(run))


def _capital(text: str) -> str:
    return text if any(char.isupper() for char in text[1:2]) else text[:1].upper() + text[1:]
