"""Quotes as people read them, with the words that differ marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARKUP = re.compile(
    r"\*\*|__|`|^\s{0,3}(?:#{1,6}\s+|[-*+]\s+|>\s?|\d+[.)]\s+)|<[^>\n]{1,80}>", re.M
)
EMPHASIS = re.compile(r"(?<!\w)[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)")
# Below this the wordings have little in common: then only numbers are marked.
ALIKE = 0.4
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote; `differs` where the other quote says something else."""

    text: str
    differs: bool = False


def readable(quote: str) -> str:
    """The quote without markup and line breaks, shortened at a word."""
    text = EMPHASIS.sub(r"\1", MARKUP.sub("", LINK.sub(r"\1", quote)))
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def compared(quotes: Sequence[str]) -> list[list[Piece]]:
    """Each quote in pieces. The first is laid beside the second, every other beside the first."""
    words = [readable(quote).split() for quote in quotes]
    if len(words) < 2:
        return [[Piece(" ".join(item))] for item in words]
    return [_pieces(item, words[1] if n == 0 else words[0]) for n, item in enumerate(words)]


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
    pieces: list[Piece] = []
    for word, marked in zip(words, differs, strict=True):
        if pieces and pieces[-1].differs == marked:
            pieces[-1] = Piece(f"{pieces[-1].text} {word}", marked)
        else:
            pieces.append(Piece(word, marked))
    return pieces


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(".,;:!?()\"'“”").casefold() for word in words]
