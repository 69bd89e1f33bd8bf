"""Commands that install a version far behind the newest that the help center names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.findings import Severity
from kb.staleness.mentions import numbers
from kb.staleness.newest import Newest, far_behind
from kb.staleness.signal import Signal, Statement
from kb.types import Article, BlockKind

PIN = re.compile(
    r"(?:--(?:tag|branch|version)[= ]|\s-[bU] |==|@|:)v?(?P<number>\d+(?:\.\d+)+)(?![\w.])"
)
COMMAND = re.compile(
    r"\b(?:install|add|pull|run|clone|checkout|upgrade|get)\b|^\s*(?:FROM|image:)\s"
)
WORD = re.compile(r"[A-Za-z][\w.]*")


@dataclass(frozen=True, slots=True)
class Pin:
    """A line of a listing that pins a version, by its span."""

    number: str
    start: int
    end: int


def pins(article: Article) -> tuple[Pin, ...]:
    """Every line of a listing that installs or runs a certain version, in order."""
    return tuple(
        Pin(match["number"], start, start + len(line))
        for section in article.sections
        for block in section.blocks
        if block.kind is BlockKind.CODE
        for start, line in _lines(article.text, block.start, block.end)
        if COMMAND.search(line) and (match := PIN.search(line))
    )


def pinned(article: Article, pin: Pin, newest: Mapping[str, Newest]) -> Iterator[Signal]:
    """A signal when the version is far behind that of a product whose name stands in the line."""
    line = article.text[pin.start : pin.end]
    words = {word.casefold() for word in WORD.findall(line)}
    for product in sorted(words & newest.keys()):
        known = newest[product]
        if far_behind(numbers(pin.number), known.number):
            yield Signal(
                name="pinned_version",
                about=f"{product} {pin.number}",
                statement=Statement(article, pin.start, pin.end, line),
                said=pin.number,
                title=f"The command pins version {pin.number}",
                explanation=f"The command installs {pin.number}; {known.said}.",
                suggestion="Pin the version of today, or say how to find it.",
                proof=known.said,
                severity=Severity.MEDIUM,
                confidence=0.7,
                also=(known.evidence,),
            )
            return


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for line in text[start:end].splitlines(keepends=True):
        lead = len(line) - len(line.lstrip())
        yield start + lead, line.strip()
        start += len(line)
