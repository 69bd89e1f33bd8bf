"""An answer from evidence: chosen, checked, and honest about contradictions."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.answers.caveats import Dispute, disputes, preferred, said
from agent.answers.evidence import Candidate, Evidence
from agent.answers.outdated import marks, told
from agent.answers.quoting import Read, apart, readable_by
from agent.answers.select import says_something, select
from agent.answers.write import Line, join, lines, merged
from agent.ports import KnowledgeBase
from agent.types import Citation, HandoffReason
from kb.findings import Finding
from kb.settings import AgentSettings

# What words and headings add to a section's cosine against its neighbours in the same article.
_WORDS, _HEADING, _FOCUS = 0.15, 0.15, 0.15
# A section whose cosine is this far below the first one's does not stand in for it.
_RIVAL = 0.15


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer with its citations, or why there is none."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    handoff: HandoffReason | None = None
    why: str = ""


def draft(evidence: Evidence, settings: AgentSettings) -> list[Line]:
    """What the best section says to the question."""
    best = _best(evidence.candidates)
    return lines(select(evidence.question, best, settings.max_sentences), best)


def _best(candidates: Sequence[Candidate]) -> Candidate:
    """Search's first article, and in it the section that fits best, preferring one that says
    something itself to one that only points elsewhere."""
    first = candidates[0]
    same = [item for item in candidates if item.article.id == first.article.id]
    best = max(same, key=_fit)
    if says_something(best):
        return best
    rivals = [
        item
        for item in candidates
        if first.similarity - item.similarity <= _RIVAL and says_something(item)
    ]
    return rivals[0] if rivals else best


def _fit(candidate: Candidate) -> float:
    words = _WORDS * candidate.coverage + _HEADING * candidate.heading + _FOCUS * candidate.focus
    return candidate.similarity + words


def check(drafted: Sequence[Line], knowledge: KnowledgeBase, settings: AgentSettings) -> Draft:
    """The answer without what its citations do not support, and with open contradictions and
    stale words treated as the settings say; nothing left is a handoff."""
    kept = [line for line in drafted if line.grounded]
    if not kept:
        why = "no sentence is supported by what it cites"
        return Draft(handoff=HandoffReason.NOT_GROUNDED, why=why)
    found = disputes(kept, _findings(kept, knowledge))
    if found and settings.contradictions == "handoff":
        why = f"open contradiction {found[0].finding.id} on what would be cited"
        return Draft(handoff=HandoffReason.CONTRADICTION, why=why)
    read = readable_by(settings.audience, knowledge.article)
    kept, open_disputes = _settled(kept, found, knowledge, settings, read)
    stale = marks(kept, _findings(kept, knowledge), disputed=bool(open_disputes))
    if stale and settings.stale == "handoff":
        why = f"stale mark {stale[0].finding.id} on what would be cited"
        return Draft(handoff=HandoffReason.OUTDATED, why=why)
    caveats = [line for item in open_disputes for line in said(item, read)]
    if settings.stale == "say":
        caveats += told(stale, read)
    whole = [*kept, *apart(caveats)]
    return Draft(join(whole), merged(whole, knowledge.article))


def _findings(answer: Sequence[Line], knowledge: KnowledgeBase) -> list[Finding]:
    cited = dict.fromkeys(citation.article_id for line in answer for citation in line.citations)
    return [found for article in cited for found in knowledge.open_findings(article)]


def _settled(
    answer: list[Line],
    found: Sequence[Dispute],
    knowledge: KnowledgeBase,
    settings: AgentSettings,
    read: Read,
) -> tuple[list[Line], list[Dispute]]:
    """The answer with the better side of each dispute, where one side is to be preferred and can
    be told, and the disputes that are still to be told of."""
    if settings.contradictions != "prefer":
        return answer, list(found)
    still_open = []
    for dispute in found:
        better = preferred(answer, dispute, read, knowledge.trusts)
        if better and all(line.grounded for line in better):
            answer = better
        else:
            still_open.append(dispute)
    return answer, still_open
