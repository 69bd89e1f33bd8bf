"""What releases held when they were evaluated, canaries, and what customers thought of turns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)
_RUNNING = sa.text("status = 'running'")


def upgrade() -> None:
    op.add_column("release", sa.Column("seal", _JSON, nullable=True))
    op.create_table(
        "canary",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("live_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rules", _JSON, nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("readings", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "uq_canary_running",
        "canary",
        ["status"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_table(
        "failed_turn",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_failed_turn_release_id_created_at", "failed_turn", ["release_id", "created_at"]
    )
    op.create_table(
        "rating",
        sa.Column("turn_id", sa.Text(), sa.ForeignKey("turn.id"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("turn_id"),
    )
    op.create_index("ix_rating_rated_at", "rating", ["rated_at"])
    op.create_index("ix_conversation_created_at", "conversation", ["created_at"])
