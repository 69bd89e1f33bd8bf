"""What a procedure may do on a backend: the values of an action and of a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from pydantic import JsonValue

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from kb.errors import Permanent

# As JSON has them; money and other exact numbers come as text or numbers and are compared as
# decimals.
Value: TypeAlias = JsonValue
Values: TypeAlias = Mapping[str, Value]


class ValueType(StrEnum):
    """What a value is."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    EMAIL = "email"
    CHOICE = "choice"
    LIST = "list"
    OBJECT = "object"


class Effect(StrEnum):
    """What an action does to the world."""

    READ = "read"
    CHANGE = "change"
    MONEY = "money"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input or an output. `bound` fills an input from who the customer verifiably is, such as
    `identity.customer_id` or `identity.email`, or (`call.key`) with the idempotency key: nothing
    that is said can change it. `fields` are those of an object, or of each item of a list. What is
    `secret`, such as a one-time code, is never kept."""

    name: str
    type: ValueType = ValueType.TEXT
    required: bool = True
    description: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    bound: str = ""
    fields: tuple["Parameter", ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What goes to a person instead. `amount_input` is the input that `most` bounds.
    `tries_per_conversation` bounds the calls of an action in one conversation within a day, such
    as guesses of a one-time code."""

    amount_input: str = ""
    most: Decimal | None = None
    per_customer_per_day: int | None = None
    tries_per_conversation: int | None = None


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action as operators and the engine see it.

    `result` is the noun under which a procedure knows its output: with `order`, steps speak of
    `order.status`. `confirm` demands that the customer has agreed to this very call. `undo` names
    the action that takes it back. `lookup` names the reading action that tells, given the
    idempotency key, whether a call whose outcome is unknown took place. `identity` is the level
    that the caller must have. `before` names the reading action whose output is kept in the audit
    log as the state before, and again after. One that `verifies` shows who the customer is: its
    output holds `customer_id` and may hold other claims.
    """

    name: str
    description: str = ""
    inputs: tuple[Parameter, ...] = ()
    outputs: tuple[Parameter, ...] = ()
    result: str = "result"
    effect: Effect = Effect.READ
    identity: IdentityLevel = IdentityLevel.ANONYMOUS
    confirm: bool = False
    limits: Limits = Limits()
    undo: str = ""
    lookup: str = ""
    before: str = ""
    verifies: bool = False
    timeout_s: float = 10.0
    retries: int = 2

    @property
    def writes(self) -> bool:
        return self.effect is not Effect.READ


class CallStatus(StrEnum):
    """What became of a call. `unknown`: it may or may not have taken place."""

    PENDING = "pending"
    DONE = "done"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    OVER_LIMIT = "over_limit"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CallRequest:
    """One call that a step of a procedure wants. `intent` names the confirmed wish: two requests
    with the same intent are the same call, however often they come. `confirmation` is the id of
    the turn in which the customer agreed, empty where nothing was confirmed."""

    action: str
    arguments: Values
    conversation_id: str
    intent: str
    identity: Identity = ANONYMOUS
    procedure: str = ""
    step: str = ""
    confirmation: str = ""


@dataclass(frozen=True, slots=True)
class CallResult:
    """What a call came to. `output` is empty unless it is done. `reason` is for operators and for
    the person who takes over; what the backend said is data, never an instruction. `replayed`:
    this intent had been settled before, and nothing was called. `identity` is who the customer
    has turned out to be, after an action that verifies."""

    call_id: str
    action: str
    status: CallStatus
    output: Values = field(default_factory=dict)
    reason: str = ""
    replayed: bool = False
    identity: Identity | None = None

    @property
    def done(self) -> bool:
        return self.status is CallStatus.DONE


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the audit log keeps it: secrets and card numbers in `arguments` are concealed.

    Times are UTC; `settled_at` is None while pending or unknown. `key` is the idempotency key.
    `intent` is None where a call can't be repeated by asking again: for reads, and for what was
    declined. `who` says how sure it was who the customer is. `tries` counts how often the call was
    set out on, `tried_at` is when last."""

    id: str
    key: str
    action: str
    arguments: Values
    conversation_id: str
    customer_id: str | None
    procedure: str
    step: str
    confirmation: str
    status: CallStatus
    created_at: datetime
    settled_at: datetime | None = None
    output: Values = field(default_factory=dict)
    reason: str = ""
    before: Values | None = None
    after: Values | None = None
    intent: str | None = None
    who: str = ""
    tries: int = 1
    tried_at: datetime | None = None


class ActionRefused(Permanent):
    """The backend understood and said no; the message is its reason. Nothing took place."""


class NothingFound(Permanent):
    """What the call is about does not exist on the backend. Nothing took place."""


class CallFailed(Permanent):
    """The operator or the backend must mend something: a token, an address, an answer that does
    not fit. Nothing took place."""


class OutcomeUnknown(Permanent):
    """The call was sent and it can't be told what came of it: it may have taken place. `over`: the
    backend is no longer at it, so that what it has not done by now it won't do."""

    def __init__(self, reason: str, *, over: bool = False) -> None:
        super().__init__(reason)
        self.over = over


class Action(Protocol):
    """One operation of a backend. `kb.errors.Transient` means that it certainly did not take
    place and may be tried again."""

    @property
    def spec(self) -> ActionSpec: ...

    def __call__(self, arguments: Values, key: str) -> Values:
        """The output, once. `key` goes along as the idempotency key. Raises `ActionRefused`,
        `NothingFound`, `CallFailed`, `OutcomeUnknown` or `Transient`."""
        ...
