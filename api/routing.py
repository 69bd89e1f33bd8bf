"""Which release takes a message: the live one, or the candidate that customers are trying."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio import to_thread

from agent.agent import Agent, EmptyMessage, MessageTooLong, UnknownConversation
from agent.canary.canary import Canary, customer_of
from agent.canary.store import Canaries
from agent.ports import ConversationStore, Overtaken
from agent.privacy import redact
from agent.types import Message, Turn
from api.pieces import Say
from api.serving import LiveAgent

_log = logging.getLogger("wellkept.api")
# What the message alone is to blame for, whichever release takes it.
_ASKED_WRONG = (UnknownConversation, EmptyMessage, MessageTooLong, Overtaken)


class Trial:
    """The candidate of the running canary, loaded beside the live release. `live_id` and
    `open_agent` are those of `LiveAgent`."""

    def __init__(
        self,
        canaries: Canaries,
        live_id: Callable[[], str | None],
        open_agent: Callable[[str], Agent],
    ) -> None:
        self._canaries = canaries
        self._live_id = live_id
        self._open_agent = open_agent
        self._canary: Canary | None = None
        self.candidate = LiveAgent(self._release_id, self._open, "candidate")

    def running(self) -> tuple[Canary, Agent] | None:
        """The canary and the candidate's agent; None where there is none, or it is not loaded."""
        agent, canary = self.candidate.loaded(), self._canary
        if agent is None or canary is None or agent.release.id != canary.release_id:
            return None
        return canary, agent

    def failed(self, release_id: str, conversation_id: str, error: Exception) -> None:
        """Keeps that a release could not make a turn. Blocks; never raises."""
        try:
            what = f"{type(error).__name__}: {redact(str(error))}"
            self._canaries.fail(release_id, conversation_id, what, datetime.now(UTC))
        except Exception:  # noqa: BLE001 a turn that failed must not fail again
            _log.exception("a failed turn was not recorded")

    def _release_id(self) -> str | None:
        """Nobody's once another release is live than the one that it was to be compared with."""
        canary = self._canaries.running()
        if canary is not None and canary.live_id != self._live_id():
            canary = None
        self._canary = canary
        return canary.release_id if canary else None

    def _open(self, release_id: str) -> Agent:
        try:
            return self._open_agent(release_id)
        except Exception as error:
            self.failed(release_id, "", error)
            raise


@dataclass(frozen=True)
class Given:
    """A message's agent. `live` makes the turn where the candidate fails; failures are counted in
    `trial`, None while no canary runs."""

    agent: Agent
    live: Agent
    trial: Trial | None = None

    def respond(self, message: Message, say: Say | None = None) -> Turn:
        """As `Agent.respond`. Blocks."""
        if self.trial is None:
            return self.agent.respond(message, say)
        release = self.agent.release.id
        try:
            return self.agent.respond(message, say)
        except _ASKED_WRONG:
            raise
        except Exception as error:
            if self.agent is self.live:
                self.trial.failed(release, message.conversation_id or "", error)
                raise
            _log.exception("the candidate %s could not make a turn", release)
            failure = error
        turn = self.live.respond(message, say)
        self.trial.failed(release, turn.conversation_id, failure)
        return turn


class Routing:
    """Gives conversations to releases. Safe for many requests at once."""

    def __init__(
        self, live: LiveAgent, conversations: ConversationStore, trial: Trial | None = None
    ) -> None:
        self._live = live
        self._conversations = conversations
        self._trial = trial

    async def give(self, message: Message) -> Given:
        """A new conversation is drawn by its customer; one that goes on stays with the candidate
        if it began with it. Raises as `LiveAgent.agent`."""
        live = await self._live.agent()
        found = self._trial.running() if self._trial else None
        if found is None:
            return Given(live, live)
        canary, candidate = found
        if message.conversation_id is None:
            chosen = canary.draws(customer_of(message))
        else:
            began = await to_thread.run_sync(
                self._conversations.began_with, message.conversation_id
            )
            chosen = began == canary.release_id
        return Given(candidate if chosen else live, live, self._trial)
