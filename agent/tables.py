"""The rows of conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.database import Base


class ConversationRow(Base):
    """One customer on one channel. `revision` grows with each turn."""

    __tablename__ = "conversation"
    __table_args__ = (Index(None, "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    created_at: Mapped[datetime]
    customer: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]
    identity: Mapped[dict[str, Any]]
    revision: Mapped[int]


class HandoffRow(Base):
    """A case that a person took over; `closed_at` is when it was given back. `case` holds all
    that the person needs beside the columns."""

    __tablename__ = "handoff"
    __table_args__ = (
        Index(None, "conversation_id", "created_at"),
        Index(None, "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    reason: Mapped[str]
    rule: Mapped[str]
    team: Mapped[str]
    summary: Mapped[str]
    question: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    case: Mapped[dict[str, Any]]


class TurnRow(Base):
    """A turn, at its place in the conversation. `details` holds citations, what was
    retrieved, attempts, costs and timings."""

    __tablename__ = "turn"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    question: Mapped[str]
    decision: Mapped[str]
    text: Mapped[str]
    confidence: Mapped[float]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    handoff_id: Mapped[str | None] = mapped_column(ForeignKey("handoff.id"))
    release_id: Mapped[str | None]
    details: Mapped[dict[str, Any]]


class RatingRow(Base):
    """What a customer thinks of a turn; the last rating counts."""

    __tablename__ = "rating"
    __table_args__ = (Index(None, "rated_at"),)

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id"), primary_key=True)
    value: Mapped[str]
    comment: Mapped[str]
    rated_at: Mapped[datetime]


class CallRow(Base):
    """A call of an action, kept before it is made: the audit log. One intent of a conversation
    is one call; `intent` is null where that does not matter."""

    __tablename__ = "action_call"
    __table_args__ = (
        UniqueConstraint("conversation_id", "action", "intent"),
        Index(None, "customer_id", "action", "created_at"),
        Index(None, "status"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    action: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    conversation_id: Mapped[str]
    customer_id: Mapped[str | None]
    procedure: Mapped[str]
    step: Mapped[str]
    confirmation: Mapped[str]
    status: Mapped[str]
    output: Mapped[dict[str, Any]]
    reason: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    intent: Mapped[str | None]
    who: Mapped[str]
    tries: Mapped[int]
    tried_at: Mapped[datetime]


class DeliveryRow(Base):
    """Something that is to reach people, once by each way. `id` is made of what it is about and
    the way, so that it cannot be queued twice; `position` counts within its case, and what is
    earlier goes first; `delivered_at` and `given_up_at` end it."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "next_at"), Index(None, "handoff_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    handoff_id: Mapped[str] = mapped_column(ForeignKey("handoff.id"))
    position: Mapped[int]
    way: Mapped[str]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    attempts: Mapped[int]
    delivered_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    error: Mapped[str]
    receipt: Mapped[str]
