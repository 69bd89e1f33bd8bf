"""Statements of an article that claim something, with what surrounds them.

Examples, hypotheticals, history, questions, quoted messages and changelogs claim nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.changelog import is_changelog
from kb.types import Article, Block, BlockKind, Section, Sentence

_EXAMPLE = re.compile(
    r"^\W*(?:for (?:example|instance)|e\.?g\.?|examples?\b)|"
    r"\b(?:suppose|imagine|let'?s say|assum(?:e|ing)|hypothetical(?:ly)?|as an example|"
    r"would (?:be|have|cost|need|take|pay|use)|might look|could look|"
    r"in (?:this|our|the (?:above|following|previous|next)) examples?)\b",
    re.IGNORECASE,
)
_EXAMPLE_TAIL = re.compile(
    r"\(?(?:\b(?:for (?:example|instance)|e\.?g\.?|such as(?! (?:those|this|these))|"
    r"say,?)(?=[\s,:])|"
    r"\(like\b)(?:[^).;]|\.(?=\d))*\)?",
    re.IGNORECASE,
)
# What something is used for, and not what used to be: "a key used to sign requests".
_PURPOSE = (
    "access|authenticate|build|calculate|call|configure|connect|create|define|determine|display|"
    "encrypt|export|filter|generate|host|identify|import|log|make|manage|pay|record|send|set|show|"
    "sign|store|track|validate|verify"
)
_HISTORY = re.compile(
    r"\b(?:(?<!be )(?<!is )(?<!are )(?<!get )(?<!was )(?<!were )(?<!being )"
    rf"used to\b(?! (?:{_PURPOSE})\b)|previously|formerly|"
    r"in the past|until (?:last|recently)|no longer the case|originally|"
    r"until (?:\w+ )?(?:19|20)\d\d|before (?:\w+ )?(?:19|20)\d\d|"
    r"prior to (?:v?\d|\w+ (?:19|20)\d\d|versions?\b)|back then|"
    r"(?:up to|until|before) versions?|(?:before|until) (?:\w+ )?v?\d+\.\d+(?!\d* ?[a-z%])|"
    r"older versions?|"
    r"(?:was|were) (?:limited|set|called|named|only|reduced|raised|increased|lowered)\b)|"
    r"(?<!after )(?<!once )(?<!when )(?<!since )(?<!before )(?<!than )\bit was\b",
    re.IGNORECASE,
)
# Who holds the rights is no statement of the help center.
_RIGHTS = re.compile(
    r"(?i)\bcopyright\b.*\d{4}|©|\ball rights reserved\b|\bfor licensing\b|\bsee licen[sc]e\b"
)
_QUOTED_MESSAGE = re.compile(
    r"\b(?:error|message|says|reads|shows|displays|see|warning)\b[^\"“]{0,30}[\"“][^\"”]*[\"”]",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"^\W*(?:problem|issue|symptom|cause|error|reason|question|q)s?\s*\d*:", re.IGNORECASE
)
_EMPTY = re.compile(r"^\s*(?:[-–—]|no|none|n/a|✗|✘|❌)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or table cell (with the span of its row) and its surroundings. `labels` are the
    headers of a cell, `cell` its own span; `sole` tells that no other cell of its row says
    anything. `told` are the sentences before it in its paragraph or list item."""

    start: int
    end: int
    text: str
    block: BlockKind
    headings: tuple[str, ...]
    title: str
    before: str = ""
    lead: str = ""
    labels: tuple[str, ...] = ()
    listed: bool = False
    sole: bool = False
    told: str = ""
    cell: tuple[int, int] | None = None


def statements(article: Article) -> Iterator[Statement]:
    """In order of the text. Nothing from a changelog."""
    if is_changelog(article):
        return
    for section in article.sections:
        if any(_EXAMPLE.search(part) or _HISTORY.search(part) for part in section.path[-1:]):
            continue
        yield from _of_section(section, article.title)


def claims_something(text: str) -> bool:
    """Whether a statement says how things are now."""
    return not (
        text.rstrip().endswith("?")
        or _EXAMPLE.search(text)
        or _HISTORY.search(text)
        or _RIGHTS.search(text)
        or _QUOTED_MESSAGE.search(text)
        or _TROUBLE.match(text)
    )


def _of_section(section: Section, title: str) -> Iterator[Statement]:
    before = lead = ""
    for block in section.blocks:
        if block.kind in (BlockKind.CODE, BlockKind.HEADING):
            before = lead = ""
            continue
        if block.kind == BlockKind.TABLE_ROW:
            yield from _of_row(block, section, title)
            continue
        listed = block.kind in (BlockKind.LIST_ITEM, BlockKind.STEP)
        told = ""
        for sentence in block.sentences:
            if claims_something(sentence.text):
                shown = lead if listed else ""
                yield replace(_statement(sentence, block, section, title, before, shown), told=told)
            told, before = f"{told}\n{sentence.text}".strip(), sentence.text
        if not listed:
            lead = before if before.rstrip().endswith(":") else ""


def _statement(
    sentence: Sentence, block: Block, section: Section, title: str, before: str, lead: str
) -> Statement:
    return Statement(
        sentence.start,
        sentence.end,
        sentence.text,
        block.kind,
        section.path,
        title,
        before,
        lead,
        listed=block.kind in (BlockKind.LIST_ITEM, BlockKind.STEP),
    )


def _of_row(block: Block, section: Section, title: str) -> Iterator[Statement]:
    said = sum(1 for cell in block.cells[1:] if not _EMPTY.match(cell.text))
    for cell in block.cells[1:] if len(block.cells) > 1 else block.cells:
        if cell.text.strip() and claims_something(f"{cell.row} {cell.text}"):
            yield Statement(
                block.start,
                block.end,
                cell.text,
                block.kind,
                section.path,
                title,
                labels=(cell.row, cell.column),
                listed=True,
                sole=said == 1,
                cell=(cell.start, cell.end),
            )


def without_examples(text: str) -> str:
    """`text` with "such as …" blanked out, at the same offsets."""
    return _EXAMPLE_TAIL.sub(lambda match: " " * len(match[0]), text)
