"""How steps, bullets and nested numbers fit together."""

import pytest

from agent.action import CallStatus, ValueType
from agent.procedure import Ask, Call, Check, Confirm, End, HandOver, Tell, Wait
from agent.procedures.compile import compile_procedure
from agent.procedures.outline import said
from tests.agent.procedures.shop import FRONT, KNOWN, SPECS, first, procedure

LOOK_UP = "1. Ask for the order number.\n2. Look up the order with `find_order`.\n"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("If it is not found, hand over.", CallStatus.NOT_FOUND),
        ("If the order does not exist, hand over.", CallStatus.NOT_FOUND),
        ("If there is no such order, hand over.", CallStatus.NOT_FOUND),
        ("If nothing is found, hand over.", CallStatus.NOT_FOUND),
        ("If no order is found, hand over.", CallStatus.NOT_FOUND),
        ("If you can't find the order, hand over.", CallStatus.NOT_FOUND),
        ("Not found: hand over.", CallStatus.NOT_FOUND),
        ("If it is refused, hand over.", CallStatus.REFUSED),
        ("If the request is declined, hand over.", CallStatus.REFUSED),
        ("If it fails, hand over.", CallStatus.FAILED),
        ("If that doesn't work, hand over.", CallStatus.FAILED),
        ("If something goes wrong, hand over.", CallStatus.FAILED),
        ("If it is over the limit, hand over.", CallStatus.OVER_LIMIT),
        ("If it is not allowed, hand over.", CallStatus.NOT_ALLOWED),
        ("Otherwise, hand over.", CallStatus.NOT_FOUND),
    ],
)
def test_what_became_of_a_call_has_a_branch(text: str, status: CallStatus) -> None:
    for steps in (
        f"{LOOK_UP}   - {text}\n",
        f"{LOOK_UP.rstrip()} {text}\n",
        f"{LOOK_UP}3. {text}\n",
    ):
        if text.startswith("Not found") and "   - " not in steps:
            continue
        call = procedure(f'{steps}4. Tell the customer "{{order.status}}"\n').steps["2"]
        assert isinstance(call, Call)
        assert call.then == "4"
        assert status in call.on
        assert CallStatus.UNKNOWN not in call.on


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("If they say yes", "If they say no"),
        ("If yes", "If no"),
        ("Yes", "No"),
        ("If the customer agrees", "If the customer doesn't agree"),
        ("If they accept", "If they decline"),
        ("If so", "If not"),
        ("If they do", "If they don't"),
        ("If they want to", "Otherwise"),
        ("If the customer confirms", "Else"),
    ],
)
def test_a_question_has_branches_for_yes_and_no(yes: str, no: str) -> None:
    mark = ":" if yes == "Yes" else ","
    found = procedure(
        f'1. Confirm with the customer: "OK?"\n   - {yes}{mark} tell them "Good." and stop.\n'
        f"   - {no}{mark} hand over.\n"
    )
    step = found.steps["1"]
    assert isinstance(step, Confirm)
    assert isinstance(found.steps[step.yes], Tell)
    assert isinstance(found.steps[step.no], HandOver)


def test_a_reply_may_be_a_step_of_its_own() -> None:
    found = procedure(
        '1. Ask "Did that help?"\n2. If they say yes, stop.\n3. If they say no, go to step 4.\n'
        "4. Hand over.\n"
    )
    step = found.steps["1"]
    assert isinstance(step, Confirm)
    assert not step.consent
    assert isinstance(found.steps[step.yes], End)
    assert step.no == "4"


def test_waiting_may_have_a_reply_that_it_did_not_work() -> None:
    found = procedure(
        "1. Ask the customer to restart the app.\n   - If it didn't help, hand over.\n"
        '2. Tell the customer "Good."\n'
    )
    step = found.steps["1"]
    assert isinstance(step, Wait)
    assert step.then == "2"
    assert step.no is not None
    assert isinstance(found.steps[step.no], HandOver)


def test_a_customer_may_not_have_what_is_asked_for() -> None:
    found = procedure(
        "1. Ask for the order number.\n   - If they don't have it, hand over.\n"
        '2. Tell the customer "{order_number}"\n'
    )
    step = found.steps["1"]
    assert isinstance(step, Ask)
    assert step.without is not None
    assert isinstance(found.steps[step.without], HandOver)


def test_bullets_side_by_side_are_one_choice() -> None:
    found = procedure(
        KNOWN + "7. Ask for the reason.\n   - Damaged: hand over to repairs.\n"
        "   - If they say wrong item, hand over to sales.\n   - Otherwise, stop.\n"
    )
    first_, second = found.steps["7a"], found.steps["7c"]
    assert isinstance(first_, Check)
    assert isinstance(second, Check)
    assert (said(first_), first_.no) == ("reason is damaged?", "7c")
    assert (said(second), second.no) == ("reason is wrong item?", "end")


def test_two_values_are_asked_for_one_after_the_other() -> None:
    found = procedure("1. Ask for the order number, the reason and the email.\n2. Stop.\n")
    assert [said(step) for step in found.steps.values()][:3] == [
        "Ask for order_number",
        "Ask for reason",
        "Ask for email",
    ]


def test_values_may_be_listed_below() -> None:
    found = procedure("1. Ask for the following:\n   - order number\n   - the reason\n2. Stop.\n")
    assert [type(step) for step in found.steps.values()] == [Ask, Ask, End]


def test_a_sentence_that_begins_with_then_goes_on_with_the_condition() -> None:
    found = procedure(
        f'{KNOWN}7. If the order is a gift, say "Nice." Then stop.\n8. Tell the customer "Bye."\n'
    )
    step = found.steps["7"]
    assert isinstance(step, Check)
    assert step.no == "8"
    assert getattr(found.steps[step.yes], "then", "") == "end"


def test_nested_numbers_are_steps_that_can_be_gone_to() -> None:
    found = procedure(
        f'{KNOWN}7. Talk:\n   1. Ask "Ready?"\n      - If no, go to step 7.1.\n'
        '   2. Tell the customer "Go."\n'
    )
    step = found.steps["7.1"]
    assert isinstance(step, Confirm)
    assert (step.yes, step.no) == ("7.2", "7.1")


def test_wrapped_lines_headings_and_notes_are_read_as_people_read_them() -> None:
    found = procedure(
        '# The steps\n\n> A note for people.\n\n1. Tell the customer\n   "Hello\n   there."\n\n'
        "<!-- not a step -->\n\n2) Stop.\n"
    )
    assert said(found.steps["1"]) == "Tell: “Hello there.”"


def test_a_note_inside_a_step_is_for_people() -> None:
    step = first('Tell the customer "Hello." Note: never ask for the password.')
    assert said(step) == "Tell: “Hello.”"


def test_markdown_may_number_every_step_one() -> None:
    found = procedure('1. Ask for the email.\n1. Tell the customer "B."\n1. Stop.\n')
    assert list(found.steps) == ["1", "2", "end"]


@pytest.mark.parametrize(
    "text",
    [
        "Do `issue_refund` with amount = order.total and reason.",
        "Do `issue_refund` with the order's total as the amount, and the reason.",
        "Run `issue_refund` with amount order.total, reason = reason",
        "Call `issue_refund` (amount: the order's total; reason).",
        "Issue the refund with `issue_refund`, amount = {order.total}, reason",
        "Use `issue_refund` with an amount of order.total and the customer's reason.",
    ],
)
def test_values_are_given_in_many_ways(text: str) -> None:
    confirm = '9. Confirm with the customer: "{order.total}?"\n   - If no, stop.\n'
    found = procedure(f"{KNOWN}{confirm}10. {text}\n")
    call = found.steps["10"]
    assert isinstance(call, Call)
    assert {name: getattr(value, "path", value) for name, value in call.arguments.items()} == {
        "amount": "order.total",
        "reason": "reason",
        "order_number": "order_number",
    }


def test_texts_say_values_by_their_path() -> None:
    step = first('Tell the customer "{the order\'s total} on {delivery date}, {order number}"')
    assert isinstance(step, Tell)
    assert step.message == "{order.total} on {order.delivered_at}, {order_number}"


def test_choices_may_be_numbers() -> None:
    front = FRONT.replace(
        "needs:\n", "needs:\n  months:\n    type: integer\n    choices: {1: [one], 2: [two]}\n"
    )
    found, faults = compile_procedure("test", front + "1. Ask for the months.\n", SPECS)
    assert found is not None, faults
    assert found.slots["months"].type is ValueType.INTEGER
    assert list(found.slots["months"].choices) == ["1", "2"]
