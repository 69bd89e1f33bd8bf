"""Articles, releases, findings, conversations and evaluations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def upgrade() -> None:
    _articles()
    _releases()
    _findings()
    _conversations()
    _evaluations()


def _text(name: str, *, primary_key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=primary_key, nullable=null)


def _time(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _json(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON().with_variant(JSONB(), "postgresql"), nullable=null)


def _is_stored_version() -> sa.ForeignKeyConstraint:
    key = ["article_id", "content_hash"]
    return sa.ForeignKeyConstraint(key, [f"article_version.{column}" for column in key])


def _articles() -> None:
    op.create_table(
        "article_version",
        _text("article_id", primary_key=True),
        _text("content_hash", primary_key=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "article_head",
        _text("article_id", primary_key=True),
        _text("content_hash"),
        _text("source"),
        _text("revision"),
        _is_stored_version(),
    )
    op.create_index("ix_article_head_source", "article_head", ["source"])


def _releases() -> None:
    op.create_table(
        "release",
        _text("id", primary_key=True),
        _text("fingerprint"),
        _text("status"),
        _time("created_at"),
        sa.Column("article_count", sa.Integer(), nullable=False),
        _text("encoder"),
        sa.Column("passage_count", sa.Integer(), nullable=False),
        _time("promoted_at", null=True),
        _text("evaluated_fingerprint", null=True),
        _json("verdict", null=True),
    )
    live = sa.text("status = 'live'")
    op.create_index(
        "uq_release_live",
        "release",
        ["status"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "release_article",
        _text("release_id", primary_key=True),
        _text("article_id", primary_key=True),
        _text("content_hash"),
        _is_stored_version(),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], ondelete="CASCADE"),
    )
    op.create_index(
        "ix_release_article_article_id_content_hash",
        "release_article",
        ["article_id", "content_hash"],
    )


def _findings() -> None:
    op.create_table(
        "finding",
        _text("id", primary_key=True),
        _text("kind"),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        _text("title"),
        _text("explanation"),
        _text("suggestion"),
        _json("evidence"),
        _text("owner"),
        _text("status"),
        _time("snoozed_until", null=True),
        _time("first_seen_at"),
        _time("last_seen_at"),
    )
    op.create_index("ix_finding_status", "finding", ["status"])
    op.create_table(
        "finding_status_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("finding_id"),
        _text("status"),
        _text("changed_by"),
        _text("reason"),
        _time("changed_at"),
        _time("snoozed_until", null=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_finding_status_change_finding_id", "finding_status_change", ["finding_id"])


def _conversations() -> None:
    op.create_table(
        "conversation",
        _text("id", primary_key=True),
        _text("channel"),
        _time("created_at"),
        _json("customer"),
    )
    op.create_table(
        "handoff",
        _text("id", primary_key=True),
        _text("conversation_id"),
        _text("reason"),
        _text("summary"),
        _text("question"),
        _time("created_at"),
        _time("closed_at", null=True),
        _json("case"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
    )
    op.create_index(
        "ix_handoff_conversation_id_created_at", "handoff", ["conversation_id", "created_at"]
    )
    op.create_index("ix_handoff_created_at", "handoff", ["created_at"])
    op.create_table(
        "turn",
        _text("conversation_id", primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        _text("id"),
        _text("question"),
        _text("decision"),
        _text("text"),
        sa.Column("confidence", sa.Double(), nullable=False),
        _text("reason"),
        _time("created_at"),
        _text("handoff_id", null=True),
        _text("release_id", null=True),
        _json("details"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoff.id"]),
        sa.UniqueConstraint("id"),
    )


def _evaluations() -> None:
    op.create_table(
        "evaluation",
        _text("id", primary_key=True),
        _text("release_id"),
        _text("fingerprint"),
        _time("created_at"),
        _json("verdict"),
        _json("cases"),
    )
    op.create_index("ix_evaluation_release_id", "evaluation", ["release_id"])
    op.create_index("ix_evaluation_created_at", "evaluation", ["created_at"])
