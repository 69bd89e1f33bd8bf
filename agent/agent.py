"""Question in; answer, clarifying question or handoff out."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from secrets import token_urlsafe

from agent.answers.respond import Reply, Responder
from agent.handover.case import hand_over
from agent.ports import ConversationStore, KnowledgeBase
from agent.privacy import redact
from agent.replies import ALREADY_HANDED_OVER
from agent.stopwatch import Stopwatch
from agent.types import Decision, Message, Turn
from kb.errors import Permanent
from kb.settings import AgentSettings
from kb.types import Article, Filters, Release

_log = logging.getLogger("wellkept.agent")


class UnknownConversation(Permanent):
    """There is no conversation with this id."""


class MessageTooLong(Permanent):
    """The message is above `max_message_chars`."""


class EmptyMessage(Permanent):
    """The message has no text in it."""


class Agent:
    """Answers from one release of the knowledge. Safe to call from several threads."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        conversations: ConversationStore,
        settings: AgentSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._knowledge = knowledge
        self._conversations = conversations
        self._settings = settings
        self._now = now
        self._responder = Responder(knowledge, settings)

    @property
    def release(self) -> Release:
        return self._knowledge.release

    def warm(self) -> None:
        """Loads what the first question would otherwise wait for: the model and the index."""
        self._knowledge.search("hello", 1, Filters(audience=tuple(self._settings.audience)))

    def article(self, name: str) -> Article | None:
        """The article of the release with this id or path."""
        return self._knowledge.article(self._responder.paths.get(name, name))

    def respond(self, message: Message) -> Turn:
        """The turn that this message makes, recorded. Without a conversation id it begins a
        conversation. Raises `UnknownConversation`, `EmptyMessage` or `MessageTooLong`."""
        turn = self._turn(message, self._earlier(message.conversation_id))
        self._conversations.record(message, turn)
        _log.info(
            "turn %s: %s (%s), confidence %.2f, %.0f ms: %s",
            *(turn.id, turn.decision, turn.reason, turn.confidence),
            *(turn.timings_ms["total"], redact(turn.question)[:200]),
        )
        return turn

    def answer(self, question: str) -> Turn:
        """The turn that this question makes on its own, not recorded. Raises as `respond`."""
        return self._turn(Message(question, channel="ask"), ())

    def _earlier(self, conversation_id: str | None) -> Sequence[Turn]:
        if conversation_id is None:
            return ()
        conversation = self._conversations.get(conversation_id)
        if conversation is None:
            raise UnknownConversation(f"there is no conversation {conversation_id}")
        return conversation.turns

    def _turn(self, message: Message, earlier: Sequence[Turn]) -> Turn:
        watch = Stopwatch()
        text = self._readable(message.text)
        conversation_id = message.conversation_id or token_urlsafe(24)
        if earlier and self._conversations.handed_over(conversation_id):
            reply = Reply(Decision.HANDOFF, ALREADY_HANDED_OVER, 1.0, "a person has this already")
        else:
            reply = self._responder.reply(text, earlier, message.locale, watch)
        now = self._now()
        handoff = None
        if reply.handoff is not None:
            handoff = hand_over(conversation_id, reply.handoff, text, earlier, reply.evidence, now)
        return Turn(
            id=token_urlsafe(12),
            conversation_id=conversation_id,
            question=text,
            decision=reply.decision,
            text=reply.text,
            confidence=round(reply.confidence, 4),
            reason=reply.reason,
            created_at=now,
            citations=reply.citations,
            handoff=handoff,
            retrieved=reply.retrieved,
            release_id=self.release.id,
            timings_ms=watch.timings_ms(),
        )

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
