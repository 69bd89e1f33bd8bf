"""Procedures say which messages begin them, which must not, and where their bounds are."""

import pytest

from agent.action import ActionSpec, Parameter
from agent.identity import IdentityLevel
from agent.procedures.compile import compile_procedure
from agent.types import Decision
from eval.drafting.procedures import Ways, from_procedures
from eval.drafting.proposal import Proposal

SPECS = {
    "find_site": ActionSpec("find_site", inputs=(), outputs=(Parameter("name"),), result="site")
}
FRONT = """---
title: Book a visit
description: The customer wants a technician to come.
examples:
  - I want a technician to come
  - Book a visit, please
not:
  - How much is a visit?
  - What is a technician?
{front}---

"""
NEEDS = """needs:
  rooms:
    ask: For how many rooms?
    type: integer
  floor:
    ask: Which floor?
    choices: [ground, upper]
"""


def proposals(
    steps: str,
    front: str = NEEDS,
    ways: Ways = Ways(asks=True),  # noqa: B008  a frozen value
    answers: str | None = None,
) -> list[Proposal]:
    text = FRONT.format(front=front) + steps
    procedure, faults = compile_procedure("visit", text, SPECS)
    assert procedure is not None, faults

    def find(question: str) -> str | None:
        return answers if question == "How much is a visit?" else None

    return from_procedures([procedure], ways, find)


def of(found: list[Proposal], kind: str) -> list[Proposal]:
    return [item for item in found if item.kind == kind]


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ('1. Ask for the rooms.\n2. Tell the customer "Noted."\n', (Decision.CLARIFY, "")),
        ('1. Tell the customer "Call us."\n', (Decision.ACTION, "")),
        (
            '1. Tell the customer "A moment."\n2. Hand over to field because "a visit".\n',
            (Decision.HANDOFF, "procedure"),
        ),
    ],
)
def test_an_example_is_due_what_the_procedure_does_first(
    steps: str, due: tuple[Decision, str]
) -> None:
    found = of(proposals(steps), "entry")
    assert [item.case.question for item in found] == [
        "I want a technician to come",
        "Book a visit, please",
    ]
    assert {(item.case.decision, item.case.reason) for item in found} == {due}
    assert found[0].case.source == "procedure:visit"


def test_where_a_backend_decides_nothing_is_expected() -> None:
    steps = '1. Look up the site with `find_site`.\n2. Tell the customer "{site.name}"\n'
    assert of(proposals(steps, "actions: [find_site]\n"), "entry") == []


def test_who_is_not_known_is_asked_who_they_are_or_handed_over() -> None:
    steps, front = '1. Tell the customer "Done."\n', "who: verified\n"
    asked = of(proposals(steps, front, Ways(asks=True)), "entry")
    passed = of(proposals(steps, front, Ways(asks=False)), "entry")
    assert {item.case.decision for item in asked} == {Decision.CLARIFY}
    assert {(item.case.decision, item.case.reason) for item in passed} == {
        (Decision.HANDOFF, "identity")
    }
    assert asked[0].case.who.identity is IdentityLevel.ANONYMOUS


def test_a_message_that_must_not_begin_it_is_due_the_articles_answer_and_no_action() -> None:
    steps = '1. Tell the customer "Done."\n'
    (item,) = of(proposals(steps, "", Ways(acts=True), answers="prices.md"), "not-entry")
    assert item.case.question == "How much is a visit?"
    assert (item.case.decision, item.case.articles) == (Decision.ANSWER, ("prices.md",))
    assert item.case.actions == ()
    (item,) = of(proposals(steps, "", Ways(), answers="prices.md"), "not-entry")
    assert item.case.actions is None


def test_a_bound_of_what_the_customer_says_is_tried_on_both_sides() -> None:
    steps = (
        "1. Ask for the floor.\n2. Ask for the rooms.\n"
        '3. If rooms is more than 5, hand over to field because "a large visit".\n'
        '4. Tell the customer "Booked."\n'
    )
    found = {item.case.question: item.case for item in of(proposals(steps), "limit")}
    assert {text: case.decision for text, case in found.items()} == {
        "4": Decision.ACTION,
        "6": Decision.HANDOFF,
    }
    assert found["6"].earlier == ("I want a technician to come", "ground")


def test_a_bound_that_cannot_be_reached_by_words_alone_is_left_out() -> None:
    steps = (
        "1. Look up the site with `find_site`.\n2. Ask for the rooms.\n"
        '3. If rooms is more than 5, hand over to field because "a large visit".\n'
        '4. Tell the customer "Booked."\n'
    )
    assert of(proposals(steps, NEEDS + "actions: [find_site]\n"), "limit") == []
