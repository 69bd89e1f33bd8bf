"""Contradictions: claims on one subject, in scopes that meet, whose values can't both hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256

from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement, disagreements
from kb.claims.wording import details_of, explanation_of, severity_of, suggestion_of, title_of
from kb.contradictions.comparison import compared
from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.facts import remembered_as
from kb.findings import Finding, FindingKind
from kb.patterns import matches
from kb.types import Article


class ContradictionDetector:
    """Finds what articles say differently of the same thing, also within one article.

    More than two statements that disagree on one thing make one finding. Needs no encoder.
    """

    kind = FindingKind.CONTRADICTION

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Findings in order of their id, whatever the order of the articles."""
        settings = corpus.settings
        articles = {article.id: article for article in corpus.articles}
        comparison = compared(corpus, settings.min_confidence)
        rules = partial(matches, patterns=settings.authoritative)
        items = disagreements(comparison.edges, articles, rules)
        keys = [_key(item, comparison.versions) for item in items]
        worded = remembered_as(
            corpus.cache, "worded", keys, lambda n: _finding(items[n], articles), Finding
        )
        found: dict[str, Finding] = {}
        for finding in worded:
            if finding.id not in found or finding.confidence > found[finding.id].confidence:
                found[finding.id] = finding
        return [found[key] for key in sorted(found)]


def _key(item: Disagreement, versions: Mapping[str, str]) -> str:
    """Names all that a finding is made from: the articles and claims, and what came of them."""
    sides = [[_named(claim, versions) for claim in side] for side in item.sides]
    claims = [_named(claim, versions) for claim in item.claims]
    judgement = item.judgement
    judged = judgement.confidence, judgement.relation, sorted(judgement.shared), judgement.lone
    others = item.confidence, sorted(item.shared), item.reason, item.grounds
    return sha256(repr((claims, sides, judged, others)).encode()).hexdigest()


def _named(claim: Claim, versions: Mapping[str, str]) -> tuple[object, ...]:
    """What tells a claim from all others of any version of any article."""
    value = claim.value
    return (
        versions[claim.article_id],
        claim.spot.start,
        claim.spot.end,
        claim.key,
        (value.start, value.end, value.text, value.low, value.high) if value else claim.sign,
        claim.mode,
        claim.ordered,
        sorted(claim.sides.items()),
    )


def _finding(item: Disagreement, articles: Mapping[str, Article]) -> Finding:
    spots = sorted(
        {(articles[c.article_id].path, c.article_id, c.spot.start, c.spot.end) for c in item.claims}
    )
    marks = defaultdict(list)
    for claim in item.claims:
        if claim.mark:
            marks[claim.article_id].append(claim.mark)
    return Finding(
        id=_fingerprint(item),
        kind=FindingKind.CONTRADICTION,
        severity=severity_of(item, articles),
        confidence=item.confidence,
        title=title_of(item, articles),
        explanation=explanation_of(item, articles),
        suggestion=suggestion_of(item, articles),
        evidence=tuple(
            quote(articles[key], start, end, marks[key]) for _, key, start, end in spots
        ),
        owner=articles[spots[0][1]].owner,
        details=details_of(item, articles)
        | ({"grounds": item.grounds.value} if item.grounds else {}),
    )


def _fingerprint(item: Disagreement) -> str:
    """Of the articles, the subject and the values: the same wherever the statements move to, and
    another when what is claimed changes."""
    said = {f"{claim.key} {_normalised(claim)}" for claim in item.claims}
    ids = sorted({claim.article_id for claim in item.claims})
    own = frozenset.intersection(*(claim.own for claim in item.claims))
    return fingerprint(FindingKind.CONTRADICTION, *ids, "|", *sorted(own), "|", *sorted(said))


def _normalised(claim: Claim) -> str:
    value = claim.value
    if value is None:
        return str(claim.sign)
    return f"{value.low:g} {value.high:g} {value.bound.value} {' '.join(value.symbols)}"


plugin = ContradictionDetector()
