"""An answer from evidence: written, grounded, and honest about contradictions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.answers.caveats import Dispute, disputes, preferred, said
from agent.answers.evidence import Evidence
from agent.answers.outdated import marks, told
from agent.answers.quoting import apart, readable_by
from agent.answers.sieve import Sieved, sieve
from agent.answers.translation import translated
from agent.answers.write import Line, join, merged
from agent.answers.writers import Extractive, Modelled, near
from agent.models.assistance import Assistance
from agent.ports import KnowledgeBase
from agent.types import Citation, HandoffReason
from kb.findings import Finding
from kb.settings import AgentSettings

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer with its citations, or why there is none. `struck` are sentences that were
    written and not supported; `writer` wrote what is left; `language` is the code of the language
    that it is in, empty for that of the articles."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    handoff: HandoffReason | None = None
    why: str = ""
    struck: tuple[str, ...] = ()
    writer: str = ""
    language: str = ""


def compose(
    evidence: Evidence,
    knowledge: KnowledgeBase,
    settings: AgentSettings,
    assistance: Assistance | None = None,
    say: Say | None = None,
    language: str = "",
) -> Draft:
    """The answer to one question. With a model it writes, and the articles' own sentences stand
    in when it fails or too little of what it wrote is supported.

    `say` gets the answer in pieces, each as soon as it has passed; put together they are the text
    so far. When another text takes its place after all, what was said is no beginning of it.
    `language` is the customer's, where it is not the articles'.
    """
    struck: tuple[str, ...] = ()
    if assistance is not None:
        outlet = None if language else _outlet(say, evidence, knowledge, settings)
        writer = Modelled(assistance)
        sieved = sieve(writer, evidence, knowledge.article, outlet)
        struck = sieved.struck
        if sieved.nothing_found:
            why = "the model found no answer in the passages"
            return Draft(handoff=HandoffReason.NO_EVIDENCE, why=why, struck=struck)
        if sieved.kept and not sieved.failed:
            draft = _finished(sieved, knowledge, settings, assistance, language)
            return replace(draft, writer=writer.name)
    quoting = Extractive(settings.max_sentences)
    sieved = sieve(quoting, evidence, knowledge.article, None)
    sieved = replace(sieved, struck=(*struck, *sieved.struck))
    draft = _finished(sieved, knowledge, settings, assistance, language)
    return replace(draft, writer=quoting.name)


def check(
    drafted: Sequence[Line], knowledge: KnowledgeBase, settings: AgentSettings
) -> list[Line] | Draft:
    """The lines with open contradictions and stale words treated as the settings say; a handoff
    where nothing is left or they say so."""
    kept = [line for line in drafted if line.grounded]
    if not kept:
        why = "no sentence is supported by what it cites"
        return Draft(handoff=HandoffReason.NOT_GROUNDED, why=why)
    found = disputes(kept, _findings(kept, knowledge))
    if found and settings.contradictions == "handoff":
        why = f"open contradiction {found[0].finding.id} on what would be cited"
        return Draft(handoff=HandoffReason.CONTRADICTION, why=why)
    read = readable_by(settings.audience, knowledge.article)
    kept, open_disputes = _settled(kept, found, knowledge, settings)
    stale = marks(kept, _findings(kept, knowledge), disputed=bool(open_disputes))
    if stale and settings.stale == "handoff":
        why = f"stale mark {stale[0].finding.id} on what would be cited"
        return Draft(handoff=HandoffReason.OUTDATED, why=why)
    caveats = [line for item in open_disputes for line in said(item, read)]
    if settings.stale == "say":
        caveats += told(stale, read)
    return [*kept, *apart(caveats)]


def _finished(
    sieved: Sieved,
    knowledge: KnowledgeBase,
    settings: AgentSettings,
    assistance: Assistance | None,
    language: str,
) -> Draft:
    """The whole text; in the customer's language where that can be trusted."""
    checked = check(sieved.kept, knowledge, settings)
    if isinstance(checked, Draft):
        return replace(checked, struck=sieved.struck)
    foreign = translated(checked, language, assistance) if language and assistance else None
    return Draft(
        join(foreign or checked),
        merged(checked, knowledge.article),
        struck=sieved.struck,
        language=language if foreign else "",
    )


def _outlet(
    say: Say | None, evidence: Evidence, knowledge: KnowledgeBase, settings: AgentSettings
) -> Say | None:
    """None where an open finding may still change or take back what would be said."""
    if settings.contradictions == "say" and settings.stale != "handoff":
        return say
    offered = {candidate.article.id for candidate in near(evidence.candidates)}
    return None if any(knowledge.open_findings(article) for article in offered) else say


def _findings(answer: Sequence[Line], knowledge: KnowledgeBase) -> list[Finding]:
    cited = dict.fromkeys(citation.article_id for line in answer for citation in line.citations)
    return [found for article in cited for found in knowledge.open_findings(article)]


def _settled(
    answer: list[Line],
    found: Sequence[Dispute],
    knowledge: KnowledgeBase,
    settings: AgentSettings,
) -> tuple[list[Line], list[Dispute]]:
    """The answer with the better side of each dispute, where one side is to be preferred and can
    be told, and the disputes that are still to be told of."""
    if settings.contradictions != "prefer":
        return answer, list(found)
    read = readable_by(settings.audience, knowledge.article)
    still_open = []
    for dispute in found:
        better = preferred(answer, dispute, read, knowledge.trusts)
        if better and all(line.grounded for line in better):
            answer = better
        else:
            still_open.append(dispute)
    return answer, still_open
