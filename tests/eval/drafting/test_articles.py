"""Cases are proposed from headings, questions and answers, tables and statements."""

from dataclasses import replace

import pytest

from agent.types import Decision
from eval.drafting.articles import from_articles
from eval.drafting.proposal import Proposal
from kb.types import Article
from tests.kb.articles import article

PLANS = """# Plans compared
|  | Free | Plus plan |
|---|---|---|
| Sensors | 10 | 40 |
| History | 30 days | 2 years |
| CSV export | no | yes |
| Export reports | no | yes |
| Notes | see below | see below |
"""
HUB = """# Hub lights
| Light | Meaning | What to do |
|---|---|---|
| Solid red | hardware fault | contact support |
| 3 | no idea | see below |
| `code_name` | unknown | wait |
"""
ROLES = """# Roles
|  | Owner | Admin |
|---|---|---|
| Invite members | yes | no |
"""


def asked(*articles: Article, kind: str | None = None) -> dict[str, Proposal]:
    """What is proposed, by question."""
    found = from_articles(articles)
    return {it.case.question: it for it in found if kind is None or it.kind == kind}


def test_a_heading_becomes_a_case_with_its_section_as_evidence() -> None:
    text = (
        "# Returns\n## How long do I have to return a sensor?\n"
        "You have 30 days from delivery to send a sensor back. Print the label under Orders.\n"
    )
    item = asked(article("returns.md", text, title="Returns"))[
        "How long do I have to return a sensor?"
    ]
    case = item.case
    assert (item.kind, item.why) == ("faq", "a heading asks it")
    assert (case.decision, case.articles) == (Decision.ANSWER, ("returns.md",))
    assert case.says == ("30 days",)
    assert case.reference.startswith("You have 30 days from delivery")
    assert case.source == "article:returns.md"
    (quote,) = item.evidence
    assert (quote.path, quote.heading) == ("returns.md", case.question)
    assert quote.text.startswith("You have 30 days")
    assert item.id == case.id


def test_a_value_is_no_fact_where_the_question_does_not_ask_for_it_or_several_would_do() -> None:
    text = (
        "# Shipping\n## Can I change my delivery address?\n"
        "Yes, you can change the delivery address for 2 hours after the order was placed.\n"
        "## How long does delivery take?\n"
        "Delivery takes 3 days in the US. Delivery takes 7 days in Canada and sometimes longer.\n"
    )
    found = asked(article("ship.md", text, title="Delivery"), kind="faq")
    assert [item.case.says for item in found.values()] == [(), ()]


def test_how_something_is_done_is_answered_by_its_steps() -> None:
    text = (
        "# Hub\n## Reset the old hub\nSometimes nothing else helps, and all starts from scratch.\n"
        "1. Hold the button of the hub.\n2. Wait until the light pulses white.\n"
    )
    item = asked(article("hub.md", text, title="Old hub"))["How do I reset the old hub?"]
    assert item.case.reference == "Hold the button of the hub. Wait until the light pulses white."


@pytest.mark.parametrize(
    "text",
    [
        "# Billing\nQ: Can I pay by invoice?\n\nA: Only companies can pay by invoice.\n",
        "# Billing\nQuestion 3: Can I pay by invoice?\nOnly companies can pay by invoice.\n",
        "# Billing\n**Can I pay by invoice?**\n\nOnly companies can pay by invoice, on request.\n",
        "# Billing\nQ: Can I pay by invoice? A: Only companies can pay by invoice.\n",
    ],
)
def test_questions_that_an_article_asks_and_answers_are_found_in_each_form(text: str) -> None:
    item = asked(article("billing.md", text, title="Billing"))["Can I pay by invoice?"]
    assert item.kind == "faq"
    assert item.case.reference.startswith("Only companies can pay by invoice")


def test_the_next_question_ends_an_answer() -> None:
    text = (
        "# Billing\nQ: Can I pay by invoice?\nOnly companies can do that.\n"
        "Q: Can I pay in cash?\nNo, we take no cash at all.\n"
    )
    item = asked(article("billing.md", text, title="Billing"))["Can I pay by invoice?"]
    assert item.case.reference == "Only companies can do that."


def test_cells_become_questions_with_the_cell_as_the_fact() -> None:
    found = asked(article("plans.md", PLANS, title="Plans compared"), kind="table")
    facts = {question: item.case.says for question, item in found.items()}
    assert facts == {
        "Plans compared: How many sensors do I get with Free?": ("10",),
        "How many sensors do I get with Plus plan?": ("40",),
        "Plans compared: How long is the history with Free?": ("30 days",),
        "How long is the history with Plus plan?": ("2 years",),
        "Do I get CSV export with Free?": (),
        "Do I get CSV export with Plus plan?": (),
        "Can I export reports with Free?": (),
        "Can I export reports with Plus plan?": (),
    }
    assert found["Do I get CSV export with Free?"].case.reference == "CSV export, Free: no"


def test_labels_that_make_no_question_are_left_out() -> None:
    found = asked(article("hub.md", HUB, title="Hub lights"), kind="table")
    assert list(found) == [
        "Hub lights: What does Solid red mean?",
        "Hub lights: Solid red: what should I do?",
    ]


def test_who_may_do_what_is_asked_of_the_role() -> None:
    found = asked(article("roles.md", ROLES, title="Roles"), kind="table")
    assert list(found) == ["Can an owner invite members?", "Can an admin invite members?"]


def test_what_can_be_done_becomes_a_question_from_the_customers_side() -> None:
    text = (
        "# Photos\nYou can add six photos to each journal entry. It can also be shared.\n"
        "Support can't restore deleted photos for you.\nThe light is in the cap.\n"
    )
    found = asked(article("photos.md", text, title="Journal"), kind="statement")
    assert list(found) == ["Can support restore deleted photos for me?"]


def test_what_two_articles_answer_is_asked_of_neither() -> None:
    text = (
        "# {}\n## How do I reset the hub?\n"
        "Hold the button of the hub for ten seconds, then wait for the light.\n"
    )
    one = article("one.md", text.format("One"), title="Reset the hub")
    two = article("two.md", text.format("Two"), title="Reset the hub")
    assert "How do I reset the hub?" in asked(one)
    assert asked(one, two) == {}


def test_articles_that_customers_may_not_read_and_templates_in_other_languages_are_left_out() -> (
    None
):
    text = (
        "# Hub\n## Kann ich den Hub zurücksetzen?\nJa, halten Sie die Taste am Hub zehn Sekunden "
        "lang gedrückt und warten Sie danach.\n## Hub zurücksetzen\nHalten Sie die Taste lange "
        "gedrückt, bis das Licht am Hub zu blinken beginnt.\n"
    )
    german = replace(article("de.md", text, title="Hub"), locale="de")
    (item,) = from_articles([german])
    assert item.case.question == "Kann ich den Hub zurücksetzen?"
    assert item.case.who.locale == "de"
    secret = replace(article("plans.md", PLANS, title="Plans compared"), audience=("agents",))
    assert from_articles([secret], ["customers"]) == []


def test_the_same_question_is_the_same_proposal_in_every_run() -> None:
    first = from_articles([article("plans.md", PLANS, title="Plans compared")])
    text = PLANS.replace("30 days", "31 days")
    second = from_articles([article("plans.md", text, title="Plans compared")])
    assert [item.id for item in first] == [item.id for item in second]
    assert len({item.id for item in first}) == len(first)
