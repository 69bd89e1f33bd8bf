"""Cells of tables as questions: "How many sensors do I get with Plus?" """
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agent.answers.words import terms
from eval.drafting.cells import (
    Label,
    code_like,
    family_of,
    in_full,
    in_region,
    lowered,
    vague,
)
from eval.drafting.headings import begins_with_verb
from kb.claims.reading import values
from kb.claims.values import ValueKind
from kb.types import Article, Block, BlockKind, Cell, Section

_YES = re.compile(r"(?:yes|y|✓|✔|✅|included|available|supported|☑)\W*", re.I)
_NO = re.compile(r"(?:no|n|✗|✘|❌|✕|not (?:included|available|supported))\W*", re.I)
_DASH = re.compile(r"[-–—]")
_NUMBER = re.compile(r"\d{1,3}(?:[, .]\d{3})+|\d+")
_NUMBERS = re.compile(r"\d+(?:\s?[–-]\s?\d+)?")
_POINTS = re.compile(r"\b(?:see|as) (?:above|below|note|left|right)\b", re.I)
_ENDS_OPEN = re.compile(r"\b(?:for|to|by|in|on|of|with|from|at)$", re.I)
_WITHIN = re.compile(r"^(?:not )?(?:in|on|at) the ", re.I)
_PREPOSITION = re.compile(
    r"^(?:through|after|before|within|with|without|by|for|from|to|of|at|in|on|over|under|up|down|one|two|three|four|six|ten|\d)\b",
    re.I,
)
_WH = re.compile(r"^(?:what|when|where|who|which|how|why)\b", re.I)
_WHAT_TO_DO = re.compile(r"^what to do\b|^(?:fix|solution|remedy|next step)(?:e?s)?$", re.I)
_MEANS = re.compile(r"^(?:meaning|means|what it means|definition|explanation)$", re.I)
_PARTICIPLE = re.compile(r"^\w+ed\b", re.I)
_MOST = re.compile(r"\b(?:most|max|maximum|limit|up to)\b", re.I)
_PRICE = re.compile(r"\b(?:price|cost|fee|charge|rate)s?\b", re.I)
_EVENT = re.compile(r"^\w+(?:ed|en)\b|[,;]|\b(?:you|your|i|we|it)\b", re.I)
_PLURAL = re.compile(r"(?<![sui])s$", re.I)
_MEASURED = frozenset(
    {ValueKind.MONEY, ValueKind.SIZE, ValueKind.LENGTH, ValueKind.MEASURE, ValueKind.PERCENT}
    | {ValueKind.VERSION, ValueKind.FREQUENCY, ValueKind.DURATION}
)
_MOST_ROW_WORDS, _MOST_COLUMN_WORDS, _MOST_CELL_WORDS = 6, 5, 14
# A longer cell is not looked for word for word.
_FACT_WORDS = 5
# With fewer terms a question says too little without the article's title; where it names one of
# several alike, such as a plan, it says more.
_FEW, _FEW_ALIKE = 4, 3
_PREPOSITIONS = {"platform": "on", "region": "in"}


@dataclass(frozen=True, slots=True)
class CellAsked:
    """A cell as a question. `fact` is what a right answer says, empty for a yes or a no, which
    can be said in many ways; `answer` tells the row and its header in a sentence."""

    section: Section
    row: Block
    question: str
    fact: str
    answer: str


def questions(article: Article) -> Iterator[CellAsked]:
    """Cells whose headers make a question that can be understood without the table, in order."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind is BlockKind.TABLE_ROW and len(block.cells) > 1:
                yield from _of_row(article, section, block)


def _of_row(article: Article, section: Section, block: Block) -> Iterator[CellAsked]:
    corner, *cells = block.cells
    if _written_as_code(corner, article):
        return
    family = _family(cells)
    alike = not corner.column.strip() or family in ("plan", "platform", "role")
    for cell in cells:
        row, column, said = (" ".join(it.split()) for it in (cell.row, cell.column, cell.text))
        label = Label(row, column, said, family)
        if not _sensible(label) or _written_as_code(cell, article):
            continue
        question = _question(label, article.text, cells, alike=alike)
        if question:
            least = _FEW_ALIKE if alike else _FEW
            question = in_full(question, label, article.title, least)
            fact = label.said if _states(label.said) else ""
            answer = f"{label.row}, {label.column}: {label.said}"
            yield CellAsked(section, block, question, fact, answer)


def _written_as_code(cell: Cell, article: Article) -> bool:
    return (
        "`" in article.text[cell.start : cell.end] or "<code" in article.text[cell.start : cell.end]
    )


def _family(cells: list[Cell]) -> str:
    """What at least half of the columns name, such as plans; empty where they name nothing alike."""
    found = Counter(family_of(cell.column) for cell in cells)
    family, times = found.most_common(1)[0]
    return family if 2 * times >= len(cells) else ""


def _sensible(label: Label) -> bool:
    texts = (label.row, label.column)
    return (
        all(re.search(r"[^\W\d]{2}", text) and not code_like(text) for text in texts)
        and len(label.row.split()) <= _MOST_ROW_WORDS
        and len(label.column.split()) <= _MOST_COLUMN_WORDS
        and 0 < len(label.said.split()) <= _MOST_CELL_WORDS
        and not _POINTS.search(label.said)
        and not vague(label.column)
        and len(set(terms(f"{label.row} {label.column}"))) > 1
    )


def _states(said: str) -> bool:
    return not (_YES.fullmatch(said) or _says_no(said)) and len(said.split()) <= _FACT_WORDS


def _says_no(said: str) -> bool:
    return bool(_NO.fullmatch(said) or _DASH.fullmatch(said))


def _question(label: Label, text: str, cells: list[Cell], *, alike: bool) -> str:
    """Empty where nobody would ask it so."""
    if _DASH.fullmatch(label.said) and not _only_yes(cells):
        return ""
    if _YES.fullmatch(label.said) or _says_no(label.said):
        return _yes_or_no(label, text, alike=alike)
    if begins_with_verb(label.row):
        return ""
    return _of_matrix(label, text) if alike else _of_attribute(label, text)


def _only_yes(cells: list[Cell]) -> bool:
    """Whether a dash means no: where all else in the row is a yes."""
    told = [cell.text.strip() for cell in cells if not _DASH.fullmatch(cell.text.strip())]
    return bool(told) and all(_YES.fullmatch(said) for said in told)


def _yes_or_no(label: Label, text: str, *, alike: bool) -> str:
    row = lowered(label.row, text)
    if begins_with_verb(label.row):
        row = label.row[0].lower() + label.row[1:]
        if label.family == "role":
            return f"Can {label.who} {row}?"
        return f"Can I {row} {_at(label)}?" if alike else ""
    if label.family == "role":
        return ""
    if alike:
        return f"Do I get {row} {_at(label)}?"
    return f"{label.row}: {lowered(label.column, text)}?"


def _of_matrix(label: Label, text: str) -> str:
    """Of a table that compares its columns, such as plans."""
    row = lowered(label.row, text)
    kinds = {value.kind for value in values(label.said)}
    if _ENDS_OPEN.search(row):
        return ""
    if _NUMBER.fullmatch(label.said):
        return f"How many {row} do I get {_at(label)}?" if _PLURAL.search(row.split()[0]) else ""
    if ValueKind.MONEY in kinds and not _PRICE.search(row):
        return f"How much is {row} {_at(label)}?"
    if ValueKind.DURATION in kinds:
        return f"How long is the {row} {_at(label)}?"
    return f"What is the {row} {_at(label)}?" if kinds & _MEASURED else ""


def _of_attribute(label: Label, text: str) -> str:
    """Of a table whose columns say something about what stands at the left."""
    column, kinds = lowered(label.column, text), {value.kind for value in values(label.said)}
    if _ENDS_OPEN.search(column):
        return f"{label.row}: {column} how long?" if ValueKind.DURATION in kinds else ""
    if _WHAT_TO_DO.match(column):
        return f"{label.row}: what should I do?"
    if _WITHIN.match(column):
        return f"{label.row}: what is {column}?"
    if _NUMBER.fullmatch(label.said) and _MOST.search(column):
        return f"How many {lowered(label.row.split(',')[0], text)} can I have at most?"
    if family_of(label.column) == "region":
        priced = ValueKind.MONEY in kinds
        return f"{label.row}: what does it cost {in_region(label.column)}?" if priced else ""
    if _MEANS.match(column):
        return f"What does {label.row} mean?"
    if _WH.match(column) or _PREPOSITION.match(column) or _PARTICIPLE.match(column):
        return ""
    if _NUMBERS.fullmatch(label.said):
        plural = any(_PLURAL.search(word) for word in column.split()[:2])
        return f"How many {column} for {label.row}?" if plural else ""
    return _is_what(label, column, kinds)


def _is_what(label: Label, column: str, kinds: set[ValueKind]) -> str:
    if ValueKind.MONEY in kinds and not _PRICE.search(column):
        return f"{label.row}: how much is {column}?"
    verb = "are" if _PLURAL.search(column.split()[-1]) else "is"
    if _EVENT.search(label.row):
        return f"{label.row}: what {verb} the {column}?"
    return f"What {verb} the {column} for {label.row}?"


def _at(label: Label) -> str:
    return f"{_PREPOSITIONS.get(label.family, 'with')} {label.column}"
