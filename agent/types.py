"""The values of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from agent.identity import ANONYMOUS, Identity

# Who speaks to the customer.
AGENT, PERSON = "agent", "person"


class Decision(StrEnum):
    """What a turn does. A field of its own, never read out of the reply's text.

    action: a procedure has said or done something from what a backend returned, and asks nothing.
    silent: a person has the conversation, and the agent says nothing.
    """

    ANSWER = "answer"
    CLARIFY = "clarify"
    ACTION = "action"
    HANDOFF = "handoff"
    SILENT = "silent"


class HandoffReason(StrEnum):
    """Why a person takes over."""

    ASKED_FOR_PERSON = "asked_for_person"
    NO_EVIDENCE = "no_evidence"
    LOW_CONFIDENCE = "low_confidence"
    ACCOUNT_ACCESS = "account_access"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_GROUNDED = "not_grounded"
    CONTRADICTION = "contradiction"
    OUTDATED = "outdated"
    PROCEDURE = "procedure"
    LIMIT = "limit"
    ACTION_FAILED = "action_failed"
    IDENTITY = "identity"
    ANGER = "anger"
    THREAT = "threat"
    LEGAL = "legal"
    SAFETY = "safety"
    VULNERABLE = "vulnerable"
    PAYMENT_DISPUTE = "payment_dispute"
    RULE = "rule"


class Sentiment(StrEnum):
    """How the customer sounds."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    ANGRY = "angry"


@dataclass(frozen=True, slots=True)
class Message:
    """What a customer wrote, and what is known of them. `customer` is what the host application
    passes along unsigned: it is kept for people to read, and is never proof."""

    text: str
    conversation_id: str | None = None
    channel: str = "chat"
    locale: str | None = None
    customer: Mapping[str, str] = field(default_factory=dict)
    identity: Identity = ANONYMOUS


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of an article that support the answer: `text[start:end] == quote`."""

    article_id: str
    path: str
    title: str
    url: str | None
    quote: str
    start: int
    end: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was tried for the customer and what it returned, for people to read. `call_id` leads
    to the audit log."""

    action: str
    arguments: Mapping[str, str]
    status: str
    result: str
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Everything that a person needs so that the customer repeats nothing.

    `rule` is the name of the rule that fired (the reason's, or the operator's own); `wish` what the
    customer wants; `tried` and `values` what was done and collected; `draft` a reply to begin
    with; `expected` what the customer was told about when. `email` is where they want the answer;
    `asks_email`: they were asked for it, because nobody is there now.
    """

    id: str
    conversation_id: str
    reason: HandoffReason
    summary: str
    created_at: datetime
    question: str
    transcript: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Citation, ...] = ()
    rule: str = ""
    team: str = ""
    wish: str = ""
    tried: tuple[Attempt, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    sentiment: Sentiment = Sentiment.NEUTRAL
    draft: str = ""
    expected: str = ""
    email: str = ""
    asks_email: bool = False
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What language models cost: tokens read and written, money in the unit of the settings'
    prices, and time."""

    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    ms: float = 0.0
    failures: tuple[str, ...] = ()


class Thumb(StrEnum):
    """What a customer thinks of a turn."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Rating:
    """A customer's thumb, and what they wrote with it."""

    value: Thumb
    at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and what became of it. `confidence` is the calibrated chance that the
    evidence answers the question, in [0, 1]. `reason` explains the decision to an operator.
    `retrieved` holds the article paths that search returned, best first. `attempts` are the
    actions that were called in it; `procedure` (as `name@version`) and `step` say where a
    procedure stands after it; `struck` are sentences that were written and not supported, `writer`
    is who wrote the answer: `extractive`, the name of a model, or empty. `by` is `person` for what
    a person wrote to the customer: then there is no question. `rating` is the customer's last."""

    id: str
    conversation_id: str
    question: str
    decision: Decision
    text: str
    confidence: float
    reason: str
    created_at: datetime
    citations: tuple[Citation, ...] = ()
    handoff: Handoff | None = None
    retrieved: tuple[str, ...] = ()
    release_id: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    attempts: tuple[Attempt, ...] = ()
    procedure: str = ""
    step: str = ""
    struck: tuple[str, ...] = ()
    writer: str = ""
    spent: Spent | None = None
    by: str = AGENT
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one customer on one channel, oldest first. `state` is what
    `agent.state` made of where it stands; `identity` the surest that was shown. `revision` grows
    with each turn."""

    id: str
    channel: str
    created_at: datetime
    turns: tuple[Turn, ...] = ()
    customer: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, JsonValue] = field(default_factory=dict)
    identity: Identity = ANONYMOUS
    revision: int = field(default=0, compare=False)
