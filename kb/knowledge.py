"""What an agent may know: one release, frozen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kb.ports import ArticleStore
from kb.retrieve import Retriever
from kb.types import Article, Filters, Finding, FindingStatus, Hit, Release

_CACHED_ARTICLES = 512
_STANDING = {FindingStatus.OPEN, FindingStatus.ACCEPTED, FindingStatus.SNOOZED}
_NO_FILTERS = Filters()


class Knowledge:
    """The articles, the search and the known faults of one release."""

    def __init__(
        self,
        release: Release,
        articles: ArticleStore,
        retriever: Retriever,
        findings: Iterable[Finding] = (),
    ) -> None:
        self.release = release
        self._retriever = retriever
        self._store = articles
        self._article = lru_cache(maxsize=_CACHED_ARTICLES)(
            lambda article_id: articles.get(release.id, article_id)
        )
        self._findings = _by_article(findings)

    def search(
        self, text: str, top: int, filters: Filters = _NO_FILTERS, *, per_article: bool = True
    ) -> list[Hit]:
        """As `Retriever.search`."""
        return self._retriever.search(text, top, filters, per_article=per_article)

    def articles(self) -> list[Article]:
        """Every article of the release, by id; read anew at each call."""
        return self._store.of_release(self.release.id)

    def article(self, article_id: str) -> Article | None:
        """The article as it stands in this release; None when it does not belong to it."""
        return self._article(article_id)

    def open_findings(self, article_id: str) -> list[Finding]:
        """Findings with evidence in the article that nobody has dismissed or mended."""
        return list(self._findings.get(article_id, ()))


def _by_article(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.status in _STANDING:
            for article_id in dict.fromkeys(item.article_id for item in finding.evidence):
                found[article_id].append(finding)
    return found
