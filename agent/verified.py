"""Answers from reviewed articles alone."""

from collections.abc import Callable, Sequence

from agent.ports import KnowledgeBase
from kb.findings import Finding
from kb.ports import Resemblance
from kb.types import Article, Filters, Hit


class Verified:
    """A `KnowledgeBase` without the articles that nobody vouches for: they are neither found nor
    read. `vouched` is asked each time, so that an article leaves on the day its cycle ends."""

    def __init__(self, knowledge: KnowledgeBase, vouched: Callable[[Article], bool]) -> None:
        self.release = knowledge.release
        self._knowledge = knowledge
        self._vouched = vouched

    def articles(self) -> list[Article]:
        return [article for article in self._knowledge.articles() if self._vouched(article)]

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        """As the knowledge does, past what is left out."""
        limit = top
        while True:
            found = self._knowledge.search(text, limit, filters, per_article=per_article)
            hits = [hit for hit in found if self.article(hit.passage.article_id)]
            if len(hits) >= top or len(found) < limit:
                return hits[:top]
            limit *= 4

    def article(self, article_id: str) -> Article | None:
        article = self._knowledge.article(article_id)
        return article if article and self._vouched(article) else None

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        return self._knowledge.resemblance(question, texts)

    def open_findings(self, article_id: str) -> Sequence[Finding]:
        return self._knowledge.open_findings(article_id)

    def trusts(self, article: Article) -> bool:
        return self._knowledge.trusts(article)
