"""What a release holds beside articles, where conversations stand, calls and deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def _json(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, _JSON, nullable=null)


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def upgrade() -> None:
    op.add_column("conversation", sa.Column("state", _JSON, nullable=False, server_default="{}"))
    op.add_column("conversation", sa.Column("identity", _JSON, nullable=False, server_default="{}"))
    op.add_column(
        "conversation", sa.Column("revision", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("handoff", _text("rule", default=""))
    op.add_column("handoff", _text("team", default=""))
    _assets()
    _calls()
    _deliveries()


def _assets() -> None:
    op.create_table(
        "asset_version",
        _text("kind"),
        _text("name"),
        _text("version"),
        _text("text"),
        sa.PrimaryKeyConstraint("kind", "name", "version"),
    )
    op.create_table(
        "release_asset",
        sa.Column(
            "release_id", sa.Text(), sa.ForeignKey("release.id", ondelete="CASCADE"), nullable=False
        ),
        _text("kind"),
        _text("name"),
        _text("version"),
        sa.PrimaryKeyConstraint("release_id", "kind", "name"),
        sa.ForeignKeyConstraint(
            ["kind", "name", "version"],
            ["asset_version.kind", "asset_version.name", "asset_version.version"],
        ),
    )


def _calls() -> None:
    op.create_table(
        "action_call",
        _text("key"),
        _text("id"),
        _text("action"),
        _json("arguments"),
        _text("conversation_id"),
        _text("customer_id", null=True),
        _text("procedure"),
        _text("step"),
        _text("confirmation"),
        _text("status"),
        _json("output"),
        _text("reason"),
        _json("before", null=True),
        _json("after", null=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("settled_at", _TIME),
        _text("intent", null=True),
        _text("who"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("conversation_id", "action", "intent"),
    )
    op.create_index(
        "ix_action_call_customer_id_action_created_at",
        "action_call",
        ["customer_id", "action", "created_at"],
    )
    op.create_index("ix_action_call_status", "action_call", ["status"])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        _text("id"),
        sa.Column("handoff_id", sa.Text(), sa.ForeignKey("handoff.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("way"),
        _json("payload"),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", _TIME),
        sa.Column("given_up_at", _TIME),
        _text("error"),
        _text("receipt"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_delivery_next_at", "delivery", ["next_at"])
    op.create_index("ix_delivery_handoff_id", "delivery", ["handoff_id"])
