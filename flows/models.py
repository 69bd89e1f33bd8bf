"""Which models a release answers and is judged by: as they are set, and as endpoints tell."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import SecretStr

from agent.models.reported import reported
from eval.judging.endpoint import endpoint_of
from eval.runs.drift import REPORTED
from kb.settings import Settings


def models_of(settings: Settings, encoder: str) -> Mapping[str, object]:
    """By part: `embedding model`, `writer`, `judge` and what is `reported` of the last two. None
    where there is none, or its endpoint does not tell. Plain values, without any key. Raises
    `ConfigError` for a judge that is configured by half."""
    llm, judge = settings.llm, endpoint_of(settings)
    url, model = (judge.url, judge.model) if judge else (None, None)
    return {
        "embedding model": encoder,
        "writer": _name(llm.url, llm.model),
        "second writer": _name(llm.fallback_url or llm.url, llm.fallback_model),
        "judge": _name(url, model),
        f"writer {REPORTED}": _asked(llm.url, llm.model, llm.api_key),
        f"judge {REPORTED}": _asked(url, model, judge.api_key if judge else None),
    }


def _name(url: str | None, model: str | None) -> str | None:
    """Without what an address may hold of names and passwords."""
    if not (url and model):
        return None
    parts = urlsplit(url)
    return f"{model} at {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _asked(
    url: str | None, model: str | None, key: SecretStr | None
) -> Mapping[str, object] | None:
    if not (url and model):
        return None
    return reported(url, model, key.get_secret_value() if key else None)
