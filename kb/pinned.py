"""What a release pins beside its articles: files, and the settings that it answers by."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any, TypeVar

from kb.code import code_fingerprint
from kb.settings import AgentSettings, Section, Settings
from kb.types import Article, Asset

SETTINGS = "settings"
# What a language model answers depends on where and which it is, not on its key or its patience.
_LLM = {"url", "model", "fallback_url", "fallback_model", "max_output_tokens"}
# Where a model is reached is up to the process that calls it: a key goes to no other address.
_ADDRESSES = ("url", "fallback_url")
_REVIEWS = {"review_days", "policy_review_days", "review_by_path", "review_by_owner"}
_CREDENTIALS = re.compile(r"//[^/@\s\"]+@")
_QUERY = re.compile(r'("(?:fallback_)?url": "[^"?]*)\?[^"]*')
_SHOWN_CHARS = 40
_Section = TypeVar("_Section", bound=Section)


def fingerprint(
    articles: Iterable[Article],
    encoder_fingerprint: str,
    settings: Settings,
    assets: Iterable[Asset] = (),
) -> str:
    """SHA-256, in hex, of everything that answers depend on: the articles and assets in any
    order, the embedding model, the settings of search, agent, handover and language model, which
    articles are right or reviewed where the agent heeds it, and Wellkept itself: its version and
    its code."""
    held = [*assets, pinned_settings(encoder_fingerprint, settings)]
    return fingerprint_of({item.id: item.content_hash for item in articles}, held)


def fingerprint_of(articles: Mapping[str, str], assets: Iterable[Asset]) -> str:
    """The same of what a release holds: content hashes by article id, and its assets, the
    settings among them."""
    parts = {
        "articles": sorted([key, content_hash] for key, content_hash in articles.items()),
        "assets": sorted([item.kind, item.name, item.version] for item in assets),
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def pinned_settings(encoder_fingerprint: str, settings: Settings) -> Asset:
    """What a fingerprint covers beside articles and files, as JSON for people to compare: the
    settings that answers depend on, the embedding model and Wellkept itself. Credentials that
    stand in an address are left out."""
    parts = _parts(encoder_fingerprint, settings)
    text = json.dumps(parts, sort_keys=True, indent=2, ensure_ascii=False)
    text = _QUERY.sub(r"\1?…", _CREDENTIALS.sub("//…@", text))
    return Asset(SETTINGS, "settings", sha256(text.encode()).hexdigest()[:12], text)


def as_released(settings: Settings, assets: Iterable[Asset]) -> Settings:
    """These settings with what a release pins in place of their own. The addresses of language
    models stay the process's; a release that was evaluated without a model gets none. Keys that
    this version does not know are passed over."""
    pinned = _read(assets)
    if not pinned:
        return settings
    model = dict(pinned.get("llm", {}))
    for key in _ADDRESSES:
        if model.get(key):
            model[key] = getattr(settings.llm, key)
    return settings.model_copy(
        update={
            "search": _merged(settings.search, pinned.get("search", {})),
            "agent": _merged(settings.agent, pinned.get("agent", {})),
            "handover": _merged(settings.handover, pinned.get("handover", {})),
            "hygiene": _merged(settings.hygiene, pinned.get("hygiene", {})),
            "encoder": _merged(settings.encoder, pinned.get("embedding", {})),
            "llm": _merged(settings.llm, model),
        }
    )


def differences(assets: Sequence[Asset], encoder_fingerprint: str, settings: Settings) -> list[str]:
    """What is set otherwise now than in the release that holds these assets, such as
    `agent.max_sentences (6, now 4)`, in order; nothing for a release that keeps no settings."""
    pinned = _read(assets)
    if not pinned:
        return []
    now = json.loads(pinned_settings(encoder_fingerprint, settings).text)
    return list(_different(pinned, now))


def _parts(encoder_fingerprint: str, settings: Settings) -> dict[str, Any]:
    return {
        "wellkept": version("wellkept"),
        "code": code_fingerprint("kb", "agent"),
        "encoder": encoder_fingerprint,
        "embedding": settings.encoder.model_dump(mode="json", include={"model", "revision"}),
        "search": settings.search.model_dump(mode="json"),
        "agent": settings.agent.model_dump(mode="json", exclude={"calibration"}),
        "handover": settings.handover.model_dump(mode="json"),
        "llm": settings.llm.model_dump(mode="json", include=_LLM),
        "hygiene": settings.hygiene.model_dump(mode="json", include=_heeded(settings.agent)),
    }


def _heeded(agent: AgentSettings) -> set[str]:
    """What of hygiene an agent with these settings answers by."""
    preferring = {"authoritative"} if agent.contradictions == "prefer" else set()
    return preferring | (_REVIEWS if agent.verified_only else set())


def _read(assets: Iterable[Asset]) -> dict[str, Any]:
    text = next((item.text for item in assets if item.kind == SETTINGS), "{}")
    found: dict[str, Any] = json.loads(text)
    return found


def _merged(section: _Section, pinned: Mapping[str, Any]) -> _Section:
    known = {key: value for key, value in pinned.items() if key in type(section).model_fields}
    return type(section).model_validate({**section.model_dump(), **known})


def _different(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        was, is_now = before.get(name), now.get(name)
        if isinstance(was, dict) or isinstance(is_now, dict):
            old, new = was or {}, is_now or {}
            for key in sorted(old.keys() | new.keys()):
                if old.get(key) != new.get(key):
                    yield _shown(f"{name}.{key}", old.get(key), new.get(key))
        elif was != is_now:
            yield "Wellkept's code" if name == "code" else _shown(name, was, is_now)


def _shown(name: str, was: object, now: object) -> str:
    """Long values are left to `wellkept releases diff`."""
    text = f"{json.dumps(was, ensure_ascii=False)}, now {json.dumps(now, ensure_ascii=False)}"
    return f"{name} ({text})" if len(text) <= _SHOWN_CHARS else name
