"""The JSON that goes over the wire."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from agent.identity import ANONYMOUS, Identity
from agent.types import Citation, Conversation, Handoff, Message, Turn
from api.rating_schemas import RatingOut
from kb.types import Article

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Short = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROL)]
Value = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_CONTROL)]
Token = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$", max_length=4096)
]
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
    identity_token: Token | None = Field(
        None,
        description="Who the customer is for sure: a JWT (HS256) with `sub`, `aud` and `exp` that "
        "the host application signs once they have signed in there.",
    )

    def to_message(self, identity: Identity = ANONYMOUS) -> Message:
        return Message(
            self.message,
            self.conversation_id,
            self.channel,
            self.locale,
            dict(self.customer),
            identity,
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
    """That a person takes over, and why. `expected` is when the customer was told to expect an
    answer."""

    id: str
    reason: str
    summary: str
    team: str = ""
    expected: str = ""

    @classmethod
    def brief(cls, handoff: Handoff) -> "HandoffOut":
        return cls(
            id=handoff.id,
            reason=handoff.reason,
            summary=handoff.summary,
            team=handoff.team,
            expected=handoff.expected,
        )


class AttemptOut(BaseModel):
    """What was tried for the customer and what it returned. `call_id` leads to the audit log."""

    action: str
    arguments: dict[str, str]
    status: str
    result: str
    call_id: str = ""


class HandoffCase(HandoffOut):
    """Everything that the person needs. `rule` is the name of the rule that fired; `wish` what
    the customer wants, in their words; `draft` a reply to begin with; `email` where the answer is
    wanted; `closed_at` when the conversation was given back."""

    conversation_id: str
    created_at: datetime
    closed_at: datetime | None
    rule: str
    wish: str
    question: str
    tried: list[AttemptOut]
    values: dict[str, str]
    sentiment: str
    transcript: list[tuple[str, str]]
    evidence: list[CitationOut]
    draft: str
    email: str

    @classmethod
    def of(cls, handoff: Handoff) -> "HandoffCase":
        return cls(
            **HandoffOut.brief(handoff).model_dump(),
            conversation_id=handoff.conversation_id,
            created_at=handoff.created_at,
            closed_at=handoff.closed_at,
            rule=handoff.rule,
            wish=handoff.wish,
            question=handoff.question,
            tried=[AttemptOut(**asdict(item)) for item in handoff.tried],
            values=dict(handoff.values),
            sentiment=handoff.sentiment,
            transcript=list(handoff.transcript),
            evidence=[CitationOut.of(item) for item in handoff.evidence],
            draft=handoff.draft,
            email=handoff.email,
        )


class TurnOut(BaseModel):
    """What became of a message. `decision` is a field of its own, never to be read out of the
    text; `confidence` is the chance that the evidence answers, in [0, 1]."""

    model_config = ConfigDict(json_schema_extra={"examples": [TURN_EXAMPLE]})

    conversation_id: str
    turn_id: str
    decision: Literal["answer", "clarify", "action", "handoff", "silent"]
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
            handoff=handoff and HandoffOut.brief(handoff),
            confidence=turn.confidence,
            timings_ms=dict(turn.timings_ms),
        )


class SpentOut(BaseModel):
    """What language models cost in a turn: tokens, money in the unit of the settings' prices, and
    milliseconds; `failures` name the model and what went wrong."""

    model: str
    input_tokens: int
    output_tokens: int
    cost: float
    ms: float
    failures: list[str]


class RecordedTurn(TurnOut):
    """A turn with the question and why it was decided so. `attempts` are the actions called in
    it, `procedure` and `step` where a procedure stands after it; `struck` are sentences that were
    written and held back, because no article supports them."""

    question: str
    reason: str
    created_at: datetime
    release_id: str | None
    procedure: str = ""
    step: str = ""
    attempts: list[AttemptOut] = []
    struck: list[str] = []
    spent: SpentOut | None = None
    rating: RatingOut | None = None

    @classmethod
    def of(cls, turn: Turn) -> "RecordedTurn":
        return cls(
            **TurnOut.of(turn).model_dump(),
            question=turn.question,
            reason=turn.reason,
            created_at=turn.created_at,
            release_id=turn.release_id,
            procedure=turn.procedure,
            step=turn.step,
            attempts=[AttemptOut(**asdict(item)) for item in turn.attempts],
            struck=list(turn.struck),
            spent=turn.spent and SpentOut(**asdict(turn.spent)),
            rating=turn.rating and RatingOut.of(turn.rating),
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


def page_of(path: str, start: int | None = None, end: int | None = None) -> str:
    """Where this server shows an article, with the quoted words marked."""
    page = f"/articles/{quote(path)}"
    return page if start is None else f"{page}?start={start}&end={end}#quote"
