"""Topics that customers ask about and no article answers."""

from collections.abc import Iterable

from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.gaps import cluster
from kb.types import Article, BlockKind, Cluster, GapVerdict

SAID = {
    GapVerdict.MISSING: "no article answers",
    GapVerdict.THIN: "the articles barely answer",
    GapVerdict.HARD_TO_FIND: "the answer is hard to find",
}
CONFIDENCE = {GapVerdict.MISSING: 0.8, GapVerdict.THIN: 0.6, GapVerdict.HARD_TO_FIND: 0.6}
MANY = 20


class Gaps:
    """One finding for each uncovered topic; none without questions or without an index. Its
    `details`: `questions`, how many asked, and `verdict`, why they do not find an answer."""

    kind = FindingKind.GAP

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Largest topics first."""
        if not corpus.questions or corpus.search is None or corpus.encoder is None:
            return
        articles = {article.path: article for article in corpus.articles}
        topics = cluster(corpus.questions, corpus.encoder, corpus.search, corpus.settings)
        for topic in topics:
            if topic.verdict:
                nearest = next((articles[p] for p in topic.nearest if p in articles), None)
                yield self._finding(topic, topic.verdict, nearest)

    def _finding(self, topic: Cluster, verdict: GapVerdict, nearest: Article | None) -> Finding:
        size = len(topic.question_ids)
        asked = "; ".join(f"“{example}”" for example in topic.examples[:3])
        severity = Severity.LOW
        if verdict is GapVerdict.MISSING:
            severity = Severity.HIGH if size >= MANY else Severity.MEDIUM
        return Finding(
            id=fingerprint(self.kind, topic.id),
            kind=self.kind,
            severity=severity,
            confidence=CONFIDENCE[verdict],
            title=f"{size} customers asked, and {SAID[verdict]}: “{topic.label}”",
            explanation=f"{size} questions of the conversation log are about this, such as "
            f"{asked}.",
            suggestion=topic.suggestion,
            evidence=(_opening(nearest),) if nearest else (),
            owner=nearest.owner if nearest else "",
            details={"questions": str(size), "verdict": verdict.value},
        )


def _opening(article: Article) -> Evidence:
    """The first paragraph of the nearest article: what it is about."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind is BlockKind.PARAGRAPH:
                return quote(article, block.start, block.end)
    return quote(article, 0, 0)


plugin = Gaps()
