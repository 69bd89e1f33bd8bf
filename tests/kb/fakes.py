"""Ports in memory, for tests of use cases."""

from collections.abc import Iterable, Mapping

from kb.errors import Permanent
from kb.types import Article, Document


class MemoryArticles:
    """An `ArticleStore` whose releases are pinned by `pin`."""

    def __init__(self) -> None:
        self._head: dict[str, tuple[Article, str]] = {}
        self._releases: dict[str, dict[str, Article]] = {}

    def head(self) -> list[Article]:
        return [self._head[key][0] for key in sorted(self._head)]

    def revisions(self, source: str) -> dict[str, str]:
        return {
            key: revision
            for key, (article, revision) in self._head.items()
            if article.source == source
        }

    def put(self, article: Article, revision: str) -> None:
        self._head[article.id] = (article, revision)

    def touch(self, article_id: str, revision: str) -> None:
        self._head[article_id] = (self._head[article_id][0], revision)

    def remove(self, ids: Iterable[str]) -> None:
        for key in ids:
            self._head.pop(key, None)

    def pin(self, release_id: str) -> None:
        self._releases[release_id] = {article.id: article for article in self.head()}

    def of_release(self, release_id: str) -> list[Article]:
        pinned = self._releases.get(release_id, {})
        return [pinned[key] for key in sorted(pinned)]

    def get(self, release_id: str, article_id: str) -> Article | None:
        return self._releases.get(release_id, {}).get(article_id)


class MemorySource:
    """A `Source` of Markdown texts, by external id; None can't be read. `fetched` names what
    was read, in order."""

    def __init__(self, texts: Mapping[str, str | None], name: str = "memory") -> None:
        self.name = name
        self.texts = dict(texts)
        self.touched: dict[str, int] = {}
        self.fetched: list[str] = []

    def touch(self, external_id: str) -> None:
        """Moves the revision, not the content."""
        self.touched[external_id] = self.touched.get(external_id, 0) + 1

    def revisions(self) -> Mapping[str, str]:
        return {key: f"{hash(text)}-{self.touched.get(key, 0)}" for key, text in self.texts.items()}

    def assets(self) -> frozenset[str]:
        return frozenset()

    def fetch(self, external_id: str) -> Document:
        self.fetched.append(external_id)
        text = self.texts[external_id]
        if text is None:
            raise Permanent("torn in two")
        return Document(
            id=f"{self.name}:{external_id}",
            source=self.name,
            path=external_id,
            media_type="text/markdown",
            data=text.encode(),
            revision=self.revisions()[external_id],
        )
