"""Cases from what was wrong in the articles and was mended, so that it stays mended."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from agent.answers.words import terms
from agent.types import Decision, HandoffReason
from eval.drafting.proposal import Origin, Proposal, proposed, quote_from
from eval.drafting.sides import Mended, mended
from eval.drafting.statements import names
from eval.drafting.subject import question_about
from eval.golden.case import Case
from kb.findings import Finding, FindingKind, FindingStatus
from kb.types import Article

WORTH = 1.2
# The path of the article that answers a question, None where none does.
Find = Callable[[str], str | None]
_SAID = re.compile(r"“([^”]+)”")
_WHY = {
    FindingKind.CONTRADICTION: "a contradiction was mended",
    FindingKind.STALE: "what was out of date was mended",
}


def from_findings(
    findings: Iterable[Finding], articles: Sequence[Article], find: Find
) -> list[Proposal]:
    """Of mended contradictions and mended stale articles: what stands now is to be said, what was
    wrong never. Of gaps that their owner accepted: their typical question, due a handoff until an
    article answers it, and an answer once one does."""
    known = names(articles)
    by_path = {article.path: article for article in articles}
    found: list[Proposal] = []
    for finding in findings:
        if finding.kind is FindingKind.GAP:
            found += _of_gap(finding, find)
        elif finding.status is FindingStatus.FIXED and finding.kind in _WHY:
            found += _of_mended(finding, by_path, known)
    return found


def undoubted(proposals: Iterable[Proposal], findings: Iterable[Finding]) -> list[Proposal]:
    """Those whose evidence holds no words that contradict others or are out of date as long as
    nobody has mended them: of these nobody can say what is right."""
    doubted: dict[str, list[str]] = {}
    for finding in findings:
        for item in finding.evidence if finding.kind in _WHY else ():
            doubted.setdefault(item.path, []).append(_squeezed(item.quote))
    return [
        proposal
        for proposal in proposals
        if not any(
            words in _squeezed(quote.text)
            for quote in proposal.evidence
            for words in doubted.get(quote.path, ())
        )
    ]


def _squeezed(text: str) -> str:
    """Letters and digits alone: tables are quoted with and without their markup."""
    return "".join(re.findall(r"\w+", text.casefold()))


def _of_mended(
    finding: Finding, articles: Mapping[str, Article], known: frozenset[str]
) -> Iterator[Proposal]:
    told = mended(finding, articles)
    question = question_about(finding, told, known) if told else ""
    if told is None or len(set(terms(question))) < 2:
        return
    case = Case(
        id="",
        question=question,
        decision=Decision.ANSWER,
        reference=told.stands,
        articles=told.paths,
        says=told.says,
        never_says=told.never_says,
        source=f"finding:{finding.id}",
        tags=(f"mended-{finding.kind.value.replace('_', '-')}",),
    )
    why = f"{_WHY[finding.kind]}: {finding.title}{_left_open(told)}"
    evidence = [*told.quotes, *map(quote_from, told.gone)]
    yield proposed(case, Origin.FINDINGS, finding.kind.value, why, evidence, WORTH + finding.harm)


def _left_open(told: Mended) -> str:
    return "" if told.says else " (say what a right answer must tell)"


def _of_gap(finding: Finding, find: Find) -> Iterator[Proposal]:
    said = _SAID.search(finding.title) or _SAID.search(finding.explanation)
    if said is None or finding.status not in (FindingStatus.ACCEPTED, FindingStatus.FIXED):
        return
    path = find(said[1]) if finding.status is FindingStatus.FIXED else None
    if finding.status is FindingStatus.FIXED and path is None:
        return
    case = Case(
        id="",
        question=said[1].strip(),
        decision=Decision.HANDOFF,
        reason=HandoffReason.NO_EVIDENCE.value,
        source=f"finding:{finding.id}",
        tags=("gap",),
    )
    why = f"{finding.title}; due a person until an article answers it"
    if path is not None:
        case = replace(case, decision=Decision.ANSWER, reason="", articles=(path,))
        why = f"a gap that was closed: {finding.title}"
    quotes = [quote_from(item) for item in finding.evidence]
    yield proposed(case, Origin.FINDINGS, "gap", why, quotes, WORTH + finding.harm)
