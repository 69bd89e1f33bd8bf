"""Contradictions: claims on one subject, in scopes that meet, whose values can't both hold."""

from collections.abc import Iterable

from kb.claims.claim import Claim
from kb.claims.disagreement import Disagreement, disagreements
from kb.claims.extract import extract
from kb.claims.vocabulary import vocabulary
from kb.claims.weights import Weights
from kb.claims.wording import explanation_of, severity_of, suggestion_of, title_of
from kb.claims.words import vocabulary_of
from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.types import Article, Finding, FindingKind


class ContradictionDetector:
    """Finds what articles say differently of the same thing, also within one article.

    More than two statements that disagree on one thing make one finding. Needs no encoder.
    """

    kind = FindingKind.CONTRADICTION

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Findings in order of their id, whatever the order of the articles."""
        names = vocabulary(corpus.articles)
        claims = [claim for article in corpus.articles for claim in extract(article, names)]
        weights = Weights.of(
            (vocabulary_of(article.text) for article in corpus.articles),
            ((claim.kind.value, claim.own) for claim in claims),
        )
        articles = {article.id: article for article in corpus.articles}
        least = corpus.settings.min_confidence
        found: dict[str, Finding] = {}
        for item in disagreements(claims, articles, weights, least):
            finding = _finding(item, articles)
            if finding.id not in found or finding.confidence > found[finding.id].confidence:
                found[finding.id] = finding
        return [found[key] for key in sorted(found)]


def _finding(item: Disagreement, articles: dict[str, Article]) -> Finding:
    spots = sorted(
        {(articles[c.article_id].path, c.article_id, c.spot.start, c.spot.end) for c in item.claims}
    )
    evidence = tuple(quote(articles[key], start, end) for _, key, start, end in spots)
    return Finding(
        id=_fingerprint(item),
        kind=FindingKind.CONTRADICTION,
        severity=severity_of(item, articles),
        confidence=item.confidence,
        title=title_of(item),
        explanation=explanation_of(item, articles),
        suggestion=suggestion_of(item, articles),
        evidence=evidence,
        owner=articles[spots[0][1]].owner,
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
