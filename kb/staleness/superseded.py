"""Articles that a much newer one contradicts."""

from collections.abc import Iterable, Iterator

from kb.corpus import Corpus
from kb.evidence import fingerprint
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.patterns import matches
from kb.staleness.age import Ages

NEWER_DAYS = 180
LEAST_CONFIDENCE = 0.8
# The contradiction itself stands before what is concluded from it.
SHARE = 0.9


def superseded(found: Iterable[Finding], corpus: Corpus) -> Iterator[Finding]:
    """A stale finding for the older side of each sure contradiction between articles of which one
    was vouched for half a year after all others. `details["contradiction"]` is the id of the
    contradiction, `details["older_days"]` how many days lie between. None where the older article
    is authoritative, or the contradiction calls its side likelier right."""
    articles = {article.id: article for article in corpus.articles}
    ages = Ages(corpus.articles, corpus.today)
    authoritative = corpus.settings.authoritative
    for finding in found:
        if finding.kind is not FindingKind.CONTRADICTION or finding.confidence < LEAST_CONFIDENCE:
            continue
        ids = sorted({item.article_id for item in finding.evidence})
        dated = sorted(
            (day, id_) for id_ in ids if (day := ages.vouched(articles[id_])) is not None
        )
        if len(ids) < 2 or len(dated) < len(ids):
            continue
        (oldest, id_), (newest, _) = dated[0], dated[-1]
        days = (newest - oldest).days
        old = [item for item in finding.evidence if item.article_id == id_]
        new = [item for item in finding.evidence if item.article_id != id_]
        trusted = matches(articles[id_].path, authoritative) or _is_likelier(finding, old, new)
        if days >= NEWER_DAYS and not trusted:
            yield _finding(finding, old, new, days, articles[id_].owner)


def _is_likelier(finding: Finding, old: list[Evidence], new: list[Evidence]) -> bool:
    said = finding.details.get("likelier", "").strip("“”\"'")
    if not said:
        return False
    return any(said in e.quote for e in old) and not any(said in e.quote for e in new)


def _finding(
    finding: Finding, old: list[Evidence], new: list[Evidence], days: int, owner: str
) -> Finding:
    older, newer = old[0].title, new[0].title
    proof = f"'{newer}', {days} days newer, says otherwise"
    return Finding(
        id=fingerprint(FindingKind.STALE, "contradicted", old[0].article_id, finding.id),
        kind=FindingKind.STALE,
        severity=Severity.LOW,
        confidence=round(finding.confidence * SHARE, 4),
        title=f"'{older}' says what the newer '{newer}' contradicts",
        explanation=f"{proof}: {finding.title}",
        suggestion="Bring the older article into line, or mend the newer one.",
        evidence=(*old, *new),
        owner=owner,
        details={
            "signal": "contradicted",
            "evidence": proof,
            "stale_quotes": str(len(old)),
            "contradiction": finding.id,
            "older_days": str(days),
        },
    )
