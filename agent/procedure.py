"""A procedure as the engine walks it: typed steps with edges, free of language.

`agent.procedures.compile` makes it from an operator's Markdown, without a language model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from agent.action import CallStatus, Value, ValueType
from agent.identity import IdentityLevel

StepId: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the procedure needs from the customer. `question` asks for it; `pattern` is a
    regular expression that a text must match as a whole; `choices` are the values of a choice,
    each with the other words for it."""

    name: str
    type: ValueType
    question: str
    label: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pattern: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that is known by then, such as `order_number`, `order.total` or
    `identity.email`."""

    path: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the operator wrote."""

    value: Value


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Whole days (or hours) since the date or time at `path`; negative when it is still to come."""

    path: str
    unit: str = "days"


Operand: TypeAlias = Ref | Constant | Elapsed


class Comparison(StrEnum):
    """How two operands are compared. Texts are compared without regard to case; numbers and
    money as decimals; dates as dates. `one_of` and `contains` take a list."""

    IS = "is"
    IS_NOT = "is not"
    LESS = "less than"
    AT_MOST = "at most"
    MORE = "more than"
    AT_LEAST = "at least"
    CONTAINS = "contains"
    ONE_OF = "one of"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison; `right` is None for known and unknown."""

    left: Operand
    comparison: Comparison
    right: Operand | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Holds when one part does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the part does not."""

    part: "Condition"


Condition: TypeAlias = Test | All | Any | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What all steps have. `id` is as operators number them, such as `4` or `4.2`; `line` counts
    from 1 in the file; `text` is what they wrote."""

    id: StepId
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Step):
    """Asks for a slot, unless it is known already, and waits for the answer. Entered again, it
    asks again. `question` is asked instead of the slot's own; `without` is where it goes on when
    the customer can't or won't say it."""

    slot: str
    then: StepId
    question: str = ""
    without: StepId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Step):
    """Looks up or does: calls one action. `on` leads on by status; a status without an edge hands
    over. The output is then known under `result`."""

    action: str
    arguments: Mapping[str, Operand]
    result: str
    then: StepId
    on: Mapping[CallStatus, StepId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Step):
    """Decides on what is known. A condition on a value that is not there does not hold, except
    for `unknown`."""

    condition: Condition
    yes: StepId
    no: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Step):
    """Says what would be done and waits for a clear yes or no. Values said in `message` are in
    braces, such as `{order.total}`. Without `consent` it asks for a fact, and a yes is no
    agreement to an action."""

    message: str
    yes: StepId
    no: StepId
    consent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(Step):
    """Says something; values in braces as in `Confirm`."""

    message: str
    then: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Step):
    """Says `message`, where there is one, and waits until the customer writes again. With `no`
    set, a reply that says that it did not work leads there."""

    message: str
    then: StepId
    no: StepId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Step):
    """A person takes over: `team` may be empty, `reason` is the operator's words, `message` what
    the customer is told beside the usual."""

    team: str = ""
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """The procedure is done."""


AnyStep: TypeAlias = Ask | Call | Check | Confirm | Tell | Wait | HandOver | End


@dataclass(frozen=True)
class Procedure:
    """A compiled procedure. `name` is the file's stem. `version` names what it was compiled from:
    12 characters of its text's SHA-256, a dot, and 6 of its actions' specs.

    It applies to messages like `examples` and never to those like `counterexamples`. `identity`
    is the level that it needs from its beginning. `channels` and `audience` restrict who may use
    it; empty: everybody. `limits` are upper bounds by value path, beyond which a person takes
    over. `start` is the first step.
    """

    name: str
    title: str
    version: str
    description: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    identity: IdentityLevel
    slots: Mapping[str, Slot]
    actions: tuple[str, ...]
    steps: Mapping[StepId, AnyStep]
    start: StepId
    limits: Mapping[str, Value] = field(default_factory=dict)
    audience: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    team: str = ""


class Gravity(StrEnum):
    """An error keeps a procedure from running; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a procedure, in the operator's words. `line` counts from 1 (0: the file
    as a whole); `rule` is a stable name such as `unknown-action`; `suggestion` says what to
    write instead."""

    path: str
    line: int
    rule: str
    message: str
    suggestion: str = ""
    gravity: Gravity = Gravity.ERROR


def edges(step: AnyStep) -> list[tuple[str, StepId]]:
    """(label, next step) in the order in which an operator would read them; none after an end."""
    match step:
        case Ask():
            return [("", step.then), *([("not known", step.without)] if step.without else [])]
        case Tell():
            return [("", step.then)]
        case Wait():
            return [("", step.then), *([("no", step.no)] if step.no else [])]
        case Call():
            return [("done", step.then), *((str(why), to) for why, to in step.on.items())]
        case Check() | Confirm():
            return [("yes", step.yes), ("no", step.no)]
        case HandOver() | End():
            return []
