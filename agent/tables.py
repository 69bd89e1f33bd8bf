"""The rows of conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.database import Base


class ConversationRow(Base):
    """One customer on one channel."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    created_at: Mapped[datetime]
    customer: Mapped[dict[str, Any]]


class HandoffRow(Base):
    """A case that a person took over; `closed_at` is when it was given back. `case` holds the
    transcript and the evidence."""

    __tablename__ = "handoff"
    __table_args__ = (
        Index(None, "conversation_id", "created_at"),
        Index(None, "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    reason: Mapped[str]
    summary: Mapped[str]
    question: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    case: Mapped[dict[str, Any]]


class TurnRow(Base):
    """A turn, at its place in the conversation. `details` holds citations, what was retrieved
    and timings."""

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
