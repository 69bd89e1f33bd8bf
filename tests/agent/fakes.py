"""Stand-ins for what the agent needs from the world, kept in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import sqrt

from agent.answers.words import terms
from agent.state import State
from agent.types import Conversation, Handoff, Message, Turn
from kb.errors import Permanent
from kb.findings import Finding
from kb.parse import Defaults, parse
from kb.types import Article, Document, Filters, Hit, Passage, Release, ReleaseStatus

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def article(path: str, text: str) -> Article:
    """A Markdown article as the product reads it."""
    document = Document(f"docs:{path}", "docs", path, "text/markdown", text.encode(), "1")
    return parse(document, Defaults())


class WordKnowledge:
    """A `KnowledgeBase` that finds sections by their words; similarity is the cosine of the sets
    of words."""

    def __init__(
        self,
        articles: Sequence[Article],
        findings: Sequence[Finding] = (),
        release: str = "r1",
        trusted: Sequence[str] = (),
    ) -> None:
        self.release = Release(release, release, ReleaseStatus.LIVE, NOW)
        self.searched: list[str] = []
        self._articles = {item.id: item for item in articles}
        self._findings = findings
        self._trusted = trusted
        self._passages = [
            (passage, set(terms(passage.embedded_text)))
            for item in articles
            for passage in _passages(item)
        ]

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def open_findings(self, article_id: str) -> list[Finding]:
        return [
            finding
            for finding in self._findings
            if any(item.article_id == article_id for item in finding.evidence)
        ]

    def trusts(self, article: Article) -> bool:
        return article.path in self._trusted

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        self.searched.append(text)
        asked = set(terms(text))
        hits = []
        for passage, found in self._passages:
            if passage.audience and not set(passage.audience) & set(filters.audience):
                continue
            shared = len(asked & found)
            cosine = shared / sqrt(max(1, len(asked)) * max(1, min(len(found), 4)))
            hits.append(Hit(passage, cosine, min(0.9, cosine)))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return hits[:top]


def _passages(item: Article) -> list[Passage]:
    return [
        Passage(
            f"{item.id}#{number}",
            item.id,
            item.path,
            item.title,
            section.path,
            section.start,
            section.end,
            " ".join(block.text for block in section.blocks),
            item.audience,
        )
        for number, section in enumerate(item.sections)
    ]


class MemoryConversations:
    """A `ConversationStore` that forgets with the process."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}
        self._given_back: dict[str, datetime] = {}

    def record(self, message: Message, turn: Turn, state: State | None = None) -> None:
        known = self._conversations.get(turn.conversation_id) or Conversation(
            turn.conversation_id, message.channel, turn.created_at, customer=message.customer
        )
        self._conversations[known.id] = replace(
            known,
            turns=(*known.turns, turn),
            state=known.state if state is None else state.to_json(),
            identity=max(known.identity, message.identity, key=lambda item: item.level),
        )

    def get(self, conversation_id: str) -> Conversation | None:
        return self._conversations.get(conversation_id)

    def handed_over(self, conversation_id: str) -> Handoff | None:
        found = [item for item in self._handoffs() if item.conversation_id == conversation_id]
        return next((item for item in reversed(found) if item.closed_at is None), None)

    def give_back(self, handoff_id: str, at: datetime) -> None:
        if self.handoff(handoff_id) is None:
            raise Permanent(f"there is no handoff {handoff_id}")
        self._given_back[handoff_id] = at

    def handoff(self, handoff_id: str) -> Handoff | None:
        return next((item for item in self._handoffs() if item.id == handoff_id), None)

    def handoffs(self, limit: int = 50, offset: int = 0) -> list[Handoff]:
        found = sorted(self._handoffs(), key=lambda item: (item.created_at, item.id), reverse=True)
        return found[offset : offset + limit]

    def _handoffs(self) -> list[Handoff]:
        turns = [turn for item in self._conversations.values() for turn in item.turns]
        return [
            replace(turn.handoff, closed_at=self._given_back.get(turn.handoff.id))
            for turn in turns
            if turn.handoff
        ]
