"""The contract of `ArticleStore`."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kb.errors import Permanent
from kb.ports import ArticleStore, ReleaseStore
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.releases import Releases
from kb.store.tables import VersionRow
from kb.types import (
    Article,
    Block,
    BlockKind,
    Cell,
    Link,
    Release,
    ReleaseStatus,
    Section,
    Sentence,
)

TABLE = Block(
    BlockKind.TABLE_ROW, 0, 12, "Pro | 5 GB", cells=(Cell(0, 4, "5 GB", column="Size", row="Pro"),)
)
STEP = Block(BlockKind.STEP, 13, 20, "Open ⚙", (Sentence(13, 20, "Open ⚙"),), 1, "2.")
FULL = Article(
    id="help:a.md",
    source="help",
    path="a.md",
    title="Größe",
    text="Pro | 5 GB | Open ⚙",
    sections=(Section(("Plans", "Pro"), "pro", 2, 0, 20, (TABLE, STEP)),),
    content_hash="1",
    owner="ann",
    audience=("staff",),
    product=("app", "web"),
    locale="de",
    tags=("policy",),
    url="https://help.example/a",
    created_at=datetime(2025, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    updated_at=datetime(2026, 1, 2, tzinfo=UTC),
    reviewed_on=date(2026, 3, 4),
    links=(Link("b.md#x", "B", 1, 2), Link("c.png", "", 3, 4, image=True)),
    anchors=("pro",),
    extra={"layout": "wide"},
)


@pytest.fixture
def articles(database: Database) -> ArticleStore:
    return Articles(database)


@pytest.fixture
def releases(database: Database) -> ReleaseStore:
    return Releases(database)


def make(name: str, content_hash: str = "1", source: str = "help") -> Article:
    return Article(f"{source}:{name}", source, name, name, content_hash, (), content_hash)


def release(name: str) -> Release:
    return Release(name, "f", ReleaseStatus.BUILDING, datetime(2026, 1, 1, tzinfo=UTC))


def test_an_article_comes_back_as_it_was_put(articles: ArticleStore) -> None:
    articles.put(FULL, "r1")
    assert articles.head() == [FULL]


def test_the_head_is_sorted_by_id_and_holds_the_last_version(articles: ArticleStore) -> None:
    for name in ("b", "a", "B", "ä"):
        articles.put(make(name), "r1")
    articles.put(make("a", "2"), "r2")
    assert [(item.id, item.content_hash) for item in articles.head()] == [
        ("help:B", "1"),
        ("help:a", "2"),
        ("help:b", "1"),
        ("help:ä", "1"),
    ]


def test_revisions_are_told_by_source(articles: ArticleStore) -> None:
    articles.put(make("a"), "r1")
    articles.put(make("b", source="blog"), "r9")
    articles.put(make("a", "2"), "r2")
    assert articles.revisions("help") == {"help:a": "r2"}
    assert articles.revisions("nowhere") == {}


def test_touching_moves_the_revision_alone(articles: ArticleStore) -> None:
    articles.put(make("a"), "r1")
    articles.touch("help:a", "r2")
    assert articles.revisions("help") == {"help:a": "r2"}
    assert articles.head() == [make("a")]


def test_touching_an_unknown_article_is_refused(articles: ArticleStore) -> None:
    with pytest.raises(Permanent, match="help:a"):
        articles.touch("help:a", "r2")


def test_a_removed_article_leaves_the_head_and_may_come_back(articles: ArticleStore) -> None:
    articles.put(make("a"), "r1")
    articles.put(make("b"), "r1")
    articles.remove(["help:a", "help:never-there"])
    assert articles.head() == [make("b")]
    assert articles.revisions("help") == {"help:b": "r1"}
    articles.put(make("a"), "r3")
    assert articles.head() == [make("a"), make("b")]


def test_many_articles_are_removed_at_once(articles: ArticleStore) -> None:
    articles.put(make("a"), "r1")
    articles.remove([*(f"help:{number}" for number in range(40_000)), "help:a"])
    assert articles.head() == []


def test_a_release_keeps_its_versions_whatever_happens_to_the_head(
    articles: ArticleStore, releases: ReleaseStore
) -> None:
    old = [make("a"), make("b")]
    for item in old:
        articles.put(item, "r1")
    releases.add(release("one"), old)
    articles.put(make("a", "2"), "r2")
    articles.remove(["help:b"])
    releases.add(release("two"), articles.head())
    assert articles.of_release("one") == old
    assert articles.of_release("two") == [make("a", "2")]
    assert articles.get("one", "help:b") == make("b")
    assert articles.get("two", "help:b") is None
    assert articles.get("two", "help:a") == make("a", "2")
    assert articles.of_release("never") == []


def test_versions_that_nobody_holds_take_no_room(
    database: Database, articles: ArticleStore, releases: ReleaseStore
) -> None:
    articles.put(make("a"), "r1")
    articles.put(make("a", "2"), "r2")
    assert stored(database) == {"2"}
    releases.add(release("one"), articles.head())
    articles.put(make("a", "3"), "r3")
    assert stored(database) == {"2", "3"}
    articles.remove(["help:a"])
    assert stored(database) == {"2"}
    releases.drop("one")
    assert stored(database) == set()


def test_text_that_is_no_unicode_is_refused(articles: ArticleStore) -> None:
    with pytest.raises(Permanent, match="a: its text"):
        articles.put(replace(make("a"), text="\ud800"), "r1")
    assert articles.head() == []


def test_an_article_may_hold_a_nul(articles: ArticleStore) -> None:
    odd = replace(make("a"), text="a\x00b", title="a\x00b")
    articles.put(odd, "r1")
    assert articles.head() == [odd]


def stored(database: Database) -> set[str]:
    with database.read() as session:
        return {row.content_hash for row in session.query(VersionRow)}
