"""An article that a much newer one contradicts is stale."""

from datetime import date

from kb.check import check
from kb.corpus import Corpus
from kb.findings import Finding, FindingKind, Severity
from kb.registry import discover
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.articles import article

TODAY = date(2026, 11, 20)
OLD, NEW = date(2024, 3, 1), date(2026, 9, 1)


def returns(path: str, days: int, updated: date | None) -> Article:
    text = f"# Returns\n\nYou can return anything within {days} days of delivery.\n"
    return article(path, text, title=path, owner=f"{path}@acme.test", updated=updated)


def stale(*articles: Article, settings: HygieneSettings | None = None) -> list[Finding]:
    corpus = Corpus(articles, TODAY, settings or HygieneSettings())
    found = check(corpus, discover("kb.detectors")).findings
    assert any(finding.kind is FindingKind.CONTRADICTION for finding in found)
    return [finding for finding in found if finding.kind is FindingKind.STALE]


def test_the_older_side_is_stale_and_says_what_contradicts_it() -> None:
    (finding,) = stale(returns("a.md", 14, NEW), returns("b.md", 30, OLD))
    assert finding.owner == "b.md@acme.test"
    assert [item.path for item in finding.evidence] == ["b.md", "a.md"]
    assert finding.severity is Severity.LOW
    assert finding.details["signal"] == "contradicted"
    assert finding.details["stale_quotes"] == "1"


def test_it_names_the_contradiction() -> None:
    articles = (returns("a.md", 14, NEW), returns("b.md", 30, OLD))
    found = check(Corpus(articles, TODAY, HygieneSettings()), discover("kb.detectors")).findings
    (contradiction,) = (f for f in found if f.kind is FindingKind.CONTRADICTION)
    (finding,) = (f for f in found if f.kind is FindingKind.STALE)
    assert finding.details["contradiction"] == contradiction.id


def test_nothing_is_stale_without_dates_or_with_dates_near_each_other() -> None:
    assert stale(returns("a.md", 14, None), returns("b.md", 30, OLD)) == []
    assert stale(returns("a.md", 14, NEW), returns("b.md", 30, date(2026, 6, 1))) == []


def test_an_authoritative_article_is_right_however_old() -> None:
    settings = HygieneSettings(authoritative=["b.md"])
    assert stale(returns("a.md", 14, NEW), returns("b.md", 30, OLD), settings=settings) == []
