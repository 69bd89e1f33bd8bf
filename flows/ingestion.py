"""Sources into articles, articles into an index: wiring of the use cases of `kb`."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kb.build import Workspace
from kb.errors import ConfigError
from kb.indexing import build_index
from kb.ports import Index, Progress, Source
from kb.sync import SyncReport, sync
from kb.types import Article, Release


def sync_sources(work: Workspace, paths: Sequence[Path] | None, progress: Progress) -> SyncReport:
    """Brings the head up to date with the sources; articles of other sources leave.

    Raises `ConfigError` when there are no sources, `Permanent` when nothing can be read.
    """
    return sync(sources_of(work, paths), work.articles, work.parse, progress)


def sources_of(work: Workspace, paths: Sequence[Path] | None) -> list[Source]:
    """The sources at `paths`, else the configured ones. Raises `ConfigError` without any."""
    return work.sources(roots_of(work, paths))


def roots_of(work: Workspace, paths: Sequence[Path] | None) -> list[Path]:
    """The folders of `sources_of`, in their order."""
    roots = list(paths or work.settings.sources.paths)
    if not roots:
        raise ConfigError("no sources: name a PATH, or set [sources] paths in wellkept.toml")
    return roots


def linked_files(sources: Sequence[Source]) -> frozenset[str]:
    """Paths of what articles can link to beside articles."""
    return frozenset().union(*(source.assets() for source in sources))


def index_release(work: Workspace, candidate: Release, progress: Progress) -> int:
    """Builds the candidate's index; vectors of unchanged passages come from the live one. How
    many passages it holds."""
    articles = work.articles.of_release(candidate.id)
    target = work.backend.create(candidate.id, work.encoder.dimension)
    with closing(target):
        return fill_index(work, articles, target, progress)


def fill_index(
    work: Workspace, articles: Sequence[Article], target: Index, progress: Progress
) -> int:
    """Makes the index hold the passages of these articles. How many there are."""
    from kb.passages import split

    words = work.settings.search.passage_words
    passages = [passage for article in articles for passage in split(article, words)]
    donor = work.donor()
    try:
        build_index(passages, work.encoder, target, [donor] if donor else [], progress)
    finally:
        if donor:
            donor.close()
    return len(passages)
