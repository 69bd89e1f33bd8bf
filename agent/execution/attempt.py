"""One call with its retries, and what it came to."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from agent.action import (
    Action,
    ActionRefused,
    CallFailed,
    CallStatus,
    NothingFound,
    OutcomeUnknown,
    Values,
)
from agent.execution.lookup import Trace, look_up
from agent.identity import Identity
from kb.errors import Transient

_log = logging.getLogger("wellkept.actions")
_PAUSE = wait_exponential_jitter(multiplier=0.1, max=2.0, jitter=0.1)

_MEANINGS = (
    (NothingFound, CallStatus.NOT_FOUND),
    (ActionRefused, CallStatus.REFUSED),
    (OutcomeUnknown, CallStatus.UNKNOWN),
    (CallFailed, CallStatus.FAILED),
    (Transient, CallStatus.FAILED),
)


@dataclass(frozen=True, slots=True)
class Task:
    """A call that is to be made now."""

    action: Action
    arguments: Values
    identity: Identity
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to."""

    status: CallStatus
    output: Values = field(default_factory=dict)
    reason: str = ""


def carry_out(
    task: Task, actions: Mapping[str, Action], sleep: Callable[[float], None] = time.sleep
) -> Outcome:
    """Makes the call, and makes it again only while it certainly did not take place. When that is
    unknown the action's lookup is asked at once; what it does not settle stays unknown. Raises
    nothing that an action raises."""
    retrying = Retrying(
        stop=stop_after_attempt(1 + task.action.spec.retries),
        wait=_PAUSE,
        retry=retry_if_exception_type(Transient),
        reraise=True,
        sleep=sleep,
    )
    try:
        return Outcome(CallStatus.DONE, retrying(_once, task, actions))
    except tuple(kind for kind, _ in _MEANINGS) as error:
        status = next(status for kind, status in _MEANINGS if isinstance(error, kind))
        return Outcome(status, reason=str(error))


def _once(task: Task, actions: Mapping[str, Action]) -> Values:
    try:
        return _called(task)
    except OutcomeUnknown as error:
        found = look_up(actions, task.action.spec, task.arguments, task.identity, task.key)
        if found.trace is Trace.PRESENT:
            return found.output
        if found.trace is Trace.ABSENT and error.over:
            raise Transient(f"{error}; it did not take place") from None
        raise


def _called(task: Task) -> Values:
    """With a fault of the action's own as what it means for the outside."""
    spec = task.action.spec
    try:
        return task.action(task.arguments, task.key)
    except tuple(kind for kind, _ in _MEANINGS) as error:
        if isinstance(error, OutcomeUnknown) and not spec.writes:
            raise CallFailed(str(error)) from None
        raise
    except Exception as error:
        _log.exception("action %s is broken", spec.name)
        told = f"`{spec.name}` is broken: {type(error).__name__}"
        raise (OutcomeUnknown(told) if spec.writes else CallFailed(told)) from error
