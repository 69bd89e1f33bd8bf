"""What an owner reads of a contradiction: title, explanation, suggestion and edit."""

from collections.abc import Sequence
from datetime import date

import pytest

from kb.claims.asking import questions
from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.findings import Finding
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.articles import article

TABLE = "| Setting | Default |\n|---|---|\n| Session timeout | 30 minutes |\n"


def found(articles: Sequence[Article]) -> Finding:
    corpus = Corpus(articles, date(2026, 11, 20), HygieneSettings())
    (finding,) = plugin.detect(corpus)
    return finding


def of_pair(first: str, second: str) -> Finding:
    return found([article("a/one.md", first, title="One"), article("b/two.md", second)])


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (
            "## Refund window\n\nYou can ask for a refund within 14 days of purchase.\n",
            "## How it works\n\nYou can request a refund within 30 days of purchase.\n",
            "Refund window: 14 or 30 days?",
        ),
        (
            "Guests can export boards as PDF.\n",
            "Guests cannot export boards as PDF.\n",
            "Can guests export boards as PDF? Yes or no",
        ),
        (
            "The mobile app does not work offline.\n",
            "The mobile app works offline.\n",
            "Does the mobile app work offline? Yes or no",
        ),
        (
            "The desktop app needs macOS 13 or later.\n",
            "The desktop app requires macOS 11 or newer.\n",
            "macOS version: 13 or 11?",
        ),
        (
            "Supported formats: PNG and JPG.\n",
            "Supported formats are PNG, JPG, GIF and WebP.\n",
            "Supported formats: with or without GIF and WebP?",
        ),
        (
            "Only owners can delete a workspace.\n",
            "Admins can delete a workspace, too.\n",
            "Who can delete a workspace? Only owners or admins",
        ),
        (
            TABLE,
            "The session timeout is 60 minutes by default.\n",
            "Session timeout: 30 or 60 minutes?",
        ),
        (
            "A workspace can have up to 50 members.\n",
            "Each workspace may have at most 30 members.\n",
            "Workspace: 50 or 30 members?",
        ),
        (
            "To download an invoice, go to Settings > Billing > Invoices.\n",
            "Download your invoice under Account > Payments > History.\n",
            "Invoice: Settings > Billing > Invoices or Account > Payments > History?",
        ),
    ],
)
def test_a_title_names_the_subject_and_the_sides(first: str, second: str, title: str) -> None:
    assert of_pair(first, second).title == title


def test_a_title_is_never_longer_than_a_line() -> None:
    way = "Workspace settings > Integrations and extensions > "
    finding = of_pair(
        f"To rotate the API key of the reporting service, go to {way}Rotate key.\n",
        f"You can rotate the API key of the reporting service in My {way}Renew key.\n",
    )
    assert len(finding.title) <= 80


def test_the_side_of_more_articles_is_likelier_right_and_the_edit_is_spelt_out() -> None:
    finding = found(
        [
            article("a.md", "Backups are kept for 30 days.\n", title="Backups"),
            article("b.md", "We keep backups for 30 days.\n", title="Retention"),
            article("c.md", "Backups are kept for two weeks.\n", title="Export"),
        ]
    )
    details = finding.details
    assert details["disagree_on"] == (
        "They disagree on how long: “Backups” and “Retention” say “30 days”, "
        "“Export” says “two weeks”."
    )
    assert details["scope"] == "Neither is limited to a plan, product, platform or case."
    assert details["likelier"] == "“30 days”"
    assert details["edit_in"] == "c.md"
    assert details["before"] == "Backups are kept for two weeks."
    assert details["after"] == "Backups are kept for 30 days."
    assert finding.explanation == f"{details['disagree_on']} {details['scope']}"
    assert "In c.md, change “two weeks” to “30 days”." in finding.suggestion


@pytest.mark.parametrize(
    ("right", "wrong", "after"),
    [
        (
            "The free trial lasts 30 days.",
            "You get a 14-day free trial.",
            "You get a 30-day free trial.",
        ),
        (
            "A workspace can have up to 50 members.",
            "Each workspace may have at most 30 members.",
            "Each workspace may have at most 50 members.",
        ),
    ],
)
def test_an_edit_reads_as_a_sentence(right: str, wrong: str, after: str) -> None:
    finding = found(
        [
            article("a.md", f"{right}\n", updated=date(2026, 10, 1)),
            article("b.md", f"{wrong}\n", updated=date(2024, 10, 1)),
        ]
    )
    assert finding.details["before"] == wrong
    assert finding.details["after"] == after


def test_without_evidence_for_a_side_both_are_named_and_no_edit_is_made_up() -> None:
    finding = of_pair("Backups are kept for 30 days.\n", "Backups are kept for two weeks.\n")
    assert "likelier" not in finding.details
    assert "after" not in finding.details
    assert finding.suggestion.startswith("Find out which holds, “30 days” or “two weeks”")


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Guests cannot export boards.", "Can guests export boards?"),
        ("A break isn't something our plans offer.", "Is a break something our plans offer?"),
        ("You may cancel at any time.", "Can you cancel at any time?"),
        ("Null must not be passed.", "Can null be passed?"),
        ("There is no dark mode.", "Is there any dark mode?"),
        ("If you leave, you can't come back.", "Can you come back?"),
        ("Pro won't renew by itself.", "Will Pro renew by itself?"),
        ("Reports are kept, but you cannot edit them.", "Are reports kept?"),
    ],
)
def test_a_statement_is_turned_into_its_question(statement: str, question: str) -> None:
    assert next(questions(statement, lambda word: word == "Pro")) == question


@pytest.mark.parametrize(
    "statement", ["They can export boards.", "Run it as root.", "Logs rotate daily.", "Can it?"]
)
def test_what_has_no_subject_of_its_own_is_not_turned(statement: str) -> None:
    assert list(questions(statement, lambda _: False)) == []
