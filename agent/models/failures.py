"""What can go wrong at an endpoint: the vendor's errors, mapped in one place.

APITimeoutError, httpx.TimeoutException        timeout      the next model is asked
RateLimitError                                 busy         again, when the endpoint says
InternalServerError, APIConnectionError,
httpx.TransportError, ConflictError            broken       again, with backoff
AuthenticationError, PermissionDeniedError,
NotFoundError                                  refused      the operator must act
BadRequestError, UnprocessableEntityError      unfit        once more without options
everything else                                unreadable   the reply makes no sense
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from kb.errors import Transient


class Failure(StrEnum):
    """Kinds of failures; nothing that the endpoint wrote is part of it, since errors may repeat
    keys and customers' words."""

    TIMEOUT = "timeout"
    BUSY = "busy"
    BROKEN = "broken"
    REFUSED = "refused"
    UNFIT = "unfit"
    UNREADABLE = "unreadable"


AGAIN = frozenset({Failure.BUSY, Failure.BROKEN})


@dataclass
class EndpointFailed(Transient):
    """One endpoint did not give a reply. `retry_after_s` is what it asked for, None without."""

    kind: Failure
    retry_after_s: float | None = None

    def __str__(self) -> str:
        return self.kind.value


def failure_of(error: Exception) -> EndpointFailed:
    """What an error of the client means."""
    import httpx
    import openai

    if isinstance(error, EndpointFailed):
        return error
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return EndpointFailed(Failure.TIMEOUT)
    if isinstance(error, openai.APIStatusError):
        return EndpointFailed(_of_status(error.status_code), _retry_after(error.response.headers))
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return EndpointFailed(Failure.BROKEN)
    return EndpointFailed(Failure.UNREADABLE)


def _of_status(status: int) -> Failure:
    if status == 429:
        return Failure.BUSY
    if status in (408, 409, 425) or status >= 500:
        return Failure.BROKEN
    if status in (401, 403, 404):
        return Failure.REFUSED
    return Failure.UNFIT


def _retry_after(headers: "object") -> float | None:
    """Seconds, from a number or a date (RFC 9110, 10.2.3); None without either."""
    get = getattr(headers, "get", None)
    told = str(get("retry-after") or "") if get else ""
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
