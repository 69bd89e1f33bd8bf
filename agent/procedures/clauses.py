"""What one clause of a step tells the agent to do, before names in it are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from agent.action import CallStatus
from agent.procedure import Condition, Operand
from agent.procedures.replies import Reply
from agent.procedures.shield import Shield


@dataclass(frozen=True, slots=True)
class AskFor:
    """`what` names one or more values; `question`, where there is one, is how to ask."""

    what: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class AskWhether:
    """A question that is answered by yes or no. With `consent`, yes is agreement to an action."""

    message: str
    consent: bool


@dataclass(frozen=True, slots=True)
class UseAction:
    """Look something up or do something. `name` is the action as written, empty where none is
    named; `rest` says with which values; `reads` when the words say that nothing is changed."""

    name: str
    rest: str
    reads: bool


@dataclass(frozen=True, slots=True)
class CheckThat:
    """A condition without which the procedure does not go on."""

    condition: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Only its branches matter: `If …, …`."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message. `phrase` is what the operator wrote without quotation marks: it may name a
    value that is to be told."""

    message: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class WaitFor:
    """Until the customer writes again."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class PassOn:
    """To a person."""

    team: str = ""
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class GoTo:
    """To a step by its number; `again` without one: to the step that this stands in."""

    number: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The procedure is done."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """With the next step."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over steps."""


Clause: TypeAlias = (
    AskFor
    | AskWhether
    | UseAction
    | CheckThat
    | Decide
    | Say
    | WaitFor
    | PassOn
    | GoTo
    | Stop
    | GoOn
    | Group
)


@dataclass(slots=True)
class Branch:
    """What follows under a condition; `when` is None for otherwise. `body` may be empty: then
    the procedure goes on."""

    line: int
    when: str | None
    shield: Shield
    negated: bool = False
    body: list["Node"] = field(default_factory=list)
    meaning: "Outcome | Condition | None" = None
    id: str = ""


@dataclass(slots=True)
class Node:
    """One clause in its place. `number` is that of the step it stands in. `meaning` is what the
    clause came to once its names were looked up; `id` that of the step that is made of it."""

    line: int
    number: str
    text: str
    clause: Clause
    shield: Shield
    branches: list[Branch] = field(default_factory=list)
    meaning: "Meaning | None" = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the step that a branch hangs on: statuses of a call, or a reply."""

    statuses: frozenset[CallStatus] = frozenset()
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """For a slot; `question` empty: as `needs` puts it."""

    slot: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """An action of the list, with values for its inputs."""

    action: str
    arguments: Mapping[str, Operand]
    result: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What has to hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Words:
    """A text whose values in braces are paths."""

    message: str


Meaning: TypeAlias = Asks | Calls | Checks | Words
