"""Cases that were proposed for the golden set, until a person has decided."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
