"""What an endpoint tells about a model, without being asked to write anything."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

# What names a model's weights where a server tells: OpenAI's own (`id`, `owned_by`, `created`),
# vLLM's (`root`, `max_model_len`) and llama.cpp's (`meta`).
_TELLING = ("id", "owned_by", "created", "root", "parent", "max_model_len", "meta")
# Some servers give the moment of the request as `created`: a model is not news every second.
_SETTLED = timedelta(days=1)
_TIMEOUT_S = 10.0


def reported(url: str, model: str, key: str | None = None) -> Mapping[str, object] | None:
    """The endpoint's own entry of the model (`GET /models`), without what changes from one
    request to the next; None where it does not answer, or does not list it."""
    import httpx

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/models", headers=headers, timeout=_TIMEOUT_S)
        listed = answer.raise_for_status().json()["data"]
        entry = next((item for item in listed if item["id"] == model), None)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return None
    return None if entry is None else _telling(entry, datetime.now(UTC))


def _telling(entry: Mapping[str, object], now: datetime) -> Mapping[str, object]:
    told = {name: entry[name] for name in _TELLING if entry.get(name) is not None}
    created = told.get("created")
    if not isinstance(created, int | float) or created > (now - _SETTLED).timestamp():
        told.pop("created", None)
    return told
