"""The rows of canaries."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.database import Base


class CanaryRow(Base):
    """A canary. The partial unique index lets one alone be running."""

    __tablename__ = "canary"
    __table_args__ = (
        Index(
            "uq_canary_running",
            "status",
            unique=True,
            sqlite_where=text("status = 'running'"),
            postgresql_where=text("status = 'running'"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str]
    live_id: Mapped[str]
    status: Mapped[str]
    rules: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str]
    readings: Mapped[list[dict[str, Any]]]


class FailedTurnRow(Base):
    """A turn that a release could not make. The conversation may have gone on with another
    release, or never have begun."""

    __tablename__ = "failed_turn"
    __table_args__ = (Index(None, "release_id", "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str]
    conversation_id: Mapped[str]
    created_at: Mapped[datetime]
    error: Mapped[str]
