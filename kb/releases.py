"""The life of a release: begun, evaluated, promoted or refused, rolled back to, dropped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from kb.errors import Permanent
from kb.pinned import fingerprint, pinned_settings
from kb.ports import ReleaseStore
from kb.seal import VERDICT, WITHDRAWN, changed, seal, sealed_verdict
from kb.settings import Settings
from kb.types import Article, Asset, Release, ReleaseStatus


class Indexes(Protocol):
    """What of an `IndexBackend` the life of a release touches."""

    def names(self) -> set[str]: ...

    def digest(self, release_id: str) -> str: ...

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


def begin(
    releases: ReleaseStore,
    indexes: Indexes,
    articles: Sequence[Article],
    settings: Settings,
    encoder: str,
    now: datetime,
    assets: Sequence[Asset] = (),
    tried: Collection[str] = (),
) -> Begun:
    """The release of these articles and assets under these settings, by its fingerprint; the
    settings are pinned too.

    Unchanged when it is the live one and still what was evaluated. Resumed under its old id when
    a run began it and it never went live: interrupted, or refused and to be tried again. Else new.
    Raises `Permanent` when it is one of `tried`, which customers talk to, and when customers have
    tried it and it was withdrawn.
    """
    mark = fingerprint(articles, encoder, settings, assets)
    known = releases.all()
    live = next((item for item in known if item.status == ReleaseStatus.LIVE), None)
    if live and live.fingerprint == mark and is_whole(releases, indexes, live):
        indexes.point_live(live.id)
        return Begun(live, Beginning.UNCHANGED)
    left = next((item for item in known if _is_resumable(item, mark)), None)
    if left:
        _refuse_tried(left, tried)
    release = Release(
        id=left.id if left else _new_id(mark, now, {item.id for item in known}),
        fingerprint=mark,
        status=ReleaseStatus.BUILDING,
        created_at=now,
        article_count=len(articles),
        encoder=encoder,
    )
    releases.add(release, articles, [*assets, pinned_settings(encoder, settings)])
    return Begun(release, Beginning.RESUMED if left else Beginning.NEW)


def finish(
    releases: ReleaseStore, indexes: Indexes, release: Release, passage_count: int
) -> Release:
    """Its index is complete: a candidate, waiting for its evaluation. What it holds is sealed:
    `promote` refuses it once that has changed."""
    built = replace(
        release,
        status=ReleaseStatus.CANDIDATE,
        passage_count=passage_count,
        seal=seal(releases.held(release.id), indexes.digest(release.id)),
    )
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
    kept = releases.get(judged.id)
    if judged.seal is None or kept is None or kept.verdict is None:
        return judged
    # Sealed as it is stored: a database may write a number in another way.
    sealed = {**judged.seal, VERDICT: sealed_verdict(kept.verdict)}
    judged = replace(judged, seal=sealed)
    releases.update(judged)
    return judged


def promote(releases: ReleaseStore, indexes: Indexes, release_id: str) -> Release:
    """Makes it live. Raises `Permanent` without an index, when it holds anything else than what
    was evaluated, or when it did not pass: then everything stays as it was. Doing it again mends
    an alias that a crash left behind."""
    if release_id not in indexes.names():
        raise Permanent(f"release {release_id} has no index; release again to build one")
    release = releases.promote(release_id, indexes.digest(release_id))
    indexes.point_live(release_id)
    return release


def withdraw(releases: ReleaseStore, release_id: str, reason: str) -> Release:
    """Refuses a candidate that customers have tried. Raises `Permanent` for one that is live, was
    live, or is unknown."""
    known = _known(releases, release_id)
    verdict = {**(known.verdict or {}), WITHDRAWN: reason}
    refused = replace(known, status=ReleaseStatus.REFUSED, verdict=verdict)
    releases.update(refused)
    return refused


def reinstate(releases: ReleaseStore, release_id: str) -> Release:
    """Makes a candidate again of what was withdrawn; any other release stays as it is."""
    known = _known(releases, release_id)
    if not known.verdict or WITHDRAWN not in known.verdict:
        return known
    verdict = {key: value for key, value in known.verdict.items() if key != WITHDRAWN}
    again = replace(known, status=ReleaseStatus.CANDIDATE, verdict=verdict)
    releases.update(again)
    return again


def is_whole(releases: ReleaseStore, indexes: Indexes, release: Release) -> bool:
    """Whether its index is there, and all that it holds is what was evaluated."""
    return release.id in indexes.names() and not what_changed(releases, indexes, release)


def what_changed(releases: ReleaseStore, indexes: Indexes, release: Release) -> list[str]:
    """What is not as it was when the release was built and evaluated, in words; nothing where all
    is. Raises `Permanent` without an index."""
    return changed(release, releases.held(release.id), indexes.digest(release.id))


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


def prune(
    releases: ReleaseStore, indexes: Indexes, keep: int, tried: Collection[str] = ()
) -> list[str]:
    """Drops all but `keep` releases that are live or were, with their indexes, and what never
    went live, except the newest of it while it is newer than the live one: that can still be
    looked at and tried again. What was dropped, oldest first. The live one always stays, and so
    do those of `tried`, which customers talk to."""
    known = releases.all()
    live = [item for item in known if item.status == ReleaseStatus.LIVE]
    kept = {item.id for item in [*live, *_by_last_live(known)][:keep] + live} | set(tried)
    unserved = [item for item in known if item.promoted_at is None]
    kept |= {item.id for item in unserved[:1] if item is known[0]}
    dropped = [item.id for item in reversed(known) if item.id not in kept]
    for release_id in dropped:
        # The row goes last: a crash in between leaves it to the next run, and no lost index.
        indexes.drop(release_id)
        releases.drop(release_id)
    return dropped


def _refuse_tried(release: Release, tried: Collection[str]) -> None:
    if release.id in tried:
        raise Permanent(
            f"release {release.id} holds exactly this, and customers are trying it; "
            "`wellkept canary promote` or `wellkept canary stop` ends that"
        )
    if release.verdict and WITHDRAWN in release.verdict:
        raise Permanent(
            f"release {release.id} holds exactly this and was withdrawn "
            f"({release.verdict[WITHDRAWN]}); change what made it worse, or try it on customers "
            f"once more: `wellkept canary start {release.id} --again`"
        )


def _known(releases: ReleaseStore, release_id: str) -> Release:
    found = releases.get(release_id)
    if found is None:
        raise Permanent(f"there is no release {release_id}; `wellkept releases` lists them")
    return found


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
