"""What walking a procedure comes to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent.identity import ANONYMOUS, Identity
from agent.procedure import StepId
from agent.state import Progress
from agent.types import Attempt, HandoffReason


@dataclass(frozen=True, slots=True)
class Occasion:
    """The turn in which a procedure is walked. `number` is how many turns there were before."""

    conversation_id: str
    turn_id: str
    now: datetime
    identity: Identity = ANONYMOUS
    number: int = 0


class Standing(StrEnum):
    """How it goes on: with the customer's answer, not at all, with a person, or once it is sure
    who the customer is."""

    ASKS = "asks"
    ENDED = "ended"
    HANDED_OVER = "handed over"
    UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, slots=True)
class Passing:
    """Why a person takes over: `why` for people, `words` the operator's own reason, `message`
    what the operator wants the customer to be told."""

    reason: HandoffReason
    why: str
    team: str = ""
    words: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`said` are paragraphs in order; the last asks when the standing is `asks`. `identity` is
    who the customer turned out to be on the way."""

    said: tuple[str, ...]
    progress: Progress
    standing: Standing
    attempts: tuple[Attempt, ...] = ()
    passing: Passing | None = None
    identity: Identity | None = None

    @property
    def step(self) -> StepId:
        return self.progress.step
