"""A scenario: who writes, what they say, what fails on the way, and how it must end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from agent.identity import Identity, IdentityLevel
from agent.types import Decision, HandoffReason
from eval.playing.asking import unsigned, vouched
from eval.simulation.wording import compiled

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Pattern = Annotated[Text, AfterValidator(compiled)]
Values: TypeAlias = Mapping[str, JsonValue]


def _many(value: object) -> object:
    """One where several may stand is a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


Line = Annotated[tuple[Text, ...], BeforeValidator(_many), Field(min_length=1)]
Decisions = Annotated[tuple[Decision, ...], BeforeValidator(_many), Field(min_length=1)]
Reasons = Annotated[tuple[HandoffReason, ...], BeforeValidator(_many), Field(min_length=1)]


class Part(BaseModel):
    """A part of a scenario. An unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class CustomerPart(Part):
    """Who writes. `id` and `claims` are proved with `verified`, and only said with `claimed`."""

    identity: Literal["anonymous", "claimed", "verified"] = "anonymous"
    id: Text | None = None
    claims: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _known(self) -> "CustomerPart":
        if self.identity == "verified" and self.id is None:
            raise ValueError("a verified customer needs an id")
        if self.identity == "anonymous" and (self.id or self.claims):
            raise ValueError("an anonymous customer has neither id nor claims")
        return self

    @property
    def level(self) -> IdentityLevel:
        """How they are known."""
        return IdentityLevel[self.identity.upper()]

    @property
    def proved(self) -> Identity:
        """What the host application vouches for."""
        return vouched(self.level, self.id, self.claims)

    @property
    def unsigned(self) -> dict[str, str]:
        """What a host application passes along without a signature."""
        return unsigned(self.level, self.id, self.claims)


class Rule(Part):
    """What a customer answers to a reply that `when` is found in, at most `times` times. Of
    several wordings each trial draws one."""

    when: Pattern
    says: Line
    times: Annotated[int, Field(gt=0)] | None = None


class Plays(Part):
    """A customer who listens. Each reply is answered by the first rule that fits, else by
    `otherwise`; with neither they leave. `interrupts` says something else at that message of
    theirs, counted from 1. After `patience` messages they ask for a person."""

    opens: Line
    answers: tuple[Rule, ...] = ()
    interrupts: Mapping[Annotated[int, Field(ge=2)], Line] = {}
    otherwise: Line | None = None
    patience: Annotated[int, Field(gt=0)] = 10
    gives_up: Line = ("Can I talk to a person, please?",)


class Modelled(Part):
    """A customer whom a language model plays."""

    goal: Text
    facts: Mapping[str, str] = {}
    style: Text = "Brief and friendly."
    patience: Annotated[int, Field(gt=0)] = 10


class GiveBack(Part):
    """Between two messages a person gives the case back to the agent."""

    given_back: Literal[True]


class Failure(Part):
    """The nth call (from 1) of an operation goes wrong in this way; `*` is every call."""

    operation: Text
    call: Annotated[int, Field(gt=0)] | Literal["*"] = 1
    kind: Literal[
        "error_before",
        "error_after",
        "drop_before",
        "drop_after",
        "stall_before",
        "stall_after",
        "unavailable",
        "malformed",
        "slow",
    ]
    seconds: Annotated[float, Field(gt=0)] | None = None


class BackendPart(Part):
    """What differs from the seed before the conversation begins, by table, row and column; a row
    that is null is taken away."""

    patch: Mapping[str, Mapping[str, Values | None]] = {}


class Expected(Part):
    """How it must end. What is not named is not looked at, except `changes` and `calls`: the
    backend must differ in exactly these rows, and exactly these actions must have changed it.

    changes: by table and row, the columns that are different afterwards; `new`, `new 2`, …
        stand for rows that were added, of which the columns named are looked at; null is a row
        that is gone. A value `*` is any.
    calls: the changing actions that took place, in order, with the arguments that matter.
    lookups: reading actions that must have taken place.
    says, never: patterns found in at least one reply, and in none. final: in the last that says
        something.
    claim: says that the changes took place; it must not be said when they did not.
    decisions: of every turn, in order; decision: of the last that is not silent.
    """

    decision: Decisions | None = None
    decisions: tuple[Decisions, ...] = ()
    reason: Reasons | None = None
    rule: Text | None = None
    team: Text | None = None
    changes: Mapping[str, Mapping[str, Values | None]] = {}
    calls: tuple[Mapping[str, Values], ...] = ()
    lookups: tuple[Text, ...] = ()
    says: tuple[Pattern, ...] = ()
    never: tuple[Pattern, ...] = ()
    final: tuple[Pattern, ...] = ()
    claim: Pattern | None = None
    cites: tuple[Text, ...] = ()
    case: Mapping[str, Pattern] = {}
    turns: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Expected":
        if self.changes and not self.calls:
            raise ValueError("changes need calls: the actions that make them")
        if self.calls and not self.claim:
            raise ValueError("calls need a claim: what the agent says only when they took place")
        if self.reason and self.decision and Decision.HANDOFF not in self.decision:
            raise ValueError("a reason goes with the decision handoff")
        if any(len(call) != 1 for call in self.calls):
            raise ValueError("each call is one action with its arguments, as `- action: {...}`")
        return self


class Scenario(Part):
    """One story. Exactly one of `says` and `plays` tells what the customer does without a
    language model; `modelled` what they want when a model plays them."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
    title: Text
    tags: tuple[Text, ...] = ()
    persona: Text = ""
    customer: CustomerPart = CustomerPart()
    channel: Text = "chat"
    locale: Text | None = None
    now: datetime | None = None
    says: tuple[Line | GiveBack, ...] = ()
    plays: Plays | None = None
    modelled: Modelled | None = None
    typos: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    backend: BackendPart = BackendPart()
    failures: tuple[Failure, ...] = ()
    expect: Expected

    @model_validator(mode="after")
    def _one_script(self) -> "Scenario":
        if bool(self.says) == (self.plays is not None):
            raise ValueError("a scenario has either `says` or `plays`")
        if self.now is not None and self.now.tzinfo is None:
            raise ValueError("`now` needs a time zone, as in 2026-11-20T15:00:00Z")
        return self
