"""How sure it is who a customer is. What customers say about themselves is never proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class IdentityLevel(IntEnum):
    """How a customer is known, weakest first."""

    ANONYMOUS = 0
    CLAIMED = 1
    VERIFIED = 2

    @property
    def label(self) -> str:
        """As operators write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes. `customer_id` is the host application's; it is set only when verified.

    `claims` holds what is known beside it, such as email, name, plan or locale: when verified,
    from a signed token or from the action that checked a one-time code; else what was said.
    `by` tells how it was verified.
    """

    level: IdentityLevel = IdentityLevel.ANONYMOUS
    customer_id: str | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    by: str = ""

    @property
    def verified(self) -> bool:
        return self.level is IdentityLevel.VERIFIED


ANONYMOUS = Identity()
