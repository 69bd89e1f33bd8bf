"""Steps and conditions in many words. Half of each was written before the reader was tuned."""

import pytest

from agent.procedure import Check
from agent.procedures.outline import said
from tests.agent.procedures.held_conditions import HELD, HELD_SUBSCRIPTION
from tests.agent.procedures.held_steps import HELD as HELD_STEPS
from tests.agent.procedures.shop import KNOWN, compiled, condition, first, procedure

CONDITIONS = {
    "the order status is delivered": "order.status is delivered",
    "the order's total is more than 100": "order.total is more than 100",
    "`order.total` > 100": "order.total is more than 100",
    "the order was delivered more than 30 days ago": (
        "days since order.delivered_at is more than 30"
    ),
    "the order was placed less than 2 hours ago": "hours since order.placed_at is less than 2",
    "the order is older than 30 days": "days since order.placed_at is more than 30",
    "more than 30 days have passed since delivery": "days since order.delivered_at is more than 30",
    "the order status is one of processing, in transit or cancelled": (
        "order.status is one of processing, in_transit, cancelled"
    ),
    "the order is neither delivered nor cancelled": (
        "order.status is not delivered and order.status is not cancelled"
    ),
    "the total is more than 100 and less than 200": (
        "order.total is more than 100 and order.total is less than 200"
    ),
    "the status is delivered or cancelled": (
        "order.status is delivered or order.status is cancelled"
    ),
    "the total exceeds the paid amount": "order.total is more than order.paid_amount",
    "the total is between 10 and 50": "order.total is at least 10 and order.total is at most 50",
    "the order can be cancelled": "order.can_cancel is yes",
    "the order can't be cancelled": "not (order.can_cancel is yes)",
    "the delivery date is missing": "order.delivered_at is unknown",
    "the order's city is Berlin": "order.shipping_address.city is Berlin",
    "the items include “lamp”": "order.items contains lamp",
    "the customer is verified": "identity.level is verified",
    "the customer is on the Pro plan": "identity.plan is Pro",
    "the email is known": "email is known",
    "the reason is changed my mind": "reason is changed my mind",
    "the customer's reason is “wrong item”": "reason is wrong item",
    "the quantity is at least two": "quantity is at least 2",
    "the quantity isn't 1": "quantity is not 1",
    "the order number is not known": "order_number is unknown",
    "order.is_gift": "order.is_gift is yes",
    "not order.is_gift": "not (order.is_gift is yes)",
    "the order is delivered or cancelled and the total is over 20": None,
    "the order is delivered or cancelled, and the total is over 20": (
        "(order.status is delivered or order.status is cancelled) and order.total is more than 20"
    ),
    "the status is processing, delivered or cancelled": (
        "order.status is one of processing, delivered, cancelled"
    ),
    "the order is nice": None,
    "the moon is full": None,
    "it is raining": None,
    "the total is large": None,
    "the status is more than 3": None,
    "the order was delivered 30 days ago": None,
    "the order was delivered more than 2 months ago": None,
    "the total is more than the discount": None,
}
STEPS = {
    "Ask for the reason.": "Ask for reason",
    "Find out the quantity.": "Ask for quantity",
    "Get the customer's e-mail address.": "Ask for email",
    'Ask for the order number: "Which one?"': "Ask for order_number: “Which one?”",
    "Ask for the `order_number`.": "Ask for order_number",
    "Look up the order with `find_order`.": "Call find_order with number = order_number",
    "Look up the order.": "Call find_order with number = order_number",
    "Find the order by the order number using `find_order`.": (
        "Call find_order with number = order_number"
    ),
    "`find_subscription`": "Call find_subscription",
    "Pull up the subscription with find_subscription.": "Call find_subscription",
    'Tell the customer "Hello."': "Tell: “Hello.”",
    'Tell them: "Hello."': "Tell: “Hello.”",
    "Tell the customer their order number.": "Tell: “Your order number: {order_number}.”",
    "Thank the customer.": "Tell: “Thank you.”",
    "Apologise for the delay.": "Tell: “I'm sorry for the delay.”",
    "Hand over to billing because the total is wrong.": "Hand over to billing: the total is wrong",
    "Hand over.": "Hand over to a person",
    "Hand over to the front desk.": "Hand over to front desk",
    'Confirm with the customer: "Shall I?"': "Confirm: “Shall I?”",
    "Ask whether the customer wants a voucher.": "Confirm: “Do you want a voucher?”",
    'Ask "Did that help?"': "Ask: “Did that help?”",
    "Ask the customer to restart their phone.": "Wait for a reply to “Please restart your phone.”",
    "Wait for the customer to reply.": "Wait for a reply",
    "Check that the order is delivered.": "order.status is delivered?",
    "Make sure the order status is delivered.": "order.status is delivered?",
    "Verify that the total is under 100.": "order.total is less than 100?",
    "Continue only if the order is a gift.": "order.is_gift is yes?",
    "Do the right thing.": "!",
    "Refund the order.": "!",
    "Tell the customer about refunds.": "!",
    'Tell the customer "Hello." and dance.': "!",
    "Look up the weather.": "!",
    "Never refund gift cards.": "!",
}


@pytest.mark.parametrize(("text", "meaning"), [*CONDITIONS.items(), *HELD.items()])
def test_a_condition_means_what_it_says_or_is_an_error(text: str, meaning: str | None) -> None:
    if meaning is None:
        found, faults = compiled(f"{KNOWN}8. If {text}, hand over to billing.\n9. Stop.\n")
        assert found is None
        assert faults
        assert all(fault.line for fault in faults)
    else:
        assert condition(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), HELD_SUBSCRIPTION.items())
def test_a_condition_is_about_what_was_looked_up(text: str, meaning: str | None) -> None:
    if meaning is None:
        with pytest.raises(AssertionError):
            condition(text, subscription=True)
    else:
        assert condition(text, subscription=True) == meaning


@pytest.mark.parametrize(("text", "meaning"), [*STEPS.items(), *HELD_STEPS.items()])
def test_a_step_does_what_it_says_or_is_an_error(text: str, meaning: str) -> None:
    if meaning == "!":
        found, faults = compiled(f"{KNOWN}9. {text}\n")
        assert found is None
        assert faults
        assert all(fault.suggestion for fault in faults)
    else:
        assert said(first(text)) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "If the order is a gift, hand over to billing.",
        "If the order is a gift: hand over to billing.",
        "If the order is a gift then hand over to billing.",
        "When the order is a gift, escalate to billing.",
        "Hand over to billing if the order is a gift.",
        "In case the order is a gift, pass it on to billing.",
        "Unless the order isn't a gift, hand over to billing.",
        "If the order is a gift, transfer to billing. Otherwise, go to step 10.",
        "If the order is a gift, transfer to billing; otherwise continue.",
        "If the order is a gift:\n   - hand over to billing.",
        "If the order is a gift:\n   1. Hand over to billing.",
        "Check the following:\n   - If the order is a gift, hand over to billing.",
    ],
)
def test_if_can_be_said_in_many_ways(text: str) -> None:
    found = procedure(f'{KNOWN}9. {text}\n10. Tell the customer "Bye."\n')
    step = found.steps["9"]
    assert isinstance(step, Check)
    assert said(found.steps[step.yes]) == "Hand over to billing"
    assert step.no == "10"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("go to step 2", "2"),
        ("go back to step 2 and ask again", "2"),
        ("return to step 2", "2"),
        ("repeat from step 2", "2"),
        ("start over", "1"),
        ("stop", "end"),
        ("end the conversation", "end"),
        ("we are done", "end"),
        ("continue", "10"),
        ("move on to the next step", "10"),
    ],
)
def test_a_branch_goes_where_it_says(text: str, target: str) -> None:
    found = procedure(
        f'{KNOWN}9. If the order is a gift, say "Fine." and {text}.\n10. Tell the customer "Bye."\n'
    )
    assert getattr(found.steps["9a"], "then", "") == target
