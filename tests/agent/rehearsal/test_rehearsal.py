"""Conversations written beside a procedure."""

from textwrap import dedent

import pytest

from agent.action import CallStatus
from agent.rehearsal.reading import Unreadable, answer, read
from agent.rehearsal.rehearse import rehearse
from agent.rehearsal.script import Difference
from tests.agent.dialogue.shop import ADDRESS, REFUND, SPECS

FOUND = """\
Given `find_order` returns {"number": "LH-10023", "status": "delivered", "total": "59.00",
  "currency": "EUR", "delivered": "2026-11-10"}
"""
GOOD = f"""\
# Conversations about refunds

Everything here is for people.

## A delivered order is refunded
Given customer c-1001 is verified with name = Jo and plan = Plus
Given today is 2026-11-20
{FOUND}Given `issue_refund` returns {{"amount": "59.00", "days": 5, "currency": "EUR"}}
- Customer: I want a refund for my order
- Agent asks for: order number
- Customer: LH-10023
- Agent calls: `find_order` with order_number = LH-10023
- Agent asks for: the reason
- Customer: it arrived broken
- Agent asks for: a yes or no
- Agent says: €59.00, LH-10023
- Agent must not call: `issue_refund`
- Customer: yes
- Agent calls: `issue_refund` with amount = 59 and reason = damaged
- Agent says: "will be with you within 5 days"
- Agent must not say: tomorrow
- Ends

## An unknown order
Given customer is verified
Given `find_order` is not found
Given `find_order` with order_number = LH-10026 returns {{"total": "900.00"}}
- Customer: I want a refund for LH-99999
- Agent says: can't find order LH-99999
- Customer: LH-10026
- Handed over to: refunds because limit

## Nobody is known
Given customer is anonymous
- Customer: I want a refund for my order
- Agent says: sign in
- Customer: I can't
- Handed over because identity
"""


def differences(text: str) -> list[Difference]:
    return rehearse(REFUND, read(dedent(text)), SPECS, [ADDRESS])


def test_a_conversation_that_goes_as_written_leaves_nothing_to_tell() -> None:
    assert differences(GOOD) == []


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("- Agent says: Bonjour", "does not say “Bonjour”"),
        ("- Agent must not say: order number", "says “order number”"),
        ("- Agent asks for: reason", "asks for order number, not for reason"),
        ("- Agent asks for: a yes or no", "does not ask for a yes or no"),
        ("- Agent calls: `find_order`", "does not call `find_order`"),
        ("- Handed over to: billing", "does not hand over"),
        ("- Ends", "does not end, but waits at step 1"),
    ],
)
def test_what_differs_is_told_with_its_line(expected: str, message: str) -> None:
    text = f"## A\nGiven customer is verified\n- Customer: I want a refund\n{expected}\n"
    (found,) = differences(text)
    assert message in found.message
    assert (found.script, found.line) == ("A", 4)
    assert found.said


def test_a_call_with_other_values_differs() -> None:
    text = GOOD.replace("amount = 59 and", "amount = 60 and")
    (found,) = differences(text)
    assert "amount = 59.00" in found.message


def test_a_change_that_is_not_expected_differs() -> None:
    text = GOOD.replace("- Agent calls: `issue_refund` with amount = 59 and reason = damaged\n", "")
    (found,) = differences(text)
    assert "called `issue_refund`" in found.message


def test_a_call_that_nothing_is_given_for_differs() -> None:
    text = GOOD.replace("Given `find_order` is not found\n", "")
    (found,) = differences(text)
    assert "add: Given `find_order` returns" in found.message


def test_a_wrong_team_or_reason_differs() -> None:
    for wrong in ("billing because limit", "refunds because anger"):
        (found,) = differences(GOOD.replace("refunds because limit", wrong))
        assert "hands over" in found.message


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Given the moon is full", "is not understood"),
        ("Given `find_order` returns {oops", "not JSON"),
        ("- Agent sings: la", "there are: Customer"),
        ("- Agent says: hello", "nobody has spoken yet"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, hint: str) -> None:
    with pytest.raises(Unreadable, match=r"x\.test\.md:2") as error:
        read(f"## A\n{line}\n", "x.test.md")
    assert hint in str(error.value)


def test_what_a_call_returns_can_be_typed() -> None:
    assert answer("a", '{"x": 1}').output == {"x": 1}
    assert answer("a", "refused").status is CallStatus.REFUSED
    assert answer("a", "is not found").status is CallStatus.NOT_FOUND
    with pytest.raises(Unreadable, match="fails"):
        answer("a", "perhaps")
