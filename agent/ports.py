"""What the agent needs from the world."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from agent.action import (
    ActionSpec,
    Call,
    CallRequest,
    CallResult,
    CallStatus,
    Limits,
    Value,
    Values,
)
from agent.identity import Identity
from agent.procedure import Procedure, Slot
from agent.state import State
from agent.types import Conversation, Handoff, Message, Rating, Spent, Turn
from kb.errors import Permanent, Transient
from kb.findings import Finding
from kb.ports import Resemblance
from kb.types import Article, Filters, Hit, Release


class KnowledgeBase(Protocol):
    """One release, readable. Implementation: `kb.knowledge.Knowledge`."""

    release: Release

    def articles(self) -> Sequence[Article]:
        """Every article of the release; costly, called once."""
        ...

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        """Best first, at most `top`; with `per_article` at most one hit an article."""
        ...

    def article(self, article_id: str) -> Article | None: ...

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        """How close the words of a question are in meaning to texts; None where no model tells."""
        ...

    def open_findings(self, article_id: str) -> Sequence[Finding]:
        """Findings that quote this article and that somebody is still to act on, as of now."""
        ...

    def trusts(self, article: Article) -> bool:
        """Whether the settings name the article as right where others differ."""
        ...


class Overtaken(Transient):
    """Another turn of the same conversation was recorded meanwhile."""


class UnknownTurn(Permanent):
    """The conversation has no such turn."""


class ConversationStore(Protocol):
    """Conversations and the handoffs in them. Implementation: `agent.store.Conversations`."""

    def record(
        self,
        message: Message,
        turn: Turn,
        state: State | None = None,
        expected: int | None = None,
    ) -> None:
        """Adds a turn, its handoff and what is to be delivered of it, and the state after it, in
        one transaction; the first turn of an unknown conversation makes it, with the message's
        channel, customer and identity. A later message with a surer identity raises it. While a
        person has the conversation, the message becomes part of the case. Raises `Overtaken`,
        and records nothing, when the conversation's revision is not `expected` any more."""
        ...

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with its turns, oldest first."""
        ...

    def began_with(self, conversation_id: str) -> str | None:
        """The release that made its first turn; None for an unknown conversation."""
        ...

    def rate(self, conversation_id: str, turn_id: str, rating: Rating) -> None:
        """Keeps what the customer thinks of a turn; the last rating counts. Raises `UnknownTurn`,
        and `Permanent` for a turn in which the agent said nothing."""
        ...

    def handed_over(self, conversation_id: str) -> Handoff | None:
        """The handoff that a person has not given back yet, if there is one."""
        ...

    def give_back(self, handoff_id: str, at: datetime) -> None:
        """Lets the agent answer again. Raises `Permanent` for an unknown handoff."""
        ...

    def handoff(self, handoff_id: str) -> Handoff | None: ...

    def handoffs(
        self,
        limit: int = 50,
        offset: int = 0,
        *,
        closed: bool | None = None,
        team: str | None = None,
    ) -> list[Handoff]:
        """Newest first; only those that are (not) given back, and of one team, where asked."""
        ...

    def say(self, handoff_id: str, text: str, by: str, at: datetime) -> Turn:
        """Adds what a person (named `by`) wrote to the customer to the conversation and the
        case. Raises `Permanent` for an unknown handoff."""
        ...


class Procedures(Protocol):
    """The procedures of one release, and older versions of them for conversations that began
    with those."""

    def all(self) -> Sequence[Procedure]:
        """Those that new conversations may begin, by name."""
        ...

    def get(self, name: str, version: str) -> Procedure | None:
        """Exactly this version; None when it is not kept any more."""
        ...


class Actions(Protocol):
    """Carries out what steps ask for. Implementation: `agent.execution.executor.Executor`."""

    def specs(self) -> Mapping[str, ActionSpec]:
        """Every action that is defined, by name."""
        ...

    def call(self, request: CallRequest) -> CallResult:
        """Checks who asks, what was confirmed and the limits, then calls once. Never raises for
        what a backend does; an intent that was settled before is not called again."""
        ...


class Ledger(Protocol):
    """Every call of an action. Implementation: `agent.execution.ledger.SqlLedger`."""

    def begin(self, call: Call, limits: Limits) -> Call | None:
        """Keeps a pending call before it is made, and returns it. Returns the call that stands
        in its way instead: the one of the same intent, as it stands, or one of the same action
        that took place (or may have) with the same confirmation. None when a limit is reached:
        calls of this action by this customer within 24 hours that took place or may have, or
        tries in this conversation. All is decided in one transaction."""
        ...

    def retake(self, seen: Call, at: datetime, limits: Limits) -> Call | None:
        """Makes a kept call pending again, when it still stands as it was seen and the limits
        leave room; else None."""
        ...

    def settle(
        self, key: str, status: CallStatus, output: Values, reason: str, at: datetime
    ) -> Call:
        """What became of a pending or unknown call. What was settled stays as it is. Returns how
        it stands. Raises `Permanent` for an unknown key."""
        ...

    def note(self, key: str, before: Values | None = None, after: Values | None = None) -> None:
        """Keeps the state before or after a call."""
        ...

    def find(self, call_id: str) -> Call | None: ...

    def calls(
        self,
        conversation_id: str | None = None,
        statuses: Sequence[CallStatus] | None = None,
        action: str | None = None,
        limit: int | None = None,
    ) -> list[Call]:
        """Oldest first; with `limit` the newest so many."""
        ...


class Understanding(Protocol):
    """Reads the customer's words for a procedure. With or without a language model it can only
    return what the message says; what is not there is left out."""

    def entry(
        self, message: str, procedures: Sequence[Procedure], earlier: Sequence[Turn]
    ) -> Sequence[Procedure]:
        """The procedure whose case this message is; none when it is nobody's; several, best
        first, when they lie too close together to tell."""
        ...

    def values(
        self, message: str, slots: Sequence[Slot], asked: Slot | None
    ) -> Mapping[str, Value]:
        """Values for slots that the message gives, by name; `asked` is what was just asked for."""
        ...

    def consent(self, message: str, question: str) -> bool | None:
        """Whether the customer clearly agrees or clearly does not; None when neither is clear."""
        ...


class ChatModel(Protocol):
    """A language model behind an endpoint. Implementation: `agent.models.endpoint`."""

    @property
    def name(self) -> str: ...

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces. Raises `Transient` when neither the model nor the one behind it
        answers in time; then what came before is all there is."""
        ...

    def structured(self, system: str, user: str, schema: Mapping[str, object]) -> Values:
        """An object that fits the JSON schema. Raises `Transient` as `stream` does, and when the
        reply does not fit."""
        ...

    def spent(self) -> Spent:
        """What all calls of this object cost so far."""
        ...


class Verifier(Protocol):
    """Checks what a host application signed. Implementation: `agent.execution.tokens`."""

    def __call__(self, token: str) -> Identity:
        """A verified identity. Raises `Permanent` for a token that is not valid now, without any
        part of the token in the message."""
        ...
