"""What a status means for what was asked (RFC 9110, section 15).

2xx                       done
404, 410                  nothing found
408, 425, 429             nothing was done; may be tried again
401, 407                  the token is wrong: the operator must act
4xx with a reason         refused
3xx, 4xx without          can't be called like this
503 with Retry-After      nothing was done; may be tried again
5xx, a body of no JSON    for a reading call: may be tried again; else unknown
"""

from dataclasses import dataclass

from agent.action import ActionRefused, CallFailed, NothingFound, OutcomeUnknown, Value
from kb.errors import Transient, WellkeptError

_MISSING = frozenset({404, 410})
_NOT_NOW = frozenset({408, 425, 429})
_NOT_LET_IN = frozenset({401, 407})
_UNAVAILABLE = 503
_GATEWAY = frozenset({502, 504})
"""Said by somebody in between: the backend itself may still be at it."""
_MOST_CHARS = 300
_REASONS = ("detail", "message", "error_description", "error", "title", "errors", "msg", "reason")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came back, whatever its status. `value` is the JSON in it; `readable` is false when
    there is a body that is not JSON. `retry_after`: it says when to come back."""

    status: int
    value: Value = None
    readable: bool = True
    retry_after: bool = False


def opened(answer: Incoming, who: str, *, writes: bool) -> Value:
    """The value of an answer that says that it was done; None without a body. Raises what else
    the status means. `who` names the backend in messages."""
    if 200 <= answer.status < 300 and answer.readable:
        return answer.value
    raise _meaning(answer, f"{who} answered {answer.status}", writes=writes)


def _meaning(answer: Incoming, what: str, *, writes: bool) -> WellkeptError:
    status, reason = answer.status, reason_in(answer.value)
    told = f"{what}: {reason}" if reason else what
    if status in _MISSING:
        return NothingFound(reason or told)
    if status in _NOT_NOW or (status == _UNAVAILABLE and answer.retry_after):
        return Transient(told)
    if status in _NOT_LET_IN:
        return CallFailed(f"{told}; check the token of the backend")
    if 400 <= status < 500:
        return ActionRefused(reason) if reason else CallFailed(f"{told} and no reason")
    if 300 <= status < 400:
        moved = f"{what}, which leads elsewhere and is not followed; check the backend's url"
        return OutcomeUnknown(moved, over=True) if writes else CallFailed(moved)
    if status < 300:
        told = f"{what} with a body that is not JSON"
    if not writes:
        return Transient(told)
    return OutcomeUnknown(told, over=status >= 500 and status not in _GATEWAY)


def reason_in(value: Value) -> str:
    """What the body of an error says, on one line; empty when it says nothing. Knows problem
    details (RFC 9457), lists of faults with their places, and the usual names."""
    return " ".join(_said(value).split())[:_MOST_CHARS]


def _said(value: Value) -> str:
    if isinstance(value, str):
        return "".join(char if char.isprintable() else " " for char in value)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value[:5])))
    if not isinstance(value, dict):
        return ""
    text = next(filter(None, (_said(value.get(name)) for name in _REASONS)), "")
    place = value.get("loc")
    if text and isinstance(place, list):
        return f"{'.'.join(str(part) for part in place)}: {text}"
    return text
