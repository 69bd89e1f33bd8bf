"""Whether what is said stands in what is cited.

A statement is supported when one sentence of the quote, read with what it leans on, says it: every
number with its unit, link, name, label and interface path in it is there, nearly all of its other
words are, and it denies, allows, demands, supposes and restricts what that sentence does. A
statement of several clauses may stand on several sentences, each clause on one.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.answers.agreement import Unit, disagreement
from agent.answers.sense import Sense, generic, sense
from agent.answers.units import LINE_BREAK, LIST_MARKER, SENTENCE, WORD, plain_text, units
from agent.replies import FRAMES
from agent.types import Citation

# Share of a statement's words that the sentence it stands on must hold, with what it leans on.
COVERAGE = 0.75

_DECORATION = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_SIGNED = re.compile(r"[^\W_]+|[$€£¥%°+<>≤≥]")
_CELL = re.compile(r"\||</?t[dh]\b[^>]*>")
_QUOTE_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_ROW = re.compile(r"</tr>|(?<=\|)[ \t]*\n|\n(?=[ \t]*\|)")
_JOINTS = re.compile(r" – |; |: ")
_CLAUSE = re.compile(
    r";\s+|,?\s+(?:and|but|or|while|whereas)\s+(?:then\s+)?|,\s+(?:then\s+|which\s+|so\s+)?|\s+–\s+|:\s+"
)
_FEW = 2
# A word that few texts have counts so often when it is missing.
_TELLING = 2
_OWN, _HALF = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Support:
    """How a quote supports a statement; `why` names the first thing that is not in it."""

    supported: bool
    why: str = ""


def supported(statement: str, quote: str) -> bool:
    """Whether the quote says what the statement says."""
    return support(statement, quote).supported


@lru_cache(maxsize=4_000)
def support(statement: str, quote: str, context: str = "") -> Support:
    """The same, with the reason. `context` is what the quote stands under: title and headings."""
    if _verbatim(statement, quote):
        return Support(supported=True)
    for part in split_statements(statement):
        if _verbatim(part, quote):
            continue
        why = _unsupported(sense(_bare(part)), units(quote, context))
        if why:
            return Support(supported=False, why=why)
    return Support(supported=True)


def ground(text: str, citations: Sequence[Citation]) -> list[tuple[str, Support]]:
    """Each statement of an answer with its support by the best of the citations.

    Quotes of one article are also tried together: a table row is supported by its headers."""
    quotes = [(item.quote, f"{item.title}\n{item.heading}") for item in citations]
    for article in dict.fromkeys(citation.article_id for citation in citations):
        of_one = [citation for citation in citations if citation.article_id == article]
        if len(of_one) > 1:
            quotes.append(("\n".join(item.quote for item in of_one), of_one[0].title))
    judged: list[tuple[str, Support]] = []
    for line in text.splitlines():
        parts = [part for part in split_statements(line) if part not in FRAMES]
        whole = LIST_MARKER.sub("", line)
        if parts and any(_verbatim(whole, quote) for quote, _ in quotes):
            judged += [(part, Support(supported=True)) for part in parts]
        else:
            judged += [(part, _best(part, quotes)) for part in parts]
    return judged


def split_statements(text: str) -> list[str]:
    """The lines and sentences of an answer, without list markers, in order."""
    parts: list[str] = []
    for line in text.splitlines():
        bare = LIST_MARKER.sub("", line).strip()
        parts.extend(part.strip() for part in SENTENCE.split(bare))
    return [part for part in parts if WORD.search(part)]


def warm() -> None:
    """Loads the lists of words, which the first statement would otherwise wait for."""
    support("Open the shop at nine.", "The shop opens at nine o'clock.")


def likeness(statement: str, other: str) -> float:
    """Share of the statement's words that the other text has, in [0, 1]."""
    return _covered(sense(plain_text(statement)), sense(plain_text(other)))


def _best(statement: str, quotes: Iterable[tuple[str, str]]) -> Support:
    best = Support(supported=False, why="nothing is cited")
    for quote, context in quotes:
        best = support(statement, quote, context)
        if best.supported:
            return best
    return best


def _unsupported(said: Sense, units: Sequence[Unit]) -> str:
    """Why no unit supports the statement: whole, or clause by clause; empty where they do."""
    why = _by_one(said, said, units)
    if not why:
        return ""
    parts = [sense(part) for part in _clauses(said.text)]
    if len(parts) < 2 or any(_by_one(part, said, units) for part in parts):
        return why
    return ""


def _by_one(part: Sense, whole: Sense, units: Sequence[Unit]) -> str:
    """Why none of the units alone supports this; the reason of the one that is most like it."""
    told = [(_share(part, unit), unit) for unit in units]
    near = sorted(told, key=lambda item: -item[0])
    reason = "nothing is cited"
    for share, unit in reversed(near):
        why = disagreement(part, whole, unit)
        if share < _HALF or (share < COVERAGE and not why):
            why = f"{share:.0%} of its words are in the quote"
        if not why:
            return ""
        reason = why
    return reason


def _share(part: Sense, unit: Unit) -> float:
    """Of its words in the unit; none where nearly all are only in what the unit leans on, or
    where it has neither words nor numbers that say anything."""
    if not part.keys:
        return 1.0 if part.numbers else 0.0
    if _covered(part, unit.own) < _OWN:
        return 0.0
    missing = [key for key in part.keys if not unit.has(key)]
    lost = sum(1 if key[1] in generic() else _TELLING for key in missing)
    return max(0.0, 1 - lost / len(part.keys))


def _covered(said: Sense, other: Sense) -> float:
    return sum(other.has(key) for key in said.keys) / len(said.keys) if said.keys else 0.0


def _clauses(text: str) -> list[str]:
    """Parts that say something of their own; a short one goes with the one before."""
    parts: list[str] = []
    at = 0
    for cut in (*_CLAUSE.finditer(text), None):
        piece = text[at : cut.start() if cut else len(text)].strip()
        if parts and len(sense(piece).keys) < _FEW and not sense(piece).numbers:
            parts[-1] = f"{parts[-1]} {piece}"
        elif piece:
            parts.append(piece)
        at = cut.end() if cut else at
    return parts


def _bare(text: str) -> str:
    """A statement without decoration; whatever else stands in it is part of what it says."""
    return " ".join(_DECORATION.sub("", text).replace("’", "'").split())


def _verbatim(statement: str, quote: str) -> bool:
    """Whether it is one or more whole sentences, lines, or the cells of one row of the quote."""
    wanted = _squeezed(statement)
    if wanted == _squeezed(quote) or _is_row(statement, quote):
        return True
    bare = plain_text(quote)
    runs = [quote.splitlines(), *(SENTENCE.split(LINE_BREAK.sub(" ", t)) for t in (quote, bare))]
    return any(_runs_to(wanted, [_squeezed(part) for part in parts]) for parts in runs)


def _runs_to(wanted: str, parts: Sequence[str]) -> bool:
    """Whether some of the parts, next to each other, are it."""
    for first in range(len(parts)):
        joined = ""
        for part in parts[first:]:
            joined += part
            if joined == wanted:
                return True
            if not wanted.startswith(joined):
                break
    return False


def _is_row(statement: str, quote: str) -> bool:
    """Whether each of its pieces is a cell of one row, or the header of a column."""
    if not _CELL.search(quote):
        return False
    said = _squeezed("".join(_JOINTS.split(statement)))
    lines = _ROW.split(quote)
    heads = "|".join(line for line in lines if not _CELL.search(line) or "th>" in line)
    heads = f"{heads}|{lines[0]}"
    for line in lines:
        cells = {
            _squeezed(plain_text(cell))
            for cell in _CELL.split(f"{heads}|{line}".replace("\n", "|"))
        }
        if _made_of(said, cells - {""}):
            return True
    return False


def _made_of(said: str, cells: Collection[str]) -> bool:
    """Whether a text is these, one after the other, in any order."""
    reached = {0}
    for at in range(len(said)):
        if at in reached:
            reached.update(at + len(cell) for cell in cells if said.startswith(cell, at))
    return bool(said) and len(said) in reached


def _squeezed(text: str) -> str:
    """Letters, digits and signs of amounts alone; equal for a text and the same text with its
    markup."""
    return "".join(_SIGNED.findall(_QUOTE_MARK.sub("", text).lower()))
