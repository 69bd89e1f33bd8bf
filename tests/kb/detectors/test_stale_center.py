"""Staleness that other articles, dates, usage and settings show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kb.cache import FileCache
from kb.corpus import Corpus
from kb.detectors.stale import plugin
from kb.findings import Finding, Severity, Usage
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.detectors.documents import TODAY, article, corpus

NOTES = article(
    "release-notes.md",
    "# Release notes\n\n## 4.6\n\n- Faster charts.\n\n## 4.0\n\n- **Quick Export** was removed.\n",
)


def found(*articles: Article) -> list[Finding]:
    return list(plugin.detect(corpus(articles)))


def signals(text: str, *others: Article, updated: date | None = None) -> list[str]:
    page = article("guide.md", f"# Guide\n\n{text}\n", updated)
    return [finding.details["signal"] for finding in found(page, *others)]


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("As of 2021, the app works with more than 40 services.", "as_of"),
        ("Prices are correct as of April 2022.", "as_of"),
        ("Last updated: January 2020.", "as_of"),
        ("Due to COVID-19, parcels take longer than usual.", "passed_event"),
        ("Install PHP 7.2 before you begin.", "end_of_support"),
        ("Flash Player must be enabled in your browser.", "end_of_support"),
        ("Sign in with G Suite.", "renamed"),
        ("The old endpoint will be retired on 31 December 2023.", "passed_date"),
        ("By 2022 all accounts will have been migrated.", "passed_date"),
        ("Next month, we will release the new billing portal.", "promise"),
        ("Tablet support is planned for a future release.", "promise"),
        ("Passkeys (beta) replace your password.", "status"),
        ("This page is under construction.", "promise"),
        ("We are excited to announce our work with Slack.", "recent"),
    ],
)
def test_each_signal_is_named(sentence: str, signal: str) -> None:
    assert signals(sentence) == [signal]


@pytest.mark.parametrize(
    "sentence",
    [
        "Your subscription will renew next month.",
        "You will soon receive an e-mail with a link.",
        "Deleted items will be removed permanently after 30 days.",
        "The report covers the period until 31 December 2023.",
        "The log says that the job will run on 2022-05-01.",
        "Upcoming invoices are listed under Billing.",
        "The recently viewed list shows ten items.",
        "As of May 2021 every account must use a second factor.",
        "During the pandemic of 2020 we were closed.",
        "Your data is being migrated; this takes a minute.",
        "G Suite is now called Google Workspace.",
        "You can export the Universal Analytics history.",
        "Click Next to see the preview.",
    ],
)
def test_processes_history_and_what_readers_do_are_not_stale(sentence: str) -> None:
    assert signals(sentence) == []


def test_currently_counts_only_where_the_article_is_known_to_be_old() -> None:
    sentence = "Shared boards are not currently supported."
    assert signals(sentence) == []
    assert signals(sentence, updated=date(2026, 6, 1)) == []
    assert signals(sentence, updated=date(2025, 6, 1)) == ["currently"]


def test_a_finding_marks_the_words_and_counts_what_is_stale() -> None:
    page = article("guide.md", "# Guide\n\nThe **current version** is *3.8*, for all.\n")
    (finding,) = found(page, NOTES)
    stale, proof = finding.evidence
    assert [stale.quote[a:b] for a, b in stale.marks] == ["3.8"]
    assert [proof.quote[a:b] for a, b in proof.marks] == ["4.6"]
    assert finding.details["stale_quotes"] == "1"
    assert "4.6" in finding.details["evidence"]


@pytest.mark.parametrize(
    "told",
    [
        "Smart Views, previously known as Saved Filters, live in the sidebar.",
        "**Saved Filters** were renamed to **Smart Views**.",
        "Saved Filters have been replaced by Smart Views.",
    ],
)
def test_another_article_may_tell_of_a_new_name(told: str) -> None:
    other = article("views.md", f"# Views\n\n{told}\n")
    page = article("guide.md", "# Guide\n\nOpen Saved Filters to see them.\n")
    (finding,) = found(page, other)
    assert finding.details["signal"] == "renamed"
    assert "Smart Views" in finding.suggestion
    assert finding.evidence[1].path == "views.md"


def test_an_instruction_to_remove_something_is_no_news() -> None:
    other = article("b.md", "# B\n\nOnce you removed the Site Key, the Site Key is gone.\n")
    assert signals("Copy the Site Key.", other) == []


def test_what_is_called_new_long_after_is_stale() -> None:
    other = article("b.md", "# B\n\nThis guide is for Kiosk 5.1.\n")
    assert signals("New in Kiosk 2.0: shared screens.", other) == ["old_version"]
    assert signals("New in Kiosk 5.1: shared screens.", other) == []


def test_release_notes_by_a_pattern_of_the_settings_are_evidence_and_no_suspects() -> None:
    notes = article("news/2026.md", "# News\n\n**Quick Export** was removed. More soon to come.\n\n"
                    "A dark theme will launch on 1 May 2026.\n")  # fmt: skip
    page = article("guide.md", "# Guide\n\nUse Quick Export here.\n")
    settings = HygieneSettings(release_notes=["news/*"])
    (finding,) = plugin.detect(Corpus([page, notes], TODAY, settings))
    assert finding.details["signal"] == "removed"
    assert finding.severity > Severity.LOW


@pytest.mark.parametrize(
    ("title", "stale"),
    [
        ("Holiday hours 2023", True),
        ("Pricing for 2024", True),
        ("Annual report 2023", False),
        ("Install on Server 2019", False),
        ("Holiday hours 2026", False),
    ],
)
def test_a_title_of_a_passed_year_is_stale(title: str, stale: bool) -> None:
    page = article("a.md", f"# {title}\n\nAll is well.\n")
    assert [f.details["signal"] for f in found(page)] == ["dated_title"] * stale


def test_an_image_much_older_than_the_text_is_stale() -> None:
    text = "# Guide\n\n![Start](img/start-2019-03-12.png) ![End](img/2026-01-02.png)\n"
    (finding,) = found(article("a.md", text, date(2024, 1, 1)))
    assert finding.details["signal"] == "old_screenshot"
    assert finding.evidence[0].quote == "![Start](img/start-2019-03-12.png)"
    assert finding.severity is Severity.LOW
    assert found(article("a.md", text, date(2019, 6, 1))) == []


def test_age_alone_is_nothing_and_a_passed_review_stands_last() -> None:
    old = article("a.md", "# A\n\nAll is well.\n", date(2015, 1, 1))
    assert found(old) == []
    (finding,) = found(replace(old, reviewed_on=date(2016, 1, 1)))
    assert finding.details["signal"] == "review"
    assert (finding.severity, finding.confidence) == (Severity.LOW, 0.5)


def test_the_settings_say_how_often_an_article_is_reviewed() -> None:
    page = replace(article("legal/a.md", "# A\n\nAll is well.\n"), reviewed_on=date(2026, 10, 1))
    settings = HygieneSettings(review_by_path={"legal/**": 30})
    assert found(page) == []
    assert len(list(plugin.detect(Corpus([page], TODAY, settings)))) == 1


def read(first: date, last: date) -> Usage:
    return Usage(retrieved=3, first=first, last=last)


def test_an_article_that_nobody_retrieved_in_a_year_is_stale_among_neighbours_that_were() -> None:
    pages = [article(f"x/{name}.md", f"# {name}\n\nText.\n") for name in "abcd"]
    alone = article("y/e.md", "# E\n\nText.\n")
    used = {f"x/{name}.md": read(date(2025, 1, 1), date(2026, 11, 1)) for name in "abc"}

    def unread(usage: dict[str, Usage]) -> list[str]:
        given = replace(corpus([*pages, alone]), usage=usage)
        return [finding.evidence[0].path for finding in plugin.detect(given)]

    assert unread(used) == ["x/d.md"]
    assert unread(used | {"x/d.md": read(date(2025, 1, 1), date(2025, 2, 1))}) == ["x/d.md"]
    assert unread(used | {"x/d.md": read(date(2025, 1, 1), date(2026, 2, 1))}) == []
    assert unread({path: read(date(2026, 8, 1), date(2026, 11, 1)) for path in used}) == []
    pages[3] = replace(pages[3], created_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert unread(used) == []


SEVERAL = (
    article("a.md", "# A\n\nBulk import will launch on 15 March 2026. Use Quick Export.\n"),
    article("b.md", "# B\n\nThe current version is 3.8. Choose Ubuntu 18.04.\n"),
    article("c.md", "# C\n\nMore is coming soon. In the old editor, press Save twice.\n"),
)


def test_order_line_ends_and_unrelated_articles_change_nothing() -> None:
    expected = found(*SEVERAL, NOTES)
    assert len(expected) >= 6
    assert found(NOTES, *reversed(SEVERAL)) == expected
    other = article("zz.md", "# Plants\n\nPlants in the shade drink less.\n")
    assert found(*SEVERAL, NOTES, other) == expected
    windows = [article(a.path, a.text.replace("\n", "\r\n")) for a in (*SEVERAL, NOTES)]
    assert found(*windows) == expected


def test_what_was_read_before_gives_the_same_findings(tmp_path: Path) -> None:
    given = replace(corpus((*SEVERAL, NOTES)), cache=FileCache(tmp_path / "cache.db"))
    first = list(plugin.detect(given))
    assert list(plugin.detect(given)) == first == found(*SEVERAL, NOTES)


def test_an_image_that_shows_an_old_version_is_stale() -> None:
    other = article("b.md", "# B\n\nThis guide is for Kiosk 5.1.\n")
    page = article("a.md", "# A\n\n![The start of Kiosk 2.0](start.png)\n")
    (finding,) = found(page, other)
    assert finding.details["signal"] == "old_version"
    assert "start.png" in finding.evidence[0].quote


def test_an_example_beside_it_does_not_hide_a_promise() -> None:
    assert signals("More services, such as Slack, are coming soon.") == ["promise"]
    assert signals("Enter a version such as Kiosk 2.0 alpha 3.") == []
