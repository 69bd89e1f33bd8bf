"""One release, readable, and what is wrong with it now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.findings import FindingKind, FindingStatus
from kb.index.edge import EdgeBackend
from kb.indexing import build_index
from kb.knowledge import Knowledge
from kb.passages import split
from kb.retrieve import Retriever
from kb.settings import HygieneSettings, SearchSettings
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.findings import Findings
from kb.store.releases import Releases
from kb.types import Release, ReleaseStatus
from tests.kb.articles import article
from tests.kb.encoders import WordEncoder
from tests.kb.findings import finding, side

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RELEASE = Release("r1", "f", ReleaseStatus.CANDIDATE, NOW)
BILLING = article("billing.md", "Pay by card. A refund takes 30 days.\n", title="Billing")
LOGIN = article("login.md", "Reset the password. A refund takes 14 days.\n", title="Login")
DISPUTE = finding("dispute", side(BILLING, "30 days"), side(LOGIN, "14 days"))
STALE = finding("stale", side(LOGIN, "Reset the password."), kind=FindingKind.STALE)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'wellkept.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def findings(database: Database) -> Findings:
    return Findings(database)


@pytest.fixture
def knowledge(tmp_path: Path, database: Database, findings: Findings) -> Iterator[Knowledge]:
    articles = Articles(database)
    for item in (BILLING, LOGIN):
        articles.put(item, "1")
    Releases(database).add(RELEASE, [BILLING, LOGIN])
    articles.put(replace(LOGIN, text="Changed since.\n", content_hash="new"), "2")
    index = EdgeBackend(tmp_path / "index").create("r1", WordEncoder.dimension)
    build_index([*split(BILLING, 160), *split(LOGIN, 160)], WordEncoder(), index, [])
    retriever = Retriever(index, WordEncoder(), SearchSettings())
    settings = HygieneSettings(authoritative=["billing*"])
    yield Knowledge(RELEASE, articles, retriever, findings, settings)
    index.close()


def known(knowledge: Knowledge, path: str) -> list[str]:
    return [item.id for item in knowledge.open_findings(f"test:{path}")]


def test_search_finds_passages_whose_words_stand_in_the_article(knowledge: Knowledge) -> None:
    (found, *_) = knowledge.search("reset the password", 2)
    entry = knowledge.article(found.passage.article_id)
    assert entry is not None
    assert entry.text[found.passage.start : found.passage.end] == found.passage.text
    assert found.passage.text.startswith("Reset the password.")


def test_an_article_is_the_version_of_the_release(knowledge: Knowledge) -> None:
    assert knowledge.article("test:login.md") == LOGIN
    assert knowledge.article("test:unknown.md") is None


def test_an_article_is_read_from_the_store_once(knowledge: Knowledge) -> None:
    assert knowledge.article("test:login.md") is knowledge.article("test:login.md")


def test_settings_name_the_articles_that_are_right(knowledge: Knowledge) -> None:
    assert knowledge.trusts(BILLING)
    assert not knowledge.trusts(LOGIN)


def test_findings_that_stand_are_known_for_each_article_they_quote(
    knowledge: Knowledge, findings: Findings
) -> None:
    findings.record([DISPUTE, STALE], NOW)
    assert known(knowledge, "billing.md") == ["dispute"]
    assert known(knowledge, "login.md") == ["dispute", "stale"]
    assert known(knowledge, "unknown.md") == []


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        (FindingStatus.ACCEPTED, True),
        (FindingStatus.DISMISSED, False),
        (FindingStatus.SNOOZED, False),
    ],
)
def test_a_changed_status_is_noticed_at_once(
    knowledge: Knowledge, findings: Findings, status: FindingStatus, stands: bool
) -> None:
    findings.record([DISPUTE], NOW)
    assert known(knowledge, "billing.md") == ["dispute"]
    now = datetime.now(UTC)
    until = now.replace(year=now.year + 1, day=1) if status is FindingStatus.SNOOZED else None
    findings.set_status("dispute", status, "ann", "as agreed", now, until)
    assert bool(known(knowledge, "billing.md")) is stands
    findings.set_status("dispute", FindingStatus.OPEN, "ann", "", now) if not stands else None
    assert known(knowledge, "billing.md") == ["dispute"]
    findings.record([], NOW)
    assert known(knowledge, "billing.md") == []


def test_evidence_stands_at_its_place_in_the_release(
    knowledge: Knowledge, findings: Findings
) -> None:
    moved = replace(BILLING, text=f"A new beginning.\n\n{BILLING.text}")
    findings.record([finding("moved", side(moved, "30 days"), side(LOGIN, "14 days"))], NOW)
    (found,) = knowledge.open_findings("test:billing.md")
    for item in found.evidence:
        entry = knowledge.article(item.article_id)
        assert entry is not None
        assert entry.text[item.start : item.end] == item.quote


def test_a_finding_on_another_version_is_not_about_this_release(
    knowledge: Knowledge, findings: Findings
) -> None:
    newer = replace(LOGIN, text="A refund takes 20 days.\n")
    stale = finding("stale", side(newer, "20 days"), kind=FindingKind.STALE)
    findings.record([finding("later", DISPUTE.evidence[0], side(newer, "20 days")), stale], NOW)
    assert known(knowledge, "billing.md") == known(knowledge, "login.md") == []


def test_how_many_quotes_are_stale_is_counted_in_the_release(
    knowledge: Knowledge, findings: Findings
) -> None:
    gone = replace(BILLING, text="Pay by cheque.\n")
    evidence = (side(gone, "Pay by cheque."), side(LOGIN, "Reset the password."), STALE.evidence[0])
    findings.record(
        [finding("s", *evidence, kind=FindingKind.STALE, details={"stale_quotes": "2"})], NOW
    )
    (found,) = knowledge.open_findings("test:login.md")
    assert (len(found.evidence), found.details["stale_quotes"]) == (2, "1")
