"""Quotes as people read them, with the words that matter marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.claims.marks import sign_words
from kb.findings import Evidence

# Private characters that stand around marked words while markup is taken away.
_ON, _OFF = "\ue000", "\ue001"
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARKUP = re.compile(
    rf"\*\*|__|`|^({_ON}?)\s{{0,3}}(?:#{{1,6}}\s+|[-*+]\s+|>\s?|\d+[.)]\s+)|<[^>\n]{{1,80}}>", re.M
)
EMPHASIS = re.compile(r"(?<!\w)[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)")
ROW = re.compile(r"^\s*\|(.*)\|\s*$")
# Below this the wordings have little in common: then only numbers are marked.
ALIKE = 0.4
LONGEST = 600
_BEFORE_MARK = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote; `differs` where the other quote says something else, or where the words
    carry the claim. Pieces joined are the quote."""

    text: str
    differs: bool = False


def readable(quote: str) -> str:
    """The quote without markup and line breaks, shortened at a word."""
    return "".join(piece.text for piece in _shortened([Piece(_plain(quote))]))


def pieces_of(evidence: Sequence[Evidence], alike: bool) -> list[list[Piece]]:
    """Each quote in pieces: by its own marks; where a quote of two or more has none and they are
    `alike`, by how it differs from the first other one."""
    by_difference = _visibly(compared([item.quote for item in evidence])) if alike else []
    found = []
    for number, item in enumerate(evidence):
        marked = _marked(item)
        if any(piece.differs for piece in marked) or not alike:
            found.append(_shortened(marked))
        else:
            found.append(by_difference[number])
    return found


def _visibly(compared: list[list[Piece]]) -> list[list[Piece]]:
    """The same; where two wordings share so little that nothing was marked, each with the words
    by which it says yes or no."""
    texts = ["".join(piece.text for piece in pieces) for pieces in compared]
    marked = any(piece.differs for pieces in compared for piece in pieces)
    if marked or len({text.casefold() for text in texts}) < 2:
        return compared
    found = []
    for text in texts:
        start, end = sign_words(text)
        parts = ((text[:start], False), (text[start:end], True), (text[end:], False))
        found.append([Piece(part, differs) for part, differs in parts if part])
    return found


def compared(quotes: Sequence[str]) -> list[list[Piece]]:
    """Each quote in pieces. The first is laid beside the second, every other beside the first."""
    words = [_plain(quote).split() for quote in quotes]
    if len(words) < 2:
        return [_shortened([Piece(" ".join(item))]) for item in words]
    laid = [_pieces(item, words[1] if n == 0 else words[0]) for n, item in enumerate(words)]
    return [_shortened(item) for item in laid]


def _plain(quote: str) -> str:
    row = ROW.match(quote)
    text = MARKUP.sub(r"\1", LINK.sub(r"\1", row[1] if row else quote))
    return " ".join(EMPHASIS.sub(r"\1", text).split())


def _marked(item: Evidence) -> list[Piece]:
    """A quote by its marks, which are spans of the quote with its markup."""
    text = item.quote
    for start, end in sorted(item.marks, reverse=True):
        text = f"{text[:start]}{_ON}{text[start:end]}{_OFF}{text[end:]}"
    pieces, differs = [], False
    for part in re.split(f"([{_ON}{_OFF}])", _plain(text)):
        if part in (_ON, _OFF):
            differs = part == _ON
        elif part:
            pieces.append(Piece(part, differs))
    return pieces


def _shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The stretch of a long quote in which the first marked words stand."""
    text = "".join(piece.text for piece in pieces)
    if len(text) <= LONGEST:
        return list(pieces)
    first = _first_mark(pieces)
    start = max(0, first - _BEFORE_MARK) if first + _BEFORE_MARK > LONGEST else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + LONGEST) if start + LONGEST < len(text) else len(text)
    cut, at = [], 0
    for piece in pieces:
        part = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if part:
            cut.append(Piece(part, piece.differs))
    lead = [Piece("… ")] if start else []
    return [*lead, *cut, *([Piece(" …")] if end < len(text) else [])]


def _first_mark(pieces: Sequence[Piece]) -> int:
    at = 0
    for piece in pieces:
        if piece.differs:
            return at
        at += len(piece.text)
    return 0


def _pieces(words: Sequence[str], other: Sequence[str]) -> list[Piece]:
    matcher = SequenceMatcher(None, _bare(words), _bare(other), autojunk=False)
    differs = [True] * len(words)
    for block in matcher.get_matching_blocks():
        differs[block.a : block.a + block.size] = [False] * block.size
    if matcher.ratio() < ALIKE:
        known = set(_bare(other))
        differs = [
            any(c.isdigit() for c in word) and bare not in known
            for word, bare in zip(words, _bare(words), strict=True)
        ]
    return _joined(words, differs)


def _joined(words: Sequence[str], differs: Sequence[bool]) -> list[Piece]:
    """Runs of words; the blank between two runs goes to the unmarked one."""
    pieces: list[Piece] = []
    for word, marked in zip(words, differs, strict=True):
        if pieces and pieces[-1].differs == marked:
            pieces[-1] = Piece(f"{pieces[-1].text} {word}", marked)
        elif not pieces:
            pieces.append(Piece(word, marked))
        elif marked:
            pieces[-1] = Piece(f"{pieces[-1].text} ", differs=False)
            pieces.append(Piece(word, differs=True))
        else:
            pieces.append(Piece(f" {word}", differs=False))
    return pieces


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(".,;:!?()\"'“”").casefold() for word in words]
