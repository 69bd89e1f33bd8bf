"""What is known of a finding beside its words, and the harm that it is ranked by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("finding", sa.Column("details", json, nullable=False, server_default="{}"))
    op.add_column("finding", sa.Column("harm", sa.Double(), nullable=False, server_default="0"))
