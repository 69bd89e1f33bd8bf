"""The life of a release: begun, evaluated, promoted or refused, rolled back to, dropped."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from typing import Protocol

from kb.errors import Permanent
from kb.ports import ReleaseStore
from kb.settings import AgentSettings, Settings
from kb.types import Article, Asset, Release, ReleaseStatus

# What a language model answers depends on where and which it is, not on its key or its patience.
_LLM = {"url", "model", "fallback_url", "fallback_model", "max_output_tokens"}
_REVIEWS = {"review_days", "policy_review_days", "review_by_path", "review_by_owner"}


class Indexes(Protocol):
    """What of an `IndexBackend` the life of a release touches."""

    def names(self) -> set[str]: ...

    def drop(self, release_id: str) -> None: ...

    def point_live(self, release_id: str) -> None: ...


class Beginning(StrEnum):
    """How a release began."""

    NEW = "new"
    RESUMED = "resumed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Begun:
    """The release to build, or the live one where there is nothing to do."""

    release: Release
    beginning: Beginning


def fingerprint(
    articles: Iterable[Article],
    encoder_fingerprint: str,
    settings: Settings,
    assets: Iterable[Asset] = (),
) -> str:
    """SHA-256, in hex, of everything that answers depend on: the articles and assets in any
    order, the embedding model, the settings of search, agent, handover and language model, which
    articles are right or reviewed where the agent heeds it, and Wellkept's version."""
    parts = {
        "wellkept": version("wellkept"),
        "articles": sorted([article.id, article.content_hash] for article in articles),
        "encoder": encoder_fingerprint,
        "search": settings.search.model_dump(mode="json"),
        "assets": sorted([item.kind, item.name, item.version] for item in assets),
        "agent": settings.agent.model_dump(mode="json", exclude={"calibration"}),
        "handover": settings.handover.model_dump(mode="json"),
        "llm": settings.llm.model_dump(mode="json", include=_LLM),
        "hygiene": settings.hygiene.model_dump(mode="json", include=_heeded(settings.agent)),
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _heeded(agent: AgentSettings) -> set[str]:
    """What of hygiene an agent with these settings answers by."""
    preferring = {"authoritative"} if agent.contradictions == "prefer" else set()
    return preferring | (_REVIEWS if agent.verified_only else set())


def begin(
    releases: ReleaseStore,
    indexes: Indexes,
    articles: Sequence[Article],
    fingerprint: str,
    encoder: str,
    now: datetime,
    assets: Sequence[Asset] = (),
) -> Begun:
    """The release of this fingerprint.

    Unchanged when it is the live one and its index is there. Resumed under its old id when a run
    began it and it never went live: interrupted, or refused and to be tried again. Else new.
    """
    known = releases.all()
    live = next((item for item in known if item.status == ReleaseStatus.LIVE), None)
    if live and live.fingerprint == fingerprint and live.id in indexes.names():
        indexes.point_live(live.id)
        return Begun(live, Beginning.UNCHANGED)
    left = next((item for item in known if _is_resumable(item, fingerprint)), None)
    name = left.id if left else _new_id(fingerprint, now, {item.id for item in known})
    release = Release(
        id=name,
        fingerprint=fingerprint,
        status=ReleaseStatus.BUILDING,
        created_at=now,
        article_count=len(articles),
        encoder=encoder,
    )
    releases.add(release, articles, assets)
    return Begun(release, Beginning.RESUMED if left else Beginning.NEW)


def finish(releases: ReleaseStore, release: Release, passage_count: int) -> Release:
    """Its index is complete: a candidate, waiting for its evaluation."""
    built = replace(release, status=ReleaseStatus.CANDIDATE, passage_count=passage_count)
    releases.update(built)
    return built


def record_verdict(
    releases: ReleaseStore, release: Release, verdict: Mapping[str, object]
) -> Release:
    """Ties the verdict to the release as it is now. One that has not `passed` is refused; a
    release that is live or was keeps its status."""
    judged = replace(release, evaluated_fingerprint=release.fingerprint, verdict=verdict)
    if release.status not in (ReleaseStatus.LIVE, ReleaseStatus.RETIRED):
        passed = verdict.get("passed") is True
        status = ReleaseStatus.CANDIDATE if passed else ReleaseStatus.REFUSED
        judged = replace(judged, status=status)
    releases.update(judged)
    return judged


def promote(releases: ReleaseStore, indexes: Indexes, release_id: str) -> Release:
    """Makes it live. Raises `Permanent` without an index, or when the store refuses it: then
    everything stays as it was. Doing it again mends an alias that a crash left behind."""
    if release_id not in indexes.names():
        raise Permanent(f"release {release_id} has no index; release again to build one")
    release = releases.promote(release_id)
    indexes.point_live(release_id)
    return release


def rollback(releases: ReleaseStore, indexes: Indexes, target: str | None = None) -> Release:
    """Makes `target` live again; without one, the release that was live before this one, so that
    rolling back twice changes nothing. Raises `Permanent` when there is none to go back to."""
    known = {item.id: item for item in releases.all()}
    if target is None:
        retired = _by_last_live(known.values())
        if not retired:
            raise Permanent("there is no earlier release to roll back to")
        target = retired[0].id
    elif target not in known:
        raise Permanent(f"there is no release {target}; `wellkept releases` lists them")
    elif known[target].promoted_at is None:
        raise Permanent(f"release {target} was never live, so nothing can roll back to it")
    return promote(releases, indexes, target)


def prune(releases: ReleaseStore, indexes: Indexes, keep: int) -> list[str]:
    """Drops all but `keep` releases that are live or were, with their indexes, and what never
    went live, except the newest of it while it is newer than the live one: that can still be
    looked at and tried again. What was dropped, oldest first. The live one always stays."""
    known = releases.all()
    live = [item for item in known if item.status == ReleaseStatus.LIVE]
    kept = {item.id for item in [*live, *_by_last_live(known)][:keep] + live}
    unserved = [item for item in known if item.promoted_at is None]
    kept |= {item.id for item in unserved[:1] if item is known[0]}
    dropped = [item.id for item in reversed(known) if item.id not in kept]
    for release_id in dropped:
        # The row goes last: a crash in between leaves it to the next run, and no lost index.
        indexes.drop(release_id)
        releases.drop(release_id)
    return dropped


def _is_resumable(release: Release, fingerprint: str) -> bool:
    return release.fingerprint == fingerprint and release.promoted_at is None


def _by_last_live(releases: Iterable[Release]) -> list[Release]:
    """Retired ones, the last to have been live first."""
    retired = [
        (item.promoted_at, item.id, item)
        for item in releases
        if item.status == ReleaseStatus.RETIRED and item.promoted_at
    ]
    return [item for _, _, item in sorted(retired, reverse=True)]


def _new_id(fingerprint: str, now: datetime, taken: Collection[str]) -> str:
    """Such as r20261122-1a2b3c4d; numbered when the same was released on the same day."""
    name = f"r{now.astimezone(UTC):%Y%m%d}-{fingerprint[:8]}"
    number = 1
    unique = name
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    return unique
