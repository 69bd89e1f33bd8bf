"""One release, readable."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.index.edge import EdgeBackend
from kb.indexing import build_index
from kb.knowledge import Knowledge
from kb.passages import split
from kb.retrieve import Retriever
from kb.settings import SearchSettings
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.releases import Releases
from kb.types import Evidence, Finding, FindingKind, FindingStatus, Release, ReleaseStatus, Severity
from tests.kb.articles import article
from tests.kb.encoders import WordEncoder

RELEASE = Release("r1", "f", ReleaseStatus.CANDIDATE, datetime(2026, 11, 22, tzinfo=UTC))
BILLING = article("billing.md", "Pay by card.\n", title="Billing")
LOGIN = article("login.md", "Reset the password.\n", title="Login")


def finding(name: str, status: FindingStatus, *paths: str) -> Finding:
    evidence = tuple(Evidence(f"test:{path}", path, path, "q", 0, 1) for path in paths)
    return Finding(
        name, FindingKind.STALE, Severity.LOW, 0.9, name, "", "", evidence, status=status
    )


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[Knowledge]:
    database = Database(f"sqlite:///{tmp_path / 'wellkept.db'}")
    database.upgrade()
    articles = Articles(database)
    for item in (BILLING, LOGIN):
        articles.put(item, "1")
    Releases(database).add(RELEASE, [BILLING, LOGIN])
    articles.put(replace(LOGIN, text="Changed since.\n", content_hash="new"), "2")
    index = EdgeBackend(tmp_path / "index").create("r1", WordEncoder.dimension)
    build_index([*split(BILLING, 160), *split(LOGIN, 160)], WordEncoder(), index, [])
    findings = [
        finding("open", FindingStatus.OPEN, "billing.md", "billing.md", "login.md"),
        finding("accepted", FindingStatus.ACCEPTED, "login.md"),
        finding("dismissed", FindingStatus.DISMISSED, "billing.md"),
        finding("fixed", FindingStatus.FIXED, "billing.md"),
    ]
    retriever = Retriever(index, WordEncoder(), SearchSettings())
    yield Knowledge(RELEASE, articles, retriever, findings)
    index.close()
    database.close()


def test_search_finds_passages_whose_words_stand_in_the_article(knowledge: Knowledge) -> None:
    (found, *_) = knowledge.search("reset the password", 2)
    entry = knowledge.article(found.passage.article_id)
    assert entry is not None
    assert entry.text[found.passage.start : found.passage.end] == "Reset the password."


def test_an_article_is_the_version_of_the_release(knowledge: Knowledge) -> None:
    assert knowledge.article("test:login.md") == LOGIN
    assert knowledge.article("test:unknown.md") is None


def test_an_article_is_read_from_the_store_once(knowledge: Knowledge) -> None:
    assert knowledge.article("test:login.md") is knowledge.article("test:login.md")


def test_findings_that_stand_are_known_for_each_article_they_quote(knowledge: Knowledge) -> None:
    assert [item.id for item in knowledge.open_findings("test:billing.md")] == ["open"]
    assert [item.id for item in knowledge.open_findings("test:login.md")] == ["open", "accepted"]
    assert knowledge.open_findings("test:unknown.md") == []
