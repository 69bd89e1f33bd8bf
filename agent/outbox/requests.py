"""HTTP as the outbox speaks it: every fault is one that is tried again, without secrets."""

from collections.abc import Mapping
from typing import Any

import httpx

from agent.outbox.delivery import Undelivered

_LONGEST_WAIT_S = 3600.0
_TOLD = 200


def send(client: httpx.Client, what: str, method: str, url: str, **sent: Any) -> httpx.Response:
    """The response, when it says that all is well. Raises `Undelivered`, which names `what` was
    asked and what came back, never the URL, its key or the body."""
    try:
        response = client.request(method, url, **sent)
    except httpx.TimeoutException:
        raise Undelivered(f"{what}: no answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Undelivered(f"{what}: {type(error).__name__}") from None
    if not response.is_success:
        raise Undelivered(f"{what}: {response.status_code}{_reason(response)}", _wait(response))
    return response


def _reason(response: httpx.Response) -> str:
    """What the server says of it in a JSON error, shortened."""
    try:
        body = response.json()
    except ValueError:
        return ""
    told = body.get("error") or body.get("detail") if isinstance(body, Mapping) else None
    text = told if isinstance(told, str) else ""
    return f" ({' '.join(text.split())[:_TOLD]})" if text else ""


def _wait(response: httpx.Response) -> float:
    try:
        seconds = float(response.headers.get("Retry-After", "0"))
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT_S)
