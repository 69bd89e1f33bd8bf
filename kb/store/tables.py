"""The rows of kb's stores."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.database import Base

_VERSION = ["article_version.article_id", "article_version.content_hash"]
_KEY = ["article_id", "content_hash"]


class VersionRow(Base):
    """An article as it was read once; never changed. `payload` is what `kb.store.payload` made."""

    __tablename__ = "article_version"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    payload: Mapped[bytes]


class HeadRow(Base):
    """The version of an article that was synced last."""

    __tablename__ = "article_head"
    __table_args__ = (ForeignKeyConstraint(_KEY, _VERSION),)

    article_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str]
    source: Mapped[str] = mapped_column(index=True)
    revision: Mapped[str]


class ReleaseRow(Base):
    """A release. The partial unique index lets one alone be live."""

    __tablename__ = "release"
    __table_args__ = (
        Index(
            "uq_release_live",
            "status",
            unique=True,
            sqlite_where=text("status = 'live'"),
            postgresql_where=text("status = 'live'"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[str]
    created_at: Mapped[datetime]
    article_count: Mapped[int]
    encoder: Mapped[str]
    passage_count: Mapped[int]
    promoted_at: Mapped[datetime | None]
    evaluated_fingerprint: Mapped[str | None]
    verdict: Mapped[dict[str, Any] | None]
    seal: Mapped[dict[str, Any] | None]


class PinRow(Base):
    """A version that a release holds."""

    __tablename__ = "release_article"
    __table_args__ = (
        ForeignKeyConstraint(_KEY, _VERSION),
        Index(None, *_KEY),
    )

    release_id: Mapped[str] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str]


class AssetRow(Base):
    """A text that a release holds beside its articles, as it was once; never changed."""

    __tablename__ = "asset_version"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class AssetPinRow(Base):
    """A version of an asset that a release holds."""

    __tablename__ = "release_asset"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kind", "name", "version"],
            ["asset_version.kind", "asset_version.name", "asset_version.version"],
        ),
    )

    release_id: Mapped[str] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]


class FindingRow(Base):
    """A finding as the last run that had it saw it, and its status. `evidence` is a list of
    `kb.findings.Evidence`."""

    __tablename__ = "finding"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    severity: Mapped[int]
    confidence: Mapped[float]
    title: Mapped[str]
    explanation: Mapped[str]
    suggestion: Mapped[str]
    evidence: Mapped[list[dict[str, Any]]]
    owner: Mapped[str]
    details: Mapped[dict[str, Any]]
    harm: Mapped[float]
    status: Mapped[str] = mapped_column(index=True)
    snoozed_until: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class StatusChangeRow(Base):
    """Who gave a finding which status, when and why."""

    __tablename__ = "finding_status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[str] = mapped_column(
        ForeignKey("finding.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[str]
    changed_by: Mapped[str]
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    snoozed_until: Mapped[datetime | None]
