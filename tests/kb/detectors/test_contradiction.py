"""Contradictions come with evidence and reasons, whatever the order of the articles."""

from datetime import date

import pytest

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.findings import Finding, FindingKind, Severity
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.articles import article

RETURNS = article(
    "policies/returns.md",
    "# Returns\n\nYou can return anything within 30 days of delivery.\n",
    title="Returns",
    owner="legal@acme.test",
    reviewed=date(2026, 9, 1),
)
FAQ = article(
    "faq.md",
    "# Questions\n\nWelcome.\n\n## Returns\n\n"
    "You have **14 days** from delivery to return an item.\n",
    title="Questions",
    reviewed=date(2026, 3, 1),
)


def detect(*articles: Article, least: float = 0.5) -> list[Finding]:
    settings = HygieneSettings(min_confidence=least)
    return list(plugin.detect(Corpus(articles, date(2026, 11, 22), settings)))


def test_a_finding_quotes_both_sides_word_for_word() -> None:
    (finding,) = detect(RETURNS, FAQ)
    assert finding.kind == FindingKind.CONTRADICTION
    assert [evidence.path for evidence in finding.evidence] == ["faq.md", "policies/returns.md"]
    texts = {one.id: one.text for one in (RETURNS, FAQ)}
    for evidence in finding.evidence:
        assert texts[evidence.article_id][evidence.start : evidence.end] == evidence.quote
    assert finding.evidence[0].quote == "You have **14 days** from delivery to return an item."
    assert finding.evidence[0].heading == "Returns"


def test_a_finding_says_what_is_disagreed_on_and_which_side_is_newer() -> None:
    (finding,) = detect(RETURNS, FAQ)
    assert "30 or 14 days" in finding.title
    assert "14 days" in finding.title
    assert "how long" in finding.explanation
    assert "2026-09-01" in finding.suggestion
    assert "In faq.md, change “14 days” to “30 days”" in finding.suggestion
    assert finding.severity == Severity.HIGH


def test_more_articles_outweigh_a_newer_one() -> None:
    third = article(
        "third.md", "# Returning\n\nYou may return things within 14 days of delivery.\n"
    )
    (finding,) = detect(RETURNS, FAQ, third)
    assert len(finding.evidence) == 3
    assert "2 articles say so" in finding.suggestion


def test_the_order_of_articles_changes_nothing() -> None:
    third = article(
        "third.md", "# Returning\n\nYou may return things within 14 days of delivery.\n"
    )
    assert detect(RETURNS, FAQ, third) == detect(third, FAQ, RETURNS)


def test_the_fingerprint_survives_a_move_but_not_another_value() -> None:
    (before,) = detect(RETURNS, FAQ)
    moved = article("faq.md", f"# Hello\n\nNew text here.\n\n{FAQ.text}", title="Questions")
    changed = article("faq.md", FAQ.text.replace("14", "10"), title="Questions")
    (after,) = detect(RETURNS, moved)
    (other,) = detect(RETURNS, changed)
    assert after.id == before.id
    assert other.id != before.id


def test_a_mended_value_ends_the_finding() -> None:
    mended = article("faq.md", FAQ.text.replace("14", "30"), title="Questions")
    assert detect(RETURNS, mended) == []


def test_one_article_can_contradict_itself() -> None:
    text = (
        "# Files\n\nA photo can have up to 10 MB.\n\n## Problems\n\n"
        "Photos up to 25 MB are uploaded at once.\n"
    )
    (finding,) = detect(article("files.md", text))
    assert {evidence.path for evidence in finding.evidence} == {"files.md"}


def test_a_yes_contradicts_a_no_in_a_table() -> None:
    table = (
        "# Platforms\n\n| Function | iOS | Android |\n|---|---|---|\n"
        "| Home-screen widget | yes | no |\n"
    )
    prose = "# Widgets\n\nYou can put a widget on the home screen, also on Android.\n"
    (finding,) = detect(article("platforms.md", table), article("widgets.md", prose))
    quotes = {evidence.path: evidence.quote for evidence in finding.evidence}
    assert quotes["platforms.md"] == "| Home-screen widget | yes | no |"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("On iOS the log is kept for 7 days.", "On Android the log is kept for 30 days."),
        ("The log is kept for 14 days.", "Logs are kept for two weeks."),
        ("Since version 4 logs are kept for 30 days.", "In version 3 logs are kept for 7 days."),
        ("Owners can delete logs.", "Guests can't delete logs."),
        ("If you pay yearly, logs are kept for 90 days.", "If you pay monthly, it is 30 days."),
    ],
)
def test_statements_that_can_both_hold_are_left_alone(a: str, b: str) -> None:
    assert detect(article("a.md", a), article("b.md", b)) == []


def test_findings_below_the_asked_confidence_are_left_out() -> None:
    (finding,) = detect(RETURNS, FAQ)
    assert detect(RETURNS, FAQ, least=min(1.0, finding.confidence + 0.01)) == []


def test_parallel_items_of_one_list_are_alternatives() -> None:
    text = "# Periods\n\n- Shows the last 7 days\n- Shows the last 30 days\n"
    assert detect(article("periods.md", text)) == []
