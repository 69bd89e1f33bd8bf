"""Whether what is said stands in what is cited.

A statement is supported when every number, link, name and interface path in it is in the quote,
nearly all of its other words are, and it denies exactly what the quote denies.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.answers.words import STOP_WORDS, term
from agent.replies import FRAMES
from agent.types import Citation

# Share of a statement's words that its quote must hold; what is left over may be a joining word.
COVERAGE = 0.75

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]{1,200}>|[*_`#|~\\]+|\{[^}]{0,80}\}")
_INLINE_TAG = re.compile(r"</?(?:kbd|b|i|u|em|strong|code|span|a|sup|sub|small|mark)\b[^>]{0,200}>")
_LINK = re.compile(r"https?://[^\s)\]>\"']+|\b[\w.+-]+@[\w-]+\.[\w.-]+\b|\bwww\.[^\s)\]>\"']+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NAME = re.compile(r"(?<![.!?:>\n] )(?<!^)\b[A-Z][\w-]*[A-Za-z0-9]\b")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unable|impossible|\w+n't)\b"
)
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_LIST_MARKER = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
# A single line end inside a paragraph; lists and rows begin a new line.
_LINE_BREAK = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=[^\s*|#>\d-])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])|\n+")


@dataclass(frozen=True, slots=True)
class Support:
    """How a quote supports a statement; `why` names the first thing that is not in it."""

    supported: bool
    why: str = ""


def supported(statement: str, quote: str) -> bool:
    """Whether the quote says what the statement says."""
    return support(statement, quote).supported


def support(statement: str, quote: str) -> Support:
    """The same, with the reason."""
    said = _LIST_MARKER.sub("", statement)
    if _squeezed(said) == _squeezed(quote):
        return Support(supported=True)
    source = _plain(quote)
    both = f"{quote}\n{source}".replace("’", "'")
    for missing in (
        _missing(_LINK.findall(said), quote, "link"),
        _missing_numbers(said, both),
        _missing_path(said, source),
        _missing_names(said, both),
    ):
        if missing:
            return Support(supported=False, why=missing)
    share = _coverage(said, both)
    if share < COVERAGE:
        return Support(supported=False, why=f"{share:.0%} of its words are in the quote")
    if any(_denies(part) not in _polarities(part, source) for part in _SENTENCE.split(said)):
        return Support(supported=False, why="it denies what the quote affirms, or the reverse")
    return Support(supported=True)


def ground(text: str, citations: Sequence[Citation]) -> list[tuple[str, Support]]:
    """Each statement of an answer with its support by the best of the citations.

    Quotes of one article are also tried together: a table row is supported by its headers."""
    quotes = [citation.quote for citation in citations]
    for article in dict.fromkeys(citation.article_id for citation in citations):
        of_one = [citation.quote for citation in citations if citation.article_id == article]
        if len(of_one) > 1:
            quotes.append("\n".join(of_one))
    said = (part for part in split_statements(text) if part not in FRAMES)
    return [(statement, _best(statement, quotes)) for statement in said]


def split_statements(text: str) -> list[str]:
    """The lines and sentences of an answer, without list markers, in order."""
    parts: list[str] = []
    for line in text.splitlines():
        bare = _LIST_MARKER.sub("", line).strip()
        parts.extend(part.strip() for part in _SENTENCE.split(bare))
    return [part for part in parts if _WORD.search(part)]


def _best(statement: str, quotes: Iterable[str]) -> Support:
    best = Support(supported=False, why="nothing is cited")
    for quote in quotes:
        best = support(statement, quote)
        if best.supported:
            return best
    return best


def _plain(text: str) -> str:
    """A quote without its markup; the text of links stays."""
    text = _INLINE_TAG.sub("", text)
    return _MARKUP.sub(lambda match: f" {match[1] or ''} ", text).replace("’", "'")


def _missing(found: Iterable[str], source: str, kind: str) -> str:
    for item in found:
        if item.rstrip(".,;:!?") not in source:
            return f"{kind} {item} is not in the quote"
    return ""


def _missing_numbers(said: str, source: str) -> str:
    known = {_canonical_number(number) for number in _NUMBER.findall(source)}
    known.update(str(_NUMBER_WORDS[w]) for w in source.lower().split() if w in _NUMBER_WORDS)
    for number in _NUMBER.findall(said):
        if _canonical_number(number) not in known:
            return f"number {number} is not in the quote"
    return ""


def _canonical_number(number: str) -> str:
    """1,000 and 1000 are one number; 1,5 stays what it is."""
    return re.sub(r",(?=\d{3}\b)", "", number)


def _missing_names(said: str, source: str) -> str:
    lower = source.lower()
    for name in _NAME.findall(said.replace("’", "'")):
        if name.lower() not in lower and name.lower() not in STOP_WORDS:
            return f"name {name} is not in the quote"
    return ""


def _missing_path(said: str, source: str) -> str:
    """`Settings > Billing` must be walked in that order by the quote."""
    if not re.search(r"\w\W{0,3}\s[>›→]\s", said):
        return ""
    squeezed = re.sub(r"[^\w>]+", "", re.sub(r"[›→]|-?&gt;", ">", source)).lower()
    for step in re.findall(r"(\w+)\W*\s[>›→]\s\W*(\w+)", said):
        if f"{step[0]}>{step[1]}".lower() not in squeezed:
            return f"path {step[0]} > {step[1]} is not in the quote"
    return ""


def _content(text: str) -> list[str]:
    """Stems of what carries meaning; numbers are compared on their own."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    return [term(word) for word in found if word not in STOP_WORDS and not word.isdigit()]


def _coverage(said: str, source: str) -> float:
    needed = _content(_MARKUP.sub(lambda match: f" {match[1] or ''} ", said))
    if not needed:
        return 1.0
    present = set(_content(source))
    return sum(word in present for word in needed) / len(needed)


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(text.lower().replace("’", "'")))


def _polarities(said: str, source: str) -> set[bool]:
    """Whether the sentences of the quote that the statement repeats deny: those that share at
    least nearly as many of its words as the one that shares most."""
    needed = set(_content(said))
    parts = [part for part in _SENTENCE.split(_LINE_BREAK.sub(" ", source)) if part.strip()]
    shared = [len(needed & set(_content(part))) for part in parts]
    most = max(shared, default=0)
    return {_denies(part) for part, count in zip(parts, shared, strict=True) if count >= most}


def _squeezed(text: str) -> str:
    """Letters and digits alone; equal for a text and the same text with its markup."""
    return "".join(_WORD.findall(text.lower()))
