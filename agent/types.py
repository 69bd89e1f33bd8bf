"""The values of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Decision(StrEnum):
    """What a turn does. A field of its own, never read out of the reply's text."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"


class HandoffReason(StrEnum):
    """Why a person takes over."""

    ASKED_FOR_PERSON = "asked_for_person"
    NO_EVIDENCE = "no_evidence"
    ACCOUNT_ACCESS = "account_access"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_GROUNDED = "not_grounded"
    CONTRADICTION = "contradiction"
    OUTDATED = "outdated"
    HARM = "harm"


@dataclass(frozen=True, slots=True)
class Message:
    """What a customer wrote, and what is known of them."""

    text: str
    conversation_id: str | None = None
    channel: str = "chat"
    locale: str | None = None
    customer: Mapping[str, str] = field(default_factory=dict)


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
class Handoff:
    """Everything that a person needs so that the customer repeats nothing."""

    id: str
    conversation_id: str
    reason: HandoffReason
    summary: str
    created_at: datetime
    question: str
    transcript: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and what became of it. `confidence` is the calibrated chance that the
    evidence answers the question, in [0, 1]. `reason` explains the decision to an operator.
    `retrieved` holds the article paths that search returned, best first."""

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


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one customer on one channel, oldest first."""

    id: str
    channel: str
    created_at: datetime
    turns: tuple[Turn, ...] = ()
    customer: Mapping[str, str] = field(default_factory=dict)
