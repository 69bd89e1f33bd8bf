"""Watches what an agent asks its release while a case is played."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from agent.answers.vocabulary import Vocabulary
from agent.ports import KnowledgeBase
from eval.golden.case import Case
from eval.runs.trace import (
    Ground,
    Trace,
    article_digest,
    center_of,
    findings_digest,
    key_of,
    searched,
)
from kb.findings import Finding
from kb.ports import Resemblance
from kb.types import Article, Filters, Hit

Open = Callable[[], Trace | None]


class Watcher:
    """Implements the port `agent.build.Watch` for every agent of one release. Whatever is asked
    in the thread of a `watching` block stands in its trace; what is asked outside of one, in none.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        """`articles` are those of the release that agents may know."""
        self._by_path = {article.path: article for article in articles}
        self._center = center_of(articles)
        self._open: ContextVar[Trace | None] = ContextVar("trace", default=None)

    def knowledge(self, knowledge: KnowledgeBase) -> KnowledgeBase:
        return WatchedKnowledge(knowledge, self._open.get)

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        return WatchedVocabulary(vocabulary, self._open.get)

    @contextmanager
    def watching(self, case: Case) -> Iterator[Trace]:
        """The trace of a case, filled while the block runs. Whoever plays the case may look into
        the articles that it names, so that these count as asked."""
        trace = Trace(center=self._center)
        for path in (*case.articles, *case.not_articles):
            trace.named[path] = article_digest(self._by_path.get(path))
        token = self._open.set(trace)
        try:
            yield trace
        finally:
            self._open.reset(token)


def ground_of(knowledge: KnowledgeBase) -> Ground:
    """A release to hold traces against."""
    articles = knowledge.articles()
    return Ground(
        knowledge, Vocabulary.of(articles), {article.path: article for article in articles}
    )


class WatchedKnowledge:
    """A `KnowledgeBase` that notes what it is asked, and what it says."""

    def __init__(self, knowledge: KnowledgeBase, trace: Open) -> None:
        self.release = knowledge.release
        self._knowledge = knowledge
        self._trace = trace

    def articles(self) -> Sequence[Article]:
        """Not noted: an agent is built of them, and a trace's `center` and words say what of."""
        return self._knowledge.articles()

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        hits = self._knowledge.search(text, top, filters, per_article=per_article)
        if trace := self._trace():
            item = searched(text, top, filters, hits, per_article=per_article)
            trace.searches[key_of(item)] = item
        return hits

    def article(self, article_id: str) -> Article | None:
        found = self._knowledge.article(article_id)
        if trace := self._trace():
            trace.articles[article_id] = article_digest(found)
        return found

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        """Not noted: it depends on nothing but the texts and the model."""
        return self._knowledge.resemblance(question, texts)

    def open_findings(self, article_id: str) -> Sequence[Finding]:
        found = self._knowledge.open_findings(article_id)
        if trace := self._trace():
            trace.findings[article_id] = findings_digest(found)
        return found

    def trusts(self, article: Article) -> bool:
        trusted = self._knowledge.trusts(article)
        if trace := self._trace():
            trace.trusted[article.id] = trusted
        return trusted


class WatchedVocabulary(Vocabulary):
    """A `Vocabulary` that notes what it says of words."""

    def __init__(self, vocabulary: Vocabulary, trace: Open) -> None:
        super().__init__(vocabulary.articles, vocabulary.frequency)
        # The class it stands in for is frozen.
        object.__setattr__(self, "_trace", trace)

    def weight(self, term: str) -> float:
        weight = super().weight(term)
        if trace := self._noted():
            trace.weights[term] = weight
        return weight

    def known(self, term: str) -> bool:
        known = super().known(term)
        if trace := self._noted():
            trace.known[term] = known
        return known

    def read(self, word: str) -> tuple[str, ...]:
        terms = super().read(word)
        if trace := self._noted():
            trace.read[word] = list(terms)
        return terms

    def _noted(self) -> Trace | None:
        open_one: Open = self.__dict__["_trace"]
        return open_one()
