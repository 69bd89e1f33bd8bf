"""The JSON of handoffs that goes over the wire beside the case itself."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from agent.outbox.delivery import Delivery
from agent.types import Turn
from api.schemas import HandoffCase, Short

Said = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]


class HandoffPage(BaseModel):
    """A stretch of the handoffs, newest first."""

    items: list[HandoffCase]
    limit: int
    offset: int


class DeliveryOut(BaseModel):
    """Something of a case that has not reached people yet. `error` is what came of the last
    attempt; `given_up_at` is set when there will be no other."""

    id: str
    way: str
    attempts: int
    error: str
    next_at: datetime | None
    given_up_at: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryOut":
        return cls(
            id=delivery.id,
            way=delivery.way,
            attempts=delivery.attempts,
            error=delivery.error,
            next_at=delivery.next_at,
            given_up_at=delivery.given_up_at,
        )


class WholeCase(HandoffCase):
    """A case with what of it is still on its way."""

    undelivered: list[DeliveryOut]


class GiveBack(BaseModel):
    """That the agent is to answer again."""

    model_config = ConfigDict(extra="forbid")


class PersonMessage(BaseModel):
    """What a person wrote to the customer."""

    model_config = ConfigDict(extra="forbid")

    text: Said
    by: Short = ""


class PersonTurn(BaseModel):
    """A person's message as it stands in the conversation."""

    conversation_id: str
    turn_id: str
    text: str
    created_at: datetime

    @classmethod
    def of(cls, turn: Turn) -> "PersonTurn":
        return cls(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            text=turn.text,
            created_at=turn.created_at,
        )
