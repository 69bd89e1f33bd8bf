"""Where the words that carry a claim stand in the source, under its markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims.opposites import phrase_in, sides_of_words
from kb.claims.words import tokens

Span = tuple[int, int]
_SIGN = re.compile(
    r"\b(?:\w+n[’']t|(?:is|are|was|were|do|does|did|can|could|will|would|must|should|may|has|"
    r"have) not)\b|"
    r"\b(?:cannot|never|no longer|not|none|nothing|unable to|without|no need|no)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:can|may|must|needs? to|ha(?:s|ve) to|able to|requires?|needs?|allows?|supports?|"
    r"lets?)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!`)`(?P<code>[A-Za-z][\w.-]*)`(?!`)")
_LONGEST = 60
_WORD = re.compile(r"\w+|[^\w\s]")
# Between two words of a value: blanks, markup, and the address of a link.
_GAP = r"(?:[^\w\n]|\n(?!\n)|\]\([^)]*\))*?"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a statement is written: `source` stands at `start` of the article's text, `plain` is
    what a reader sees of it."""

    start: int
    source: str
    plain: str

    def place(self, start: int, end: int) -> Span | None:
        """Span in the article's text of `plain[start:end]`; None where it can't be told."""
        if self.source == self.plain:
            return self.start + start, self.start + end
        written = _nth(self.source, self.plain, start, end) or _under_markup(
            self.source, self.plain, start, end
        )
        return (self.start + written[0], self.start + written[1]) if written else None


def _nth(source: str, plain: str, start: int, end: int) -> Span | None:
    """The piece as it is, where the source has it as often before."""
    piece = plain[start:end]
    before = sum(1 for at in _places(plain, piece) if at < start)
    found = list(_places(source, piece))
    return (found[before], found[before] + len(piece)) if before < len(found) else None


def _places(text: str, piece: str) -> Iterator[int]:
    """Where a piece begins in a text as whole words: the 5 of "15" is no 5."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        joined = (text[at - 1 : at].isalnum() and piece[:1].isalnum()) or (
            text[end : end + 1].isalnum() and piece[-1:].isalnum()
        )
        if not joined:
            yield at
        at = text.find(piece, at + 1)


def _under_markup(source: str, plain: str, start: int, end: int) -> Span | None:
    words = _WORD.findall(plain[start:end])
    if not words or end - start > _LONGEST:
        return None
    pattern = re.compile(_edged(_GAP.join(re.escape(word) for word in words), words))
    before = sum(1 for found in pattern.finditer(plain) if found.start() < start)
    written = [found.span() for found in pattern.finditer(source)]
    return written[before] if before < len(written) else None


def code_words(source: str) -> frozenset[str]:
    """Names of settings, parameters and the like, as the markup shows them."""
    return frozenset(match["code"].lower() for match in _CODE.finditer(source))


def sign_words(text: str) -> Span:
    """Where a clause says yes or no: its negation, a word of a pair of opposites, or its modal
    verb; all of it where it has none."""
    if match := _SIGN.search(text):
        return match.span()
    if match := phrase_in(text):
        return match.span()
    for token in tokens(text):
        if token.word in sides_of_words():
            return token.start, token.end
    match = _MODAL.search(text)
    return match.span() if match else (0, len(text))


def _edged(pattern: str, words: list[str]) -> str:
    """Only whole words: the 5 of "15" is no 5."""
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return before + pattern + after
