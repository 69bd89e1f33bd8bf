"""Commands that install a version far behind the newest that the help center names."""

import re
from collections.abc import Iterator, Mapping

from kb.staleness.mentions import numbers
from kb.staleness.outdated import Newest, far_behind
from kb.staleness.signal import Signal, Statement
from kb.types import Article, BlockKind, Section, Sentence, Severity

PIN = re.compile(
    r"(?:--(?:tag|branch|version)[= ]|\s-[bU] |==|@|:)v?(?P<number>\d+(?:\.\d+)+)(?![\w.])"
)
COMMAND = re.compile(
    r"\b(?:install|add|pull|run|clone|checkout|upgrade|get)\b|^\s*(?:FROM|image:)\s"
)
WORD = re.compile(r"[A-Za-z][\w.]*")


def pinned(article: Article, newest: Mapping[str, Newest]) -> Iterator[Signal]:
    """One signal for each line of a listing that pins an old version of a product whose name
    stands in the line."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind is BlockKind.CODE:
                for start, line in _lines(article, block.start, block.end):
                    signal = _of_line(article, section, start, line, newest)
                    if signal:
                        yield signal


def _lines(article: Article, start: int, end: int) -> Iterator[tuple[int, str]]:
    for line in article.text[start:end].splitlines(keepends=True):
        lead = len(line) - len(line.lstrip())
        yield start + lead, line.strip()
        start += len(line)


def _of_line(
    article: Article, section: Section, start: int, line: str, newest: Mapping[str, Newest]
) -> Signal | None:
    match = PIN.search(line) if COMMAND.search(line) else None
    named = {word.casefold() for word in WORD.findall(line)} if match else set()
    for product in sorted(named & set(newest)):
        known = newest[product]
        if match and far_behind(numbers(match["number"]), known.number):
            sentence = Sentence(start, start + len(line), line)
            block = next(b for b in section.blocks if b.start <= start < b.end)
            return Signal(
                name=f"pinned {product} {match['number']}",
                statement=Statement(article, section, block, sentence),
                title=f"The command pins version {match['number']}",
                explanation=f"The command installs {match['number']}; "
                f"'{known.evidence.title}' names {known.text}.",
                suggestion="Pin the version of today, or say how to find it.",
                severity=Severity.MEDIUM,
                confidence=0.7,
                also=(known.evidence,),
            )
    return None
