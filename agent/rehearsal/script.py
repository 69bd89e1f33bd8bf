"""Conversations that operators write beside a procedure, to be played against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agent.action import CallStatus, Value
from agent.identity import ANONYMOUS, Identity


@dataclass(frozen=True, slots=True)
class Given:
    """What an action comes to. With `arguments` it holds for calls that have these. Several for
    one action hold for its calls in order, the last for all that follow."""

    line: int
    action: str
    status: CallStatus
    output: Mapping[str, Value] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)


class Must(StrEnum):
    """What is expected of a turn."""

    SAY = "says"
    NOT_SAY = "must not say"
    ASK = "asks for"
    CALL = "calls"
    NOT_CALL = "must not call"
    HAND_OVER = "hands over"
    END = "ends"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`phrases` are to be said, or not; `about` is what is asked for, which action is called, or
    the team; `why` the reason of a handover."""

    line: int
    must: Must
    phrases: tuple[str, ...] = ()
    about: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Beat:
    """A message of the customer and what is expected of the reply."""

    line: int
    message: str
    expected: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation. `today` is None for the real date."""

    title: str
    line: int
    identity: Identity = ANONYMOUS
    today: date | None = None
    given: tuple[Given, ...] = ()
    beats: tuple[Beat, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a conversation went otherwise than written. `line` counts from 1 in the file."""

    script: str
    line: int
    message: str
    said: str = ""
