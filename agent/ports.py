"""What the agent needs from the world."""

from collections.abc import Sequence
from typing import Protocol

from agent.types import Conversation, Handoff, Message, Turn
from kb.findings import Finding
from kb.types import Article, Filters, Hit, Release


class KnowledgeBase(Protocol):
    """One release, readable. Implementation: `kb.knowledge.Knowledge`."""

    release: Release

    def articles(self) -> Sequence[Article]:
        """Every article of the release; costly, called once."""
        ...

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        """Best first, at most `top`; with `per_article` at most one hit an article."""
        ...

    def article(self, article_id: str) -> Article | None: ...

    def open_findings(self, article_id: str) -> Sequence[Finding]:
        """Findings that quote this article and that somebody is still to act on, as of now."""
        ...

    def trusts(self, article: Article) -> bool:
        """Whether the settings name the article as right where others differ."""
        ...


class ConversationStore(Protocol):
    """Conversations and the handoffs in them. Implementation: `agent.store.Conversations`."""

    def record(self, message: Message, turn: Turn) -> None:
        """Adds a turn and its handoff, in one transaction; the first turn of an unknown
        conversation makes it, with the message's channel and customer."""
        ...

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with its turns, oldest first."""
        ...

    def handed_over(self, conversation_id: str) -> Handoff | None:
        """The handoff that a person has not given back yet, if there is one."""
        ...

    def handoffs(self, limit: int = 50, offset: int = 0) -> list[Handoff]:
        """Newest first."""
        ...
