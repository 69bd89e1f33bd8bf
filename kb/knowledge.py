"""What an agent may know: one release, frozen, and what is wrong with it, as it is known now."""

from collections.abc import Sequence
from functools import lru_cache

from kb.findings import Finding
from kb.patterns import matches
from kb.ports import ArticleStore, Compare, FindingStore, Resemblance
from kb.retrieve import Retriever
from kb.settings import HygieneSettings
from kb.standing import Standing
from kb.types import Article, Filters, Hit, Release

_CACHED_ARTICLES = 512
_NO_FILTERS = Filters()
_DEFAULTS = HygieneSettings()


class Knowledge:
    """The articles, the search and the known faults of one release."""

    def __init__(
        self,
        release: Release,
        articles: ArticleStore,
        retriever: Retriever,
        findings: FindingStore,
        settings: HygieneSettings = _DEFAULTS,
        compare: Compare | None = None,
    ) -> None:
        self.release = release
        self._compare = compare
        self._retriever = retriever
        self._store = articles
        self._settings = settings
        self._article = lru_cache(maxsize=_CACHED_ARTICLES)(
            lambda article_id: articles.get(release.id, article_id)
        )
        self._standing = Standing(findings, self.article)

    def search(
        self, text: str, top: int, filters: Filters = _NO_FILTERS, *, per_article: bool = True
    ) -> list[Hit]:
        """As `Retriever.search`."""
        return self._retriever.search(text, top, filters, per_article=per_article)

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        """How close the words of a question are to texts; None where no model tells."""
        return self._compare(question, texts) if self._compare and texts else None

    def articles(self) -> list[Article]:
        """Every article of the release, by id; read anew at each call."""
        return self._store.of_release(self.release.id)

    def article(self, article_id: str) -> Article | None:
        """The article as it stands in this release; None when it does not belong to it."""
        return self._article(article_id)

    def open_findings(self, article_id: str) -> list[Finding]:
        """Findings on words of this article that somebody is still to act on, as of now, most
        harmful first."""
        return self._standing.of(article_id)

    def trusts(self, article: Article) -> bool:
        """Whether the settings name the article as right where others differ."""
        return matches(article.path, self._settings.authoritative)
