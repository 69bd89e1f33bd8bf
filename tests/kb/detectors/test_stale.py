import pytest

from kb.detectors.stale import plugin
from kb.findings import Finding, Severity
from kb.types import Article
from tests.kb.detectors.documents import article, corpus

NOTES = article(
    "release-notes.md",
    "# Release notes\n\n## 4.6\n\n- Faster charts.\n\n## 4.0\n\n- **Quick Export** was removed.\n"
    "- The **Boards** tab was renamed to **Rooms**.\n\n## 3.2\n\n- Dark theme on all platforms.\n",
)


def found(*articles: Article) -> list[Finding]:
    return list(plugin.detect(corpus(articles)))


def flagged(sentence: str, *others: Article) -> list[Finding]:
    findings = found(article("guide.md", f"# Guide\n\n{sentence}\n"), *others)
    for finding in findings:
        assert finding.evidence[0].quote == sentence
    return findings


@pytest.mark.parametrize(
    "sentence",
    [
        "Bulk import will launch on 15 March 2026.",
        "The offer runs until 31 December 2025.",
        "Order by December 18, 2025 to have it before Christmas.",
        "From 1 May 2026 the price will be $12 a month.",
        "As of June 15, 2024, the service will cease to support passwords.",
        "Existing setups will continue to work until September 30, 2024.",
        "The new editor is planned for Q2 2025.",
        "Support for Python is expected in spring 2026.",
        "The old plan expires on 2025-06-30.",
        "Our office is closed from 24 December 2025 to 2 January 2026.",
    ],
)
def test_a_promise_whose_date_has_passed_is_stale(sentence: str) -> None:
    assert [finding.severity > Severity.LOW for finding in flagged(sentence)] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bulk import will launch on 15 March 2027.",
        "We launched bulk import on 15 March 2024.",
        "We have been in business since 2019.",
        "Accounts created before 1 May 2024 keep their price.",
        "In October 2025, we introduced a new script.",
        "Until 2023 the limit was 5 MB.",
        "For example, a plan bought on 3 May 2024 will renew on 3 June 2024.",
        "If you choose 1 January to 7 January 2023, the week before will be compared.",
        "The date will be shown as `2024-01-01`.",
        "Copyright 2024 Example.",
    ],
)
def test_history_examples_and_what_is_still_to_come_are_not_stale(sentence: str) -> None:
    assert flagged(sentence) == []


def test_a_date_in_a_listing_is_not_a_promise() -> None:
    text = "# Guide\n\n```\nthe job will run until 2024-01-01\n```\n"
    assert found(article("guide.md", text)) == []


def test_a_deadline_without_a_year_is_the_next_one_after_the_review() -> None:
    def reviewed(day: str) -> list[Finding]:
        text = f"---\nreviewed: {day}\n---\n# Guide\n\nOrder by 18 October to get it in time.\n"
        return [f for f in found(article("guide.md", text)) if "18 October" in f.title]

    assert len(reviewed("2026-09-01")) == 1
    assert reviewed("2026-11-01") == []


def test_what_the_release_notes_list_is_no_longer_coming_soon() -> None:
    (finding,) = flagged("A dark theme for all platforms is coming soon.", NOTES)
    assert finding.severity is Severity.MEDIUM
    assert [item.path for item in finding.evidence] == ["guide.md", "release-notes.md"]
    assert "Dark theme" in finding.evidence[1].quote


def test_a_promise_of_unknown_age_is_of_the_lowest_severity_and_a_fresh_one_is_none() -> None:
    sentence = "An app for tablets is coming soon."
    assert [finding.severity for finding in flagged(sentence)] == [Severity.LOW]
    fresh = f"---\nreviewed: 2026-11-01\n---\n# Guide\n\n{sentence}\n"
    assert found(article("guide.md", fresh)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Search for cards that you have recently added.",
        "The dashboard is updated as soon as a visit is counted.",
        "On the right is a preview of the card.",
        "If you recently migrated your site, clear the cache.",
    ],
)
def test_what_readers_do_is_not_news(sentence: str) -> None:
    assert flagged(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The current version is 3.8.", "3.8"),
        ("Filters are coming in version 4.2.", "4.2"),
    ],
)
def test_a_version_behind_the_release_notes_is_stale(sentence: str, said: str) -> None:
    (finding,) = flagged(sentence, NOTES)
    assert said in finding.title
    assert "4.6" in finding.evidence[1].quote


@pytest.mark.parametrize(
    "sentence",
    [
        "Filters need version 3.2 or later.",
        "Since version 3.8 there are filters.",
        "Until version 3.8 the limit was 10.",
        "The current version is 4.6.",
        "The file weighs 2.5 MB and 1.5 times as much when unpacked.",
    ],
)
def test_bounds_history_and_plain_numbers_are_not_old_versions(sentence: str) -> None:
    assert flagged(sentence, NOTES) == []


def test_a_product_far_behind_the_version_that_another_article_names_is_stale() -> None:
    other = article("b.md", "# B\n\nThis guide is for Kiosk 5.1.\n")
    (finding,) = flagged("The video shows Kiosk 2.0 on a tablet.", other)
    assert finding.evidence[1].path == "b.md"


def test_a_pre_release_is_stale() -> None:
    assert len(flagged("KioskDroid supports it in 2.17alpha3.")) == 1
    assert flagged("KioskDroid supports it in 2.17.") == []


def test_a_platform_past_its_makers_support_is_one_finding_for_all_articles() -> None:
    pages = [article(f"{n}.md", f"# {n}\n\nChoose Ubuntu 18.04 as image {n}.\n") for n in "abc"]
    (finding,) = found(*pages)
    assert [item.path for item in finding.evidence] == ["a.md", "b.md", "c.md"]
    assert flagged("Ubuntu 18.04 is no longer supported.") == []


def test_a_command_that_pins_an_old_major_version_is_stale() -> None:
    newer = article("b.md", "# B\n\nThis guide is for Kiosk 5.1.\n")
    page = article("a.md", "# A\n\n```\ncargo install kiosk --tag 2.1.6\n```\n")
    (finding,) = found(page, newer)
    assert finding.evidence[0].quote == "cargo install kiosk --tag 2.1.6"


@pytest.mark.parametrize(
    "sentence",
    ["Use Quick Export to get a file.", "Open the Boards tab to see your plants."],
)
def test_what_the_release_notes_call_removed_or_renamed_is_stale(sentence: str) -> None:
    (finding,) = flagged(sentence, NOTES)
    assert finding.evidence[1].path == "release-notes.md"


def test_an_old_interface_is_stale_but_not_in_a_guide_to_its_successor() -> None:
    sentence = "In the old editor, press Save twice."
    assert len(flagged(sentence)) == 1
    assert found(article("m.md", f"# Migrate to the new editor\n\n{sentence}\n")) == []


def test_release_notes_are_never_suspects() -> None:
    notes = article("changelog.md", "# Changelog\n\nFilters will launch on 15 March 2026.\n")
    assert found(notes) == []


@pytest.mark.parametrize(
    ("path", "reviewed", "overdue"),
    [
        ("a.md", "2026-06-01", False),
        ("a.md", "2026-05-01", True),
        ("policies/a.md", "2026-08-01", True),
        ("policies/a.md", "2026-09-01", False),
    ],
)
def test_a_passed_review_is_of_the_lowest_severity(path: str, reviewed: str, overdue: bool) -> None:
    findings = found(article(path, f"---\nreviewed: {reviewed}\n---\n# A\n\nAll is well.\n"))
    assert [finding.severity for finding in findings] == [Severity.LOW] * overdue


def test_ids_survive_other_text_and_the_order_of_articles_and_wake_with_the_sentence() -> None:
    sentence = "Bulk import will launch on 15 March 2026."
    before = found(article("a.md", f"# A\n\n{sentence}\n"), NOTES)
    after = found(NOTES, article("a.md", f"# A\n\nNew words before it. {sentence}\n"))
    moved = found(article("a.md", f"# A\n\n{sentence.replace('15', '16')}\n"), NOTES)
    assert [f.id for f in before] == [f.id for f in after] != [f.id for f in moved]
