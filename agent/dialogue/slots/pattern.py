"""Finds a text of a given pattern the way people type it: in any case, with other or no
separators, and without the letters that every such text begins with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(
    r"(?P<class>\\[dw]|\[[^\]\\^]*(?:\\.[^\]\\]*)*\]|\.)(?P<much>\{\d+(?:,\d*)?\}|[+*?])?"
    r"|\\(?P<escaped>[^A-Za-z0-9])(?P<maybe1>\?)?"
    r"|(?P<letter>[^\\\[\](){}|*+?^$.])(?P<maybe2>\?)?"
)
_SEPARATORS = r"[\s\-–—_/.:#]"
_WORDS = ("please", "order", "refund", "the", "want to", "my order", "I want my money back")
# What is left of a text without its beginning must be at least this long to be known again.
_SHORTEST_REST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A text in its proper form, and where it stands in the message."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A literal character, or a class of characters with how many of them there are."""

    literal: str = ""
    class_: str = ""
    much: str = ""

    @property
    def separates(self) -> bool:
        return bool(self.literal) and not self.literal.isalnum()


def find(message: str, pattern: str, *, beginning_optional: bool) -> list[Found]:
    """Every text in the message that is, put into proper form, a full match of the pattern, in
    order. `beginning_optional`: `10023` may stand for `LH-10023`."""
    pieces = _pieces(pattern)
    if pieces is None:
        return _plain(message, pattern)
    found = _loose(message, pattern, pieces, 0)
    begins = _beginning(pieces)
    if not found and beginning_optional and begins:
        found = _loose(message, pattern, pieces, begins)
    return found or _plain(message, pattern)


@lru_cache(maxsize=256)
def is_vague(pattern: str) -> bool:
    """Whether the pattern also fits plain words, so that finding it says nothing."""
    return any(re.fullmatch(pattern, word, re.IGNORECASE) for word in _WORDS)


def _plain(message: str, pattern: str) -> list[Found]:
    whole = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    exact = re.compile(pattern)
    found = []
    for match in whole.finditer(message):
        forms = (match[0], match[0].upper(), match[0].lower())
        value = next((form for form in forms if exact.fullmatch(form)), None)
        if value:
            found.append(Found(value, match.start(), match.end()))
    return found


def _loose(message: str, pattern: str, pieces: tuple[_Piece, ...], begin: int) -> list[Found]:
    groups = "".join(_grouped(pieces[begin:]))
    search = re.compile(rf"(?<![^\W_]){groups}(?![^\W_])", re.IGNORECASE)
    exact = re.compile(pattern)
    prefix = "".join(piece.literal for piece in pieces[:begin])
    found = []
    for match in search.finditer(message):
        parts = zip(pieces[begin:], match.groups(), strict=True)
        value = prefix + "".join(_proper(piece, text or "") for piece, text in parts)
        long_enough = not begin or len(value) - len(prefix) >= _SHORTEST_REST
        if long_enough and exact.fullmatch(value):
            found.append(Found(value, match.start(), match.end()))
    return found


def _grouped(pieces: Sequence[_Piece]) -> Iterator[str]:
    """One group a piece; where letters end and digits begin a space is no matter."""
    for before, piece in zip((None, *pieces), pieces, strict=False):
        turns = before is not None and before.class_ != piece.class_
        if turns and not piece.separates and not (before and before.separates):
            yield r"[\s\-]?"
        yield f"({_tolerant(piece)})"


def _tolerant(piece: _Piece) -> str:
    if piece.separates:
        return f"{_SEPARATORS}{{0,3}}"
    if piece.literal:
        return re.escape(piece.literal) + piece.much
    if piece.much in ("", "?"):
        return piece.class_ + piece.much
    # A single separator may stand between two characters: 100-23.
    spaced = f"{piece.class_}(?:{_SEPARATORS}?{piece.class_})"
    bounds = piece.much.strip("{}").split(",")
    if piece.much == "*":
        return f"(?:{spaced}*)?"
    if piece.much == "+":
        return f"{spaced}*"
    low = int(bounds[0])
    high = bounds[-1] and str(int(bounds[-1]) - 1)
    return f"{spaced}{{{low - 1},{high}}}" if low else f"(?:{spaced}{{0,{high}}})?"


def _proper(piece: _Piece, text: str) -> str:
    if piece.literal:
        return piece.literal if text or (piece.separates and not piece.much) else ""
    if not re.search(r"[\s\-–—_/.:#]", piece.class_):
        text = re.sub(_SEPARATORS, "", text)
    has_lower, has_upper = "a-z" in piece.class_, "A-Z" in piece.class_
    if has_upper and not has_lower:
        return text.upper()
    return text.lower() if has_lower and not has_upper else text


def _beginning(pieces: tuple[_Piece, ...]) -> int:
    """How many pieces are the letters and separators that every such text begins with."""
    count = 0
    while count < len(pieces) and pieces[count].literal and not pieces[count].much:
        count += 1
    return count if count < len(pieces) else 0


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> tuple[_Piece, ...] | None:
    """None for patterns with groups, alternatives or look-arounds: they are searched as they
    stand."""
    found: list[_Piece] = []
    position = 0
    while position < len(pattern):
        match = _PIECE.match(pattern, position)
        if match is None:
            return None
        if match["class"]:
            found.append(_Piece(class_=match["class"], much=match["much"] or ""))
        else:
            literal = match["escaped"] or match["letter"]
            found.append(_Piece(literal, much=match["maybe1"] or match["maybe2"] or ""))
        position = match.end()
    return tuple(found)
