"""Messages in; answers, questions, actions and handoffs out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_urlsafe

from agent.answers import ground
from agent.answers.respond import Responder
from agent.aside import Aside
from agent.dialogue.dialogue import Dialogue
from agent.dialogue.uncalled import Fixed, Uncalled
from agent.dialogue.understanding import Rules
from agent.handover.desk import Desk
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.models.chat import Models
from agent.ports import (
    Actions,
    ConversationStore,
    KnowledgeBase,
    Overtaken,
    Procedures,
    Understanding,
)
from agent.privacy import redact
from agent.state import State
from agent.turn import Order, Result, Scene
from agent.turnstile import Turnstile
from agent.types import Conversation, Handoff, Message, Turn
from kb.errors import Permanent
from kb.settings import AgentSettings, HandoverSettings
from kb.types import Article, Filters, Release

_log = logging.getLogger("wellkept.agent")
_ASKED = Message("", channel="ask")
# How often a turn is made anew because another process was faster.
_TRIES = 5


class UnknownConversation(Permanent):
    """There is no conversation with this id."""


class MessageTooLong(Permanent):
    """The message is above `max_message_chars`."""


class EmptyMessage(Permanent):
    """The message has no text in it."""


class Agent:
    """Answers from one release of the knowledge, and carries out its procedures. Safe to call
    from several threads. Without procedures, actions and the rest it only answers."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        conversations: ConversationStore,
        settings: AgentSettings,
        *,
        procedures: Procedures | None = None,
        actions: Actions | None = None,
        understanding: Understanding | None = None,
        desk: Desk | None = None,
        responder: Responder | None = None,
        models: Models | None = None,
        sign_in: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._knowledge = knowledge
        self._conversations = conversations
        self._settings = settings
        self._now = now
        self._turnstile = Turnstile()
        self._responder = responder or Responder(knowledge, settings)
        self._desk = desk or Desk(HandoverSettings(), now)
        self._understanding = understanding or Rules(now=now)
        self._models = models
        known, may = procedures or Fixed(), actions or Uncalled()
        self._procedures = known
        self._order = self._ordered(known, may, sign_in=sign_in)
        self._dry = self._ordered(known, Uncalled(may), sign_in=sign_in)

    @property
    def release(self) -> Release:
        return self._knowledge.release

    def warm(self) -> None:
        """Loads what the first question would otherwise wait for: the model, the index, and what
        procedures begin with."""
        self._knowledge.search("hello", 1, Filters(audience=tuple(self._settings.audience)))
        self._understanding.entry("hello", self._procedures.all(), ())
        ground.warm()
        if self._models:
            self._models.warm()

    def article(self, name: str) -> Article | None:
        """The article of the release with this id or path."""
        return self._knowledge.article(self._responder.paths.get(name, name))

    def respond(self, message: Message, say: Callable[[str], None] | None = None) -> Turn:
        """The turn that this message makes, recorded. Without a conversation id it begins a
        conversation. Messages of one conversation are taken one after the other. `say` is given
        what may be shown already; the turn's text holds all of it, or replaces it. Raises
        `UnknownConversation`, `EmptyMessage` or `MessageTooLong`; `Overtaken` when others kept
        being faster."""
        message = replace(message, text=self._readable(message.text))
        name = message.conversation_id or token_urlsafe(24)
        with self._turnstile.pass_one(name):
            turn = self._recorded(message, name, say)
        _log.info(
            "turn %s: %s (%s), confidence %.2f, %.0f ms: %s",
            *(turn.id, turn.decision, redact(turn.reason), turn.confidence),
            *(turn.timings_ms["total"], redact(turn.question)[:200]),
        )
        return turn

    def answer(self, question: str) -> Turn:
        """The turn that this question makes on its own, not recorded; no action is called.
        Raises as `respond`."""
        return self.aside().say(question)

    def aside(self, like: Message = _ASKED) -> Aside:
        """A conversation that is not recorded and calls no action, in which every message is
        `like` this one but for its text."""
        begun = Conversation(token_urlsafe(24), like.channel, self._now())
        return Aside(self._tried, begun, like)

    def _tried(self, message: Message, conversation: Conversation) -> Result:
        message = replace(message, text=self._readable(message.text))
        return self._dry.take(self._scene(message, conversation.id, conversation))

    def _recorded(self, message: Message, name: str, say: Callable[[str], None] | None) -> Turn:
        for attempt in range(_TRIES):
            conversation = self._conversation(message)
            holder = self._conversations.handed_over(name) if conversation else None
            result = self._order.take(self._scene(message, name, conversation, say, holder))
            try:
                self._keep(message, result, conversation.revision if conversation else 0)
            except Overtaken:
                if attempt == _TRIES - 1:
                    raise
            else:
                break
        return result.turn

    def _keep(self, message: Message, result: Result, revision: int) -> None:
        known = replace(message, identity=result.identity)
        self._conversations.record(known, result.turn, result.state, revision)

    def _conversation(self, message: Message) -> Conversation | None:
        if message.conversation_id is None:
            return None
        found = self._conversations.get(message.conversation_id)
        if found is None or _is_somebody_else(message.identity, found.identity):
            raise UnknownConversation(f"there is no conversation {message.conversation_id}")
        return found

    def _scene(
        self,
        message: Message,
        name: str,
        conversation: Conversation | None,
        say: Callable[[str], None] | None = None,
        holder: Handoff | None = None,
    ) -> Scene:
        return Scene(
            message=message,
            conversation_id=name,
            turn_id=token_urlsafe(12),
            now=self._now(),
            earlier=conversation.turns if conversation else (),
            state=_state(conversation),
            identity=_surest(message, conversation),
            holder=holder,
            assistance=self._models.begin() if self._models else None,
            say=say,
        )

    def _ordered(self, procedures: Procedures, actions: Actions, *, sign_in: bool) -> Order:
        dialogue = Dialogue(procedures, actions, self._settings.audience, sign_in=sign_in)
        return Order(self._responder, dialogue, self._desk, self._understanding, self.release.id)

    def _readable(self, text: str) -> str:
        """The message without control characters and surrounding space."""
        if len(text) > self._settings.max_message_chars:
            raise MessageTooLong(
                f"the message has {len(text):,} characters; "
                f"at most {self._settings.max_message_chars:,} are read"
            )
        kept = "".join(char for char in text if char.isprintable() or char in "\n\t").strip()
        if not kept:
            raise EmptyMessage("the message is empty")
        return kept


def _state(conversation: Conversation | None) -> State:
    if conversation is None or not conversation.state:
        return State()
    return State.from_json(conversation.state)


def _surest(message: Message, conversation: Conversation | None) -> Identity:
    """Who writes, as far as it was ever shown in this conversation. What the host application
    passes along unsigned is a claim."""
    kept = conversation.identity if conversation else ANONYMOUS
    surest = max(message.identity, kept, key=lambda item: item.level)
    if surest.level is IdentityLevel.ANONYMOUS and message.customer:
        return Identity(IdentityLevel.CLAIMED, claims=dict(message.customer), by="host")
    return surest


def _is_somebody_else(now: Identity, before: Identity) -> bool:
    """Whether two verified customers are not the same."""
    return now.verified and before.verified and now.customer_id != before.customer_id
