"""The JSON that goes over the wire."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from agent.types import Citation, Conversation, Handoff, Message, Turn
from kb.types import Article

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Short = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROL)]
Value = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_CONTROL)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")]

CHAT_EXAMPLE: dict[str, JsonValue] = {
    "message": "How do I download an invoice?",
    "channel": "chat",
    "locale": "en",
}
TURN_EXAMPLE: dict[str, JsonValue] = {
    "conversation_id": "yV0cUuRGJb3k0zQ2qkqWl1oZbTn2QG8X",
    "turn_id": "d2nqvC1FQkFqZ3Jk",
    "decision": "answer",
    "text": "1. Open Settings > Billing.\n2. Choose Download next to the invoice.",
    "citations": [
        {
            "article": "billing/invoices.md",
            "title": "Invoices",
            "url": "/articles/billing/invoices.md?start=210&end=289#quote",
            "quote": "1. Open **Settings > Billing**.\n2. Choose **Download**.",
            "start": 210,
            "end": 289,
            "heading": "Download an invoice",
        }
    ],
    "handoff": None,
    "confidence": 0.93,
    "timings_ms": {"screen": 0.1, "retrieve": 18.2, "decide": 2.9, "total": 22.0},
}


class ChatRequest(BaseModel):
    """One message of a customer. Without `conversation_id` it begins a conversation."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [CHAT_EXAMPLE]})

    message: str = Field(min_length=1, description="What the customer wrote.")
    conversation_id: Identifier | None = Field(None, description="Of the turn before.")
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")] = "chat"
    locale: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,35}$")] | None = None
    customer: dict[Short, Value] = Field(
        default_factory=dict, max_length=30, description="What the host application knows."
    )

    def to_message(self) -> Message:
        return Message(
            self.message, self.conversation_id, self.channel, self.locale, dict(self.customer)
        )


class CitationOut(BaseModel):
    """Words of an article: `quote` stands there from `start` to `end`, in code points."""

    article: str
    title: str
    url: str
    quote: str
    start: int
    end: int
    heading: str = ""

    @classmethod
    def of(cls, citation: Citation) -> "CitationOut":
        return cls(
            article=citation.path,
            title=citation.title,
            url=citation.url or page_of(citation.path, citation.start, citation.end),
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            heading=citation.heading,
        )


class HandoffOut(BaseModel):
    """That a person takes over, and why."""

    id: str
    reason: str
    summary: str


class HandoffCase(HandoffOut):
    """Everything that the person needs."""

    conversation_id: str
    created_at: datetime
    question: str
    transcript: list[tuple[str, str]]
    evidence: list[CitationOut]

    @classmethod
    def of(cls, handoff: Handoff) -> "HandoffCase":
        return cls(
            id=handoff.id,
            reason=handoff.reason,
            summary=handoff.summary,
            conversation_id=handoff.conversation_id,
            created_at=handoff.created_at,
            question=handoff.question,
            transcript=list(handoff.transcript),
            evidence=[CitationOut.of(item) for item in handoff.evidence],
        )


class TurnOut(BaseModel):
    """What became of a message. `decision` is a field of its own, never to be read out of the
    text; `confidence` is the chance that the evidence answers, in [0, 1]."""

    model_config = ConfigDict(json_schema_extra={"examples": [TURN_EXAMPLE]})

    conversation_id: str
    turn_id: str
    decision: Literal["answer", "clarify", "handoff"]
    text: str
    citations: list[CitationOut]
    handoff: HandoffOut | None = None
    confidence: float
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, turn: Turn) -> "TurnOut":
        handoff = turn.handoff
        return cls(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            decision=turn.decision.value,
            text=turn.text,
            citations=[CitationOut.of(item) for item in turn.citations],
            handoff=handoff
            and HandoffOut(id=handoff.id, reason=handoff.reason, summary=handoff.summary),
            confidence=turn.confidence,
            timings_ms=dict(turn.timings_ms),
        )


class RecordedTurn(TurnOut):
    """A turn with the question and why it was decided so."""

    question: str
    reason: str
    created_at: datetime
    release_id: str | None

    @classmethod
    def of(cls, turn: Turn) -> "RecordedTurn":
        return cls(
            **TurnOut.of(turn).model_dump(),
            question=turn.question,
            reason=turn.reason,
            created_at=turn.created_at,
            release_id=turn.release_id,
        )


class ConversationOut(BaseModel):
    """A conversation, its turns oldest first."""

    id: str
    channel: str
    created_at: datetime
    customer: dict[str, str]
    turns: list[RecordedTurn]

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationOut":
        return cls(
            id=conversation.id,
            channel=conversation.channel,
            created_at=conversation.created_at,
            customer=dict(conversation.customer),
            turns=[RecordedTurn.of(turn) for turn in conversation.turns],
        )


class ArticleOut(BaseModel):
    """An article's text, in which citations count their offsets."""

    article: str
    title: str
    url: str
    locale: str
    updated_at: datetime | None
    text: str

    @classmethod
    def of(cls, article: Article) -> "ArticleOut":
        return cls(
            article=article.path,
            title=article.title,
            url=article.url or page_of(article.path),
            locale=article.locale,
            updated_at=article.updated_at,
            text=article.text,
        )


class HandoffPage(BaseModel):
    """A stretch of the handoffs, newest first."""

    items: list[HandoffCase]
    limit: int
    offset: int


class Health(BaseModel):
    """Whether the process is up, and from which release it answers."""

    status: str
    release: str | None = None


def page_of(path: str, start: int | None = None, end: int | None = None) -> str:
    """Where this server shows an article, with the quoted words marked."""
    page = f"/articles/{quote(path)}"
    return page if start is None else f"{page}?start={start}&end={end}#quote"
