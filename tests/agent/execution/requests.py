"""What steps ask for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.action import CallRequest
from agent.identity import Identity, IdentityLevel

ANN = Identity(IdentityLevel.VERIFIED, "c-1", {"email": "ann@example.com"}, "signed token")
BEN = Identity(IdentityLevel.VERIFIED, "c-2", {"email": "ben@example.com"}, "signed token")
REFUND = CallRequest(
    action="issue_refund",
    arguments={"order_number": "LH-10042", "amount": "59.00", "reason": "faulty"},
    conversation_id="talk-1",
    intent="refund/8/1",
    identity=ANN,
    procedure="refund@abc",
    step="8",
    confirmation="turn-7",
)


def refund(**changes: Any) -> CallRequest:
    """The request for a refund, changed; `arguments` are added to its own."""
    arguments = {**REFUND.arguments, **changes.pop("arguments", {})}
    return replace(REFUND, arguments=arguments, **changes)


class Clock:
    """What time it is."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def no_sleep(_seconds: float) -> None:
    """Tests do not wait between tries."""
