"""Wires a release to what is kept of the cases that were tried on it, and on releases before."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from agent.build import knowledge_of
from eval.runs.ground import subject_of
from eval.runs.reuse import Reuse
from eval.runs.tried import TriedCases
from eval.runs.watching import Watcher, ground_of
from kb.build import Workspace
from kb.types import Article

# A turn older than this is asked for again, whatever has not changed.
KEPT = timedelta(days=90)


def open_reuse(
    work: Workspace, release_id: str, articles: Sequence[Article], *, fresh: bool = False
) -> Reuse:
    """On a release with these articles, which answers as `work` has it set. With `fresh` nothing
    is reused, and what is tried is kept all the same."""
    knowledge = knowledge_of(work, release_id)
    encoder = work.encoder
    assets = work.releases.assets(release_id)
    return Reuse(
        store=TriedCases(work.database),
        subject=subject_of(release_id, work.settings, encoder.fingerprint, assets, articles),
        watcher=Watcher(knowledge.articles()),
        ground=ground_of(knowledge),
        prepare=encoder.encode_queries,
        fresh=fresh,
    )


def forget_old(work: Workspace) -> None:
    """Drops what was tried on releases that are gone, or too long ago."""
    releases = [release.id for release in work.releases.all()]
    TriedCases(work.database).prune(releases, datetime.now(UTC) - KEPT)
