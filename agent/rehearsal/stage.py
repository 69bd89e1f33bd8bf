"""Where a procedure is played without a help center and without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe

from agent.answers.respond import Reply
from agent.dialogue.dialogue import Dialogue
from agent.dialogue.uncalled import Fixed
from agent.dialogue.understanding import Rules
from agent.handover.desk import Desk
from agent.identity import ANONYMOUS, Identity
from agent.ports import Actions, Understanding
from agent.procedure import Procedure
from agent.state import State
from agent.turn import Order, Scene
from agent.types import Decision, Message, Turn
from kb.settings import HandoverSettings

FROM_THE_ARTICLES = "(The help center answers this.)"


class Placeholder:
    """Stands where the articles answer."""

    def reply(self, *_: object) -> Reply:
        """Always that the help center would answer."""
        return Reply(Decision.ANSWER, FROM_THE_ARTICLES, 1.0, "the help center would be asked")


@dataclass
class Stage:
    """A conversation under way. `now` is the time that conditions see."""

    procedures: Sequence[Procedure]
    actions: Actions
    identity: Identity = ANONYMOUS
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    understanding: Understanding | None = None
    settings: HandoverSettings = field(default_factory=HandoverSettings)
    sign_in: bool = True

    def __post_init__(self) -> None:
        self.state = State()
        self.turns: list[Turn] = []
        self.conversation_id = token_urlsafe(8)
        understanding = self.understanding or Rules(now=lambda: self.now)
        self._order = Order(
            Placeholder(),
            Dialogue(Fixed(self.procedures), self.actions, ("customers",), sign_in=self.sign_in),
            Desk(self.settings, lambda: self.now),
            understanding,
            "rehearsal",
        )

    def say(self, text: str) -> Turn:
        """What the agent makes of a message."""
        scene = Scene(
            message=Message(text, self.conversation_id, identity=self.identity),
            conversation_id=self.conversation_id,
            turn_id=token_urlsafe(8),
            now=self.now,
            earlier=tuple(self.turns),
            state=self.state,
            identity=self.identity,
            holder=self.turns[-1].handoff if self.turns else None,
        )
        result = self._order.take(scene)
        self.turns.append(result.turn)
        self.state, self.identity = result.state, result.identity
        return result.turn
