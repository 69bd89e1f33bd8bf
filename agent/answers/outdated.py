"""Stale marks on what an answer cites."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.answers.quoting import Read, framing, listed, quoted
from agent.answers.write import Line
from agent.replies import NEWER, OUTDATED
from kb.findings import Evidence, Finding, FindingKind

# These say that nobody has looked for long, not that a sentence no longer holds.
_SILENT = frozenset({"review", "unread", "old_screenshot"})
_CONTRADICTED = "contradicted"
# More would bury the answer.
_MOST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A stale finding, the words of it that the answer cites, and what proves them stale."""

    finding: Finding
    words: tuple[Evidence, ...]
    proof: tuple[Evidence, ...]


def marks(
    answer: Sequence[Line], findings: Sequence[Finding], *, disputed: bool = False
) -> list[Mark]:
    """Stale findings whose words the answer cites, each once. A review that is due is none, and
    with `disputed` neither is what a newer article contradicts: that is told already."""
    silent = _SILENT | ({_CONTRADICTED} if disputed else set())
    found: dict[str, Mark] = {}
    for finding in findings:
        signal = finding.details.get("signal", "")
        if finding.kind is not FindingKind.STALE or signal in silent:
            continue
        stale = _stale_quotes(finding)
        cited = tuple(item for item in finding.evidence[:stale] if quoted(item, answer))
        if cited:
            found[finding.id] = Mark(finding, cited, finding.evidence[stale:])
    return list(found.values())


def told(marks: Sequence[Mark], read: Read) -> list[Line]:
    """Lines that say which words may be out of date, and what newer ones there are."""
    words = dict.fromkeys(item for mark in marks[:_MOST] for item in mark.words)
    proof = dict.fromkeys(item for mark in marks[:_MOST] for item in mark.proof)
    lines: list[Line] = []
    for frame, items in ((OUTDATED, words), (NEWER, proof)):
        quotes = [
            listed(item, article)
            for item in list(items)[:_MOST]
            if (article := read(item.article_id))
        ]
        if quotes:
            lines += [framing(frame, quotes), *quotes]
    return lines


def _stale_quotes(finding: Finding) -> int:
    """How many pieces of evidence, from the first on, are the stale words; the rest is proof."""
    told = finding.details.get("stale_quotes", "")
    return int(told) if told.isdecimal() else 1
