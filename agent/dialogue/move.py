"""What a turn says and where the conversation stands after it, when a procedure is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.answers.respond import Reply
from agent.dialogue.outcome import Occasion, Passing
from agent.identity import Identity
from agent.ports import Understanding
from agent.procedure import Procedure
from agent.state import State
from agent.types import Attempt, Decision, Turn


@dataclass(frozen=True, slots=True)
class Talk:
    """One message, all that was before it, who reads it, and the way to the articles."""

    text: str
    occasion: Occasion
    earlier: Sequence[Turn]
    state: State
    channel: str
    understanding: Understanding
    answer: Callable[[str], Reply]


@dataclass(frozen=True, slots=True)
class Move:
    """`said` are paragraphs; `state` is what is to be kept, and holds what a person is to be told
    until the case is made. `aside` is what the articles said to a question in between;
    `passing` is set when a person takes over."""

    decision: Decision
    said: tuple[str, ...]
    state: State
    reason: str
    procedure: Procedure | None = None
    step: str = ""
    attempts: tuple[Attempt, ...] = ()
    passing: Passing | None = None
    identity: Identity | None = None
    aside: Reply | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in self.said if part)
