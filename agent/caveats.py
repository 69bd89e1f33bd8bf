"""Open contradictions on what an answer cites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from agent.replies import DISAGREE, DISAGREE_NEXT
from agent.types import Citation
from agent.write import Line, cite
from kb.types import Article, BlockKind, Evidence, Finding, FindingKind

Read = Callable[[str], Article | None]
Policy = Literal["say", "prefer", "handoff"]
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A finding and the two or more places that disagree; the first is what was cited."""

    finding: Finding
    sides: tuple[Evidence, ...]


def disputes(answer: Sequence[Line], findings: Sequence[Finding]) -> list[Dispute]:
    """Contradictions one side of which the answer quotes, each once."""
    found: dict[str, Dispute] = {}
    for finding in findings:
        if finding.kind is not FindingKind.CONTRADICTION:
            continue
        cited = [side for side in finding.evidence if _quoted(side, answer)]
        if cited:
            others = [side for side in finding.evidence if side not in cited]
            found[finding.id] = Dispute(finding, (*cited, *others))
    return list(found.values())


def said(dispute: Dispute, read: Read) -> list[Line]:
    """Lines that quote every side, as certain as none."""
    quoted = [
        Line(f"“{_flat(side.quote)}”", (_citation(side, article),), BlockKind.LIST_ITEM, block)
        for block, side in enumerate(dispute.sides, start=1)
        if (article := read(side.article_id))
    ]
    own = tuple(citation for line in quoted for citation in line.citations)
    opening = Line(DISAGREE, own, block=-1)
    return [opening, *quoted, Line(DISAGREE_NEXT, own, block=-2)]


def preferred(answer: Sequence[Line], dispute: Dispute, read: Read) -> list[Line]:
    """The answer with the disputed sentence taken from the side that was reviewed last; an
    article without any date is the oldest."""
    sides = [(article, side) for side in dispute.sides if (article := read(side.article_id))]
    if not sides:
        return list(answer)
    article, winner = max(sides, key=lambda pair: _freshness(pair[0]))
    out: list[Line] = []
    for line in answer:
        losing = [side for side in dispute.sides if side != winner and _quoted(side, [line])]
        if losing:
            line = Line(_flat(winner.quote), (_citation(winner, article),), line.kind, line.block)
        if line not in out:
            out.append(line)
    return out


def _quoted(side: Evidence, answer: Sequence[Line]) -> bool:
    return any(
        citation.article_id == side.article_id
        and citation.start < side.end
        and side.start < citation.end
        for line in answer
        for citation in line.citations
    )


def _freshness(article: Article) -> datetime:
    if article.reviewed_on:
        reviewed = datetime.combine(article.reviewed_on, datetime.min.time(), tzinfo=UTC)
        return max(reviewed, article.updated_at or reviewed)
    return article.updated_at or _OLDEST


def _citation(side: Evidence, article: Article) -> Citation:
    return cite(article, side.start, side.end, side.heading)


def _flat(quote: str) -> str:
    return " ".join(quote.replace("**", "").replace("`", "").split())
