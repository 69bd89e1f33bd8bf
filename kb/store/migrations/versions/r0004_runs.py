"""How an evaluation was run, and each case as it was tried."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("evaluation", sa.Column("details", _JSON, nullable=False, server_default="{}"))
    op.create_table(
        "tried_case",
        sa.Column("release_id", sa.Text(), nullable=False),
        sa.Column("case_key", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", _JSON, nullable=False),
        sa.Column("trace", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("release_id", "case_key", "ground"),
    )
    op.create_index("ix_tried_case_ground", "tried_case", ["ground"])
    op.create_index("ix_tried_case_created_at", "tried_case", ["created_at"])
