"""Questions are drafted from headings that a customer could have asked."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.types import Decision
from eval.drafting.draft import draft
from eval.drafting.headings import ask
from eval.golden.case import Case
from kb.types import Article
from tests.kb.articles import article

BODY = "Open Settings and choose Billing. There you can do this at any time, on every plan."
BILLING = f"""# Billing and subscription
{BODY}
## Cancel your subscription
Open Settings, then Billing, and choose Cancel plan. It stays active until the period ends.
## Overview
{BODY}
## Can I change my billing address?
Yes. Open Settings, choose Billing, and edit the address there before the next invoice.
## API key
`wk_123`
"""


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Cancel your subscription", "How do I cancel my subscription?"),
        ("How to export a deck", "How do I export a deck?"),
        ("Can I change my VAT number?", "Can I change my VAT number?"),
        (
            "Why numbers differ from last month",
            "Can you tell me why numbers differ from last month?",
        ),
        (
            "What we do with your exports and reports",
            "Can you tell me what you do with my exports and reports?",
        ),
        ("How reports are made", "Can you tell me how reports are made?"),
        ("How long does an export take", "How long does an export take?"),
        ("Where to find your monthly reports", "Where should I find my monthly reports?"),
        (
            "**Email** reports for teams {#mail}",
            "What should I know about email reports for teams?",
        ),
        (
            "Google Analytics import limits",
            "What should I know about Google Analytics import limits?",
        ),
    ],
)
def test_a_heading_becomes_the_question_behind_it(heading: str, question: str) -> None:
    wording = ask(heading, "Reports, exports, subscription and numbers")
    assert wording is not None
    assert wording.question == question


@pytest.mark.parametrize(
    "heading",
    [
        "Overview",
        "Introduction",
        "Note",
        "Next steps",
        "Before you begin",
        "Related articles",
        "Step 3: Verify your domain",
        "2. Select the add-ons you want",
        "GET /api/v1/stats",
        "rack_attack_limit",
        "v2.1.0",
        "",
    ],
)
def test_a_heading_that_says_nothing_by_itself_is_left_out(heading: str) -> None:
    assert ask(heading, "Billing") is None


def test_a_heading_that_needs_its_article_is_asked_with_its_title() -> None:
    wording = ask("Verify your domain", "SendGrid guide")
    assert wording is not None
    assert wording.question == "SendGrid guide: How do I verify my domain?"


def test_a_question_is_due_an_answer_from_its_own_article() -> None:
    cases = {
        case.question: case
        for case in draft([article("billing.md", BILLING, title="Billing and subscription")])
    }
    case = cases["How do I cancel my subscription?"]
    assert case.decision is Decision.ANSWER
    assert case.articles == ("billing.md",)
    assert case.reference.startswith("Open Settings, then Billing, and choose Cancel plan.")
    assert case.drafted
    assert not any("Overview" in question or "API key" in question for question in cases)


def test_some_questions_are_due_a_person_and_none_is_on_the_centers_own_subject() -> None:
    cooking = article("eggs.md", f"# Boiling eggs\n{BODY}\n## Choose a recipe for eggs\n{BODY}")
    strangers = [it for it in draft([cooking]) if it.decision is Decision.HANDOFF]
    assert len(strangers) >= 5
    assert all(case.reason == "out_of_scope" and case.drafted for case in strangers)
    assert not any("egg" in case.question or "recipe" in case.question for case in strangers)


def test_the_sample_is_spread_over_the_articles_and_bounded() -> None:
    many = [
        article(
            f"{name}.md",
            f"# {name}\n## Reset the {name} sensor\n{BODY}\n## Pair the {name} hub\n{BODY}",
        )
        for name in ("north", "south", "east", "west", "upper", "lower", "inner", "outer")
    ]
    cases = [it for it in draft(many, limit=14) if it.decision is Decision.ANSWER]
    assert len(cases) == 8
    assert len({case.articles for case in cases}) == 8


def test_a_draft_does_not_depend_on_the_order_of_the_articles() -> None:
    articles = [article("a.md", BILLING), article("b.md", f"# Export\n## Export a report\n{BODY}")]
    assert draft(articles) == draft(articles[::-1])
    assert len({case.id for case in draft(articles)}) == len(draft(articles))


def asked_from_headings(articles: Sequence[Article], audience: Sequence[str] = ()) -> list[Case]:
    return [it for it in draft(articles, audience=audience) if it.decision is Decision.ANSWER]


def test_what_two_articles_could_be_asked_is_asked_of_neither() -> None:
    twins = [article(path, BILLING, title="Subscription and billing") for path in ("a.md", "b.md")]
    assert asked_from_headings(twins) == []


def test_articles_that_a_customer_may_not_read_are_not_asked_about() -> None:
    hidden = replace(article("billing.md", BILLING), audience=("staff",))
    assert asked_from_headings([hidden], audience=["customers"]) == []
    assert asked_from_headings([hidden], audience=["staff"]) != []


def test_a_center_without_usable_headings_is_only_tried_for_handoffs() -> None:
    overview = article("a.md", f"# Overview\n{BODY}", title="Overview")
    assert asked_from_headings([overview]) == []
    assert {case.decision for case in draft([overview])} == {Decision.HANDOFF}


def test_a_title_made_of_the_file_name_is_not_asked_about() -> None:
    unnamed = article("notes-017.md", f"{BODY}\n", title="Notes 017")
    assert asked_from_headings([unnamed]) == []
