"""Syncing sources into articles."""

from collections.abc import Sequence

import pytest

from kb.errors import ConfigError, Permanent
from kb.parse import Defaults, DocumentParser
from kb.ports import ArticleStore
from kb.sync import SyncReport, read, sync
from kb.types import ReadError
from tests.kb.fakes import MemoryArticles, MemorySource

PARSE = DocumentParser(Defaults())


def silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def run(source: MemorySource, store: ArticleStore) -> SyncReport:
    return sync([source], store, PARSE, silent)


def paths(store: ArticleStore) -> list[str]:
    return [article.path for article in store.head()]


@pytest.fixture
def store() -> MemoryArticles:
    return MemoryArticles()


@pytest.fixture
def source() -> MemorySource:
    return MemorySource({"a.md": "# A\n\nOne.", "b.md": "# B\n\nTwo."})


def test_the_first_sync_adds_every_article(store: MemoryArticles, source: MemorySource) -> None:
    assert run(source, store) == SyncReport(added=2)
    assert [article.id for article in store.head()] == ["memory:a.md", "memory:b.md"]


def test_what_has_not_changed_is_not_read(store: MemoryArticles, source: MemorySource) -> None:
    run(source, store)
    source.fetched.clear()
    assert run(source, store) == SyncReport(unchanged=2)
    assert source.fetched == []


def test_only_the_changed_article_is_read_again(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.fetched.clear()
    source.texts["b.md"] = "# B\n\nThree."
    assert run(source, store) == SyncReport(changed=1, unchanged=1)
    assert source.fetched == ["b.md"]
    assert store.head()[1].text.endswith("Three.")


def test_a_moved_revision_with_the_same_content_is_unchanged_and_remembered(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.touch("a.md")
    assert run(source, store) == SyncReport(unchanged=2)
    source.fetched.clear()
    run(source, store)
    assert source.fetched == []


def test_a_deleted_article_leaves(store: MemoryArticles, source: MemorySource) -> None:
    run(source, store)
    del source.texts["a.md"]
    assert run(source, store) == SyncReport(unchanged=1, removed=1)
    assert paths(store) == ["b.md"]


def test_articles_of_a_source_that_is_no_longer_named_leave(store: MemoryArticles) -> None:
    sync([MemorySource({"old.md": "Old."}, "old")], store, PARSE, silent)
    report = sync([MemorySource({"new.md": "New."}, "new")], store, PARSE, silent)
    assert (report.added, report.removed) == (1, 1)
    assert paths(store) == ["new.md"]


def test_an_article_that_turned_unreadable_leaves_and_is_named(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.texts["a.md"] = None
    report = run(source, store)
    assert report.errors == (ReadError("a.md", "torn in two"),)
    assert report.removed == 1
    assert paths(store) == ["b.md"]


def test_an_unreadable_document_is_named_on_every_run(
    store: MemoryArticles, source: MemorySource
) -> None:
    source.texts["c.md"] = ""
    assert run(source, store).errors == run(source, store).errors != ()


def test_drafts_are_left_out_and_a_published_article_that_becomes_one_leaves(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.texts["a.md"] = "---\ndraft: true\n---\n# A\n\nOne."
    assert run(source, store) == SyncReport(unchanged=1, removed=1, skipped=1)
    assert paths(store) == ["b.md"]


def test_another_version_of_the_parser_reads_everything_again(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.fetched.clear()
    other = DocumentParser(Defaults(owner="docs"))
    assert sync([source], store, other, silent).changed == 2
    assert {article.owner for article in store.head()} == {"docs"}


def test_two_runs_leave_the_same_state(store: MemoryArticles, source: MemorySource) -> None:
    run(source, store)
    first = (store.head(), store.revisions("memory"))
    run(source, store)
    assert (store.head(), store.revisions("memory")) == first


def test_progress_is_told_for_every_document(store: MemoryArticles, source: MemorySource) -> None:
    told: list[tuple[str, int, int | None]] = []
    sync([source], store, PARSE, lambda *step: told.append(step))
    assert told == [("read", 1, 2), ("read", 2, 2)]


def test_when_nothing_can_be_read_the_reasons_are_named_and_the_head_stays(
    store: MemoryArticles, source: MemorySource
) -> None:
    run(source, store)
    source.texts.update({"a.md": None, "b.md": None})
    with pytest.raises(Permanent, match=r"a\.md: torn in two; b\.md: torn in two"):
        run(source, store)
    assert paths(store) == ["a.md", "b.md"]


@pytest.mark.parametrize(
    "sources", [[], [MemorySource({"a.md": "A."}), MemorySource({"b.md": "B."})]]
)
def test_no_source_or_two_of_one_name_are_refused(
    store: MemoryArticles, sources: Sequence[MemorySource]
) -> None:
    with pytest.raises(ConfigError):
        sync(sources, store, PARSE, silent)


def test_reading_gives_the_articles_and_errors_without_a_store() -> None:
    source = MemorySource(
        {"b.md": "B.", "a.md": "A.", "c.md": None, "d.md": "---\ndraft: true\n---\nD."}
    )
    articles, errors = read([source], PARSE, silent)
    assert [article.path for article in articles] == ["a.md", "b.md"]
    assert [error.path for error in errors] == ["c.md"]
