"""A conversation that leaves no trace."""

from collections.abc import Callable
from dataclasses import replace

from agent.turn import Result
from agent.types import Conversation, Message, Turn

Take = Callable[[Message, Conversation], Result]


class Aside:
    """What is said one after the other; nothing is recorded and no action is called. One thread at
    a time."""

    def __init__(self, take: Take, begun: Conversation, like: Message) -> None:
        """Every message is `like` this one but for its text: from the same customer, in the same
        channel and locale."""
        self._take = take
        self._conversation = begun
        self._like = like

    def say(self, text: str) -> Turn:
        """The turn that this makes. Raises as `agent.agent.Agent.respond`."""
        before = self._conversation
        message = replace(self._like, text=text, conversation_id=before.id)
        result = self._take(message, before)
        self._conversation = replace(
            before,
            turns=(*before.turns, result.turn),
            state=result.state.to_json(),
            identity=result.identity,
        )
        return result.turn
