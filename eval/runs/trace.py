"""What a case asked of its release, and whether another release says the same to it.

A turn is made from the message, from what a release pins beside articles, and from what the
articles answer to the questions that the agent puts to them. So a turn of an earlier release is
this release's too when everything else is equal and each of those questions is answered as it was.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from agent.answers.languages import base
from agent.answers.vocabulary import Vocabulary
from agent.ports import KnowledgeBase
from kb.findings import Finding
from kb.types import Article, Filters, Hit, Passage

# Cosines of one text differ in the last digits, by what else was encoded beside it.
_SAME = 1e-5


@dataclass(frozen=True, slots=True)
class Search:
    """A question put to search, and what the agent reads of the answer: the passages in their
    order, and their cosines. Their scores are not read, and move with every passage that comes or
    goes."""

    text: str
    top: int
    filters: Filters
    per_article: bool
    passages: str
    cosines: tuple[float | None, ...]

    def again(self, knowledge: KnowledgeBase) -> bool:
        """Whether the knowledge answers the same."""
        hits = knowledge.search(self.text, self.top, self.filters, per_article=self.per_article)
        now = searched(self.text, self.top, self.filters, hits, per_article=self.per_article)
        return self.passages == now.passages and all(map(_close, self.cosines, now.cosines))


@dataclass(slots=True)
class Trace:
    """Everything that was asked, each question once. `center` is what the agent knows of the
    release as a whole; articles are by id, `named` ones by path; `read`, `weights` and `known`
    are what the vocabulary said of words and terms."""

    center: str = ""
    searches: dict[str, Search] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)
    trusted: dict[str, bool] = field(default_factory=dict)
    read: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    known: dict[str, bool] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values; no text of an article."""
        values = {name: getattr(self, name) for name in _PLAIN}
        return {**values, "searches": [_search_json(item) for item in self.searches.values()]}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Trace":
        """Raises `ValueError`, `TypeError` or `KeyError` for values that are none."""
        searches = [_search(item) for item in values["searches"]]
        trace = Trace(**{name: values[name] for name in _PLAIN})
        trace.searches = {key_of(item): item for item in searches}
        return trace


_PLAIN = ("center", "articles", "named", "findings", "trusted", "read", "weights", "known")


@dataclass(frozen=True)
class Ground:
    """One release, as it answers: its knowledge and vocabulary, and its articles by path."""

    knowledge: KnowledgeBase
    vocabulary: Vocabulary
    by_path: Mapping[str, Article]

    def confirms(self, trace: Trace) -> bool:
        """Whether everything that was asked is answered here as it was there. What costs least
        is looked at first."""
        words = self.vocabulary
        return (
            trace.center == center_of(list(self.by_path.values()))
            and _all(trace.known, words.known)
            and _all(trace.weights, words.weight)
            and _all(trace.read, lambda word: list(words.read(word)))
            and _all(trace.named, lambda path: article_digest(self.by_path.get(path)))
            and _all(trace.articles, lambda name: article_digest(self.knowledge.article(name)))
            and _all(trace.trusted, self._trusts)
            and _all(trace.findings, lambda name: findings_digest(self._open(name)))
            and all(item.again(self.knowledge) for item in trace.searches.values())
        )

    def _open(self, article_id: str) -> Sequence[Finding]:
        return self.knowledge.open_findings(article_id)

    def _trusts(self, article_id: str) -> bool:
        article = self.knowledge.article(article_id)
        return article is not None and self.knowledge.trusts(article)


def searched(
    text: str, top: int, filters: Filters, hits: Sequence[Hit], *, per_article: bool
) -> Search:
    """A search with its answer."""
    passages = _digest([_passage(hit.passage) for hit in hits])
    cosines = tuple(hit.similarity for hit in hits)
    return Search(text, top, filters, per_article, passages, cosines)


def key_of(item: Search) -> str:
    """The question alone."""
    return json.dumps([item.text, item.top, _filters(item.filters), item.per_article])


def article_digest(article: Article | None) -> str:
    """Of everything that is read of an article; empty for none. Its hash is of the document and
    not of the row, which somebody may have edited, so that the text counts too."""
    if article is None:
        return ""
    return _digest([article.content_hash, article.path, article.title, article.text])


def findings_digest(findings: Sequence[Finding]) -> str:
    """Of what the agent reads of findings, in their order: what they are about, not how harmful
    they are held to be."""
    return _digest(
        [
            [
                *(item.id, item.kind.value, item.severity.value, item.status.value),
                [[it.article_id, it.start, it.end, it.quote, it.heading] for it in item.evidence],
                dict(item.details),
            ]
            for item in findings
        ]
    )


def center_of(articles: Sequence[Article]) -> str:
    """Of what an agent knows of its articles as a whole, beside their words: in which languages
    they are, and how many in each. Which languages there are decides what is answered at all, and
    the commonest is the one that questions are put in."""
    locales = sorted({article.locale for article in articles})
    counts = Counter(base(article.locale) for article in articles)
    commonest = max(counts, key=lambda language: counts[language], default="")
    return json.dumps([locales, commonest])


def _all(then: Mapping[str, Any], now: Callable[[str], Any]) -> bool:
    return all(now(asked) == said for asked, said in then.items())


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _SAME


def _passage(item: Passage) -> list[Any]:
    return [
        *(item.id, item.article_id, item.path, item.title, list(item.heading_path)),
        *(item.start, item.end, item.text, item.locale, item.url),
        *(list(item.audience), list(item.product)),
    ]


def _filters(filters: Filters) -> list[Any]:
    return [list(filters.audience), filters.locale, filters.product]


def _search_json(item: Search) -> dict[str, Any]:
    return {
        "text": item.text,
        "top": item.top,
        "filters": _filters(item.filters),
        "per_article": item.per_article,
        "passages": item.passages,
        "cosines": list(item.cosines),
    }


def _search(values: Mapping[str, Any]) -> Search:
    audience, locale, product = values["filters"]
    return Search(
        values["text"],
        values["top"],
        Filters(tuple(audience), locale, product),
        values["per_article"],
        values["passages"],
        tuple(values["cosines"]),
    )


def _digest(values: Any) -> str:
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]
