"""Open contradictions on what an answer cites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from agent.answers.quoting import Read, framing, listed, quoted, worded
from agent.answers.write import Line
from agent.replies import DISAGREE, DISAGREE_NEXT, UNSETTLED
from kb.findings import Evidence, Finding, FindingKind
from kb.types import Article

Trusts = Callable[[Article], bool]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contradiction and its sides, the cited ones first."""

    finding: Finding
    sides: tuple[Evidence, ...]


def disputes(answer: Sequence[Line], findings: Sequence[Finding]) -> list[Dispute]:
    """Contradictions one side of which the answer quotes, each once."""
    found: dict[str, Dispute] = {}
    for finding in findings:
        if finding.kind is not FindingKind.CONTRADICTION:
            continue
        cited = [side for side in finding.evidence if quoted(side, answer)]
        if cited:
            others = [side for side in finding.evidence if side not in cited]
            found[finding.id] = Dispute(finding, (*cited, *others))
    return list(found.values())


def said(dispute: Dispute, read: Read) -> list[Line]:
    """Lines that quote every side that `read` knows, as certain as none; where only one may be
    seen, that one with the advice to ask."""
    sides = [listed(side, article) for side in dispute.sides if (article := read(side.article_id))]
    if len(sides) < 2:
        return [framing(UNSETTLED, sides), *sides]
    return [framing(DISAGREE, sides), *sides, framing(DISAGREE_NEXT, sides)]


def preferred(
    answer: Sequence[Line], dispute: Dispute, read: Read, trusts: Trusts
) -> list[Line] | None:
    """The answer with what is disputed taken from the authoritative side, else from the one that
    was reviewed or changed last; an article without any date is the oldest. None where nothing
    sets one side before the others."""
    sides = [(article, side) for side in dispute.sides if (article := read(side.article_id))]
    if not sides:
        return None
    standing = [(trusts(article), _freshness(article)) for article, _ in sides]
    if len(sides) > 1 and min(standing) == max(standing):
        return None
    article, winner = sides[standing.index(max(standing))]
    text, citations = worded(winner, article)
    losing = [side for side in dispute.sides if side != winner]
    out: list[Line] = []
    for line in answer:
        if any(quoted(side, [line]) for side in losing):
            line = Line(text, citations, line.kind, line.block, line.depth, line.marker)
        if line not in out:
            out.append(line)
    return out


def _freshness(article: Article) -> tuple[date, date]:
    """The day of the last review or change, then that of the review: files of one checkout, or of
    one export, were all written on the same day, at times that say nothing."""
    reviewed = article.reviewed_on or date.min
    changed = article.updated_at.date() if article.updated_at else date.min
    return max(reviewed, changed), reviewed
