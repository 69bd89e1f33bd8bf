"""Which articles answer a question, as far as search and the agent can tell."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from agent.agent import Agent
from agent.answers.words import terms
from agent.build import agent_on
from agent.types import Decision
from kb.build import Workspace
from kb.knowledge import Knowledge
from kb.types import Article, Filters, Passage

# Passages that are looked at, and the share of a question's words that one has to hold.
_HITS, _SPEAKS_OF = 12, 0.75
# What it adds that title and headings hold them.
_NAMED = 0.25


class Searching:
    """The live release's search and agent. Nothing is opened before the first question."""

    def __init__(self, work: Workspace, articles: Sequence[Article]) -> None:
        self._by_id = {article.id: article for article in articles}
        self._filters = Filters(audience=tuple(work.settings.agent.audience))
        self._agent: Callable[[], Agent] = lru_cache(maxsize=1)(lambda: agent_on(work))
        self._knowledge: Callable[[], Knowledge] = lru_cache(maxsize=1)(work.knowledge)

    def articles(self, question: str) -> Sequence[Article]:
        """Those of which one passage speaks of nearly all that the question is about, best
        first."""
        about = frozenset(terms(question))
        if not about:
            return ()
        hits = self._knowledge().search(question, _HITS, self._filters, per_article=False)
        worth: dict[str, float] = {}
        for hit in hits:
            held, named = _shares(about, hit.passage)
            if held >= _SPEAKS_OF:
                name = hit.passage.article_id
                worth[name] = max(worth.get(name, 0.0), held + _NAMED * named)
        ranked = sorted(worth, key=lambda name: -worth[name])
        return [self._by_id[name] for name in ranked if name in self._by_id]

    def path(self, question: str) -> str | None:
        """The path of the best of them."""
        return next((article.path for article in self.articles(question)), None)

    def cited(self, question: str) -> str | None:
        """The path of the article from which the live agent answers it first; None where it does
        not answer. Surer than search, and blind to what the agent misses."""
        turn = self._agent().answer(question)
        if turn.decision is not Decision.ANSWER:
            return None
        return next((citation.path for citation in turn.citations), None)


def _shares(about: frozenset[str], passage: Passage) -> tuple[float, float]:
    """Of the question's words those that the passage holds, and those that its headings do."""
    named = set(terms(" ".join((passage.title, *passage.heading_path))))
    held = set(terms(passage.embedded_text))
    return len(about & held) / len(about), len(about & named) / len(about)
