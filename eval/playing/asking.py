"""How somebody who asks comes before the agent: as the API lets customers come."""

from collections.abc import Mapping

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.types import Message
from eval.golden.case import Asker

# The channels that a question alone is asked in, and a conversation that may act is led in.
ASKED, CHAT = "ask", "chat"


def vouched(level: IdentityLevel, customer_id: str | None, claims: Mapping[str, str]) -> Identity:
    """What the host application vouches for."""
    if level is IdentityLevel.ANONYMOUS:
        return ANONYMOUS
    if level is IdentityLevel.CLAIMED:
        return Identity(level, claims=claims)
    return Identity(level, customer_id, claims, by="token")


def unsigned(
    level: IdentityLevel, customer_id: str | None, claims: Mapping[str, str]
) -> dict[str, str]:
    """What a host application passes along without a signature."""
    if level is IdentityLevel.VERIFIED:
        return {}
    return {**claims, **({"id": customer_id} if customer_id else {})}


def asked_by(who: Asker, channel: str) -> Message:
    """A message of theirs, still without words. The plan is one of their claims: signed when they
    are verified, else only said, as everything that the host application knows of a customer."""
    claims = {**who.claims, **({"plan": who.plan} if who.plan else {})}
    return Message(
        "",
        channel=channel,
        locale=who.locale or None,
        customer=unsigned(who.identity, who.customer_id, claims),
        identity=vouched(who.identity, who.customer_id, claims),
    )
