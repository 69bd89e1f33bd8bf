"""What is wrong is told with its line, in the operator's words, with what to write instead."""

from dataclasses import replace

import pytest

from agent.procedure import Fault, Gravity
from agent.procedures.compile import compile_procedure
from tests.agent.procedures.shop import FRONT, KNOWN, SPECS, compiled

FIRST = FRONT.count("\n") + 1
"""The line of the first step."""
ASK = "1. Ask for the order number.\n2. Look up the order with `find_order`.\n"


def the(rule: str, faults: list[Fault]) -> Fault:
    found = [item for item in faults if item.rule == rule]
    assert found, [(item.rule, item.line, item.message) for item in faults]
    return found[0]


@pytest.mark.parametrize(
    ("steps", "rule", "line", "says", "suggests"),
    [
        (
            ASK + "3. Do `refund_order` with amount = order.total.\n",
            "unknown-action",
            2,
            "step 3 calls `refund_order`, which is not in the actions list",
            "did you mean `issue_refund`?",
        ),
        (ASK + "3. Go to step 7.\n", "unknown-step-number", 2, "no such step", "1, 2, 3"),
        (
            ASK + "3. Ask for the colour.\n",
            "unknown-slot",
            2,
            'asks for "the colour", which `needs` does not list',
            "add to `needs`: `colour`",
        ),
        (
            ASK + "3. If the order's totl is more than 5, stop.\n4. Stop.\n",
            "unknown-value",
            2,
            "the order's totl",
            "did you mean `order.total`?",
        ),
        (
            ASK + "3. If the order status is delivrd, stop.\n4. Hand over.\n",
            "unknown-choice",
            2,
            'order.status is never "delivrd"',
            'did you mean "delivered"?',
        ),
        (
            ASK + '3. Tell the customer "It costs {order.price}."\n',
            "unknown-value",
            2,
            "`{order.price}`",
            "order.",
        ),
        (
            ASK + '3. Tell the customer "It costs {order.total."\n',
            "braces",
            2,
            "no partner",
            "{order",
        ),
        (ASK + '3. Tell the customer "Hello.\n', "open-quote", 2, "not closed", '"'),
        (ASK + "3. Somersault.\n", "unknown-step", 2, "Somersault", "begin with Ask for"),
        ("1. Otherwise, stop.\n", "otherwise", 0, "follows nothing", "If"),
        (
            ASK + "3. If the order is a gift, stop.\n   - If it is late,\n",
            "empty-branch",
            3,
            "does not say what to do",
            "begin with",
        ),
        (
            ASK + "3. If the total is a lot, stop.\n4. Stop.\n",
            "comparison",
            2,
            "no number",
            "write a number",
        ),
        (
            ASK + "3. If the order was delivered more than 2 months ago, stop.\n4. Stop.\n",
            "duration",
            2,
            "no fixed time",
            "days",
        ),
        (
            ASK
            + "3. If the order is a gift or the order is delivered and the total is 5, stop.\n"
            + "4. Stop.\n",
            "and-or",
            2,
            "mixes",
            "comma",
        ),
        (
            ASK + "3. Do `issue_refund` with amont = order.total.\n",
            "unknown-input",
            2,
            "no input `amont`",
            "did you mean `amount`?",
        ),
        (
            ASK + "3. Do `apply_discount` with percent = 20.\n",
            "missing-input",
            2,
            "`apply_discount` needs `months`",
            "with months = …",
        ),
        (
            ASK + "3. Do `cancel_subscription` with customer_id = order_number.\n",
            "bound-input",
            2,
            "who the customer verifiably is",
            "leave `customer_id` out",
        ),
        (
            ASK + '3. Confirm with the customer: "Shall I?"\n   - If they say no, stop.\n'
            "   - If they decline, hand over.\n",
            "double-branch",
            4,
            "two branches",
            "into one",
        ),
        ("1. Ask for the email.\n3. Stop.\n2. Stop.\n", "numbering", 2, "after step 3", "in order"),
        (
            '1. Tell the customer "Hi."\n2. Stop.\n3. Tell the customer "Bye."\n',
            "unreachable",
            2,
            "no way leads to step 3",
            "move it up",
        ),
        (
            '1. Tell the customer "Hi."\n2. Go to step 1.\n',
            "endless",
            0,
            "go round without asking",
            "wait",
        ),
        (
            "1. Ask for the email.\n2. Go to step 1.\n",
            "endless",
            0,
            "goes round for ever",
            "way out",
        ),
        (
            '1. Tell the customer "It is {order.status}."\n',
            "used-too-early",
            0,
            "uses order.status before it is known",
            "look up the order first",
        ),
        (
            "1. Ask for the order number.\n2. Look up the order with `find_order`.\n"
            '   - If it is not found, say "Hm."\n3. Tell the customer "It is {order.status}."\n',
            "used-too-early",
            3,
            "not known on the way 1 → 2 → 2a → 3",
            "on that way, too",
        ),
        (
            ASK + "3. Do `issue_refund` with amount = order.total.\n",
            "unconfirmed",
            2,
            "the customer has not agreed to it",
            "{order.total}",
        ),
        (
            ASK + '3. Confirm with the customer: "Shall I refund it?"\n   - If they say no, stop.\n'
            "4. Do `issue_refund` with amount = order.total.\n",
            "amount-not-stated",
            4,
            "without being told the amount",
            "add {order.total}",
        ),
        (
            ASK + '3. Confirm with the customer: "I\'ll refund {order.total}. OK?"\n'
            "   - If they say no, stop.\n4. Look up the order with `find_order`.\n"
            "5. Do `issue_refund` with amount = order.total.\n",
            "unconfirmed",
            5,
            "after its values have last changed",
            "Confirm with the customer",
        ),
        (
            ASK + "3. Ask whether the light is green.\n   - If no, stop.\n"
            "4. Do `cancel_subscription`.\n",
            "unconfirmed",
            4,
            "deletes something",
            "Confirm with the customer",
        ),
    ],
)
def test_an_error_tells_where_what_and_what_instead(
    steps: str, rule: str, line: int, says: str, suggests: str
) -> None:
    found, faults = compiled(steps)
    fault = the(rule, faults)
    assert found is None
    assert fault.gravity is Gravity.ERROR
    assert fault.line == FIRST + line
    assert says in fault.message
    assert suggests in fault.suggestion


@pytest.mark.parametrize(
    ("steps", "rule", "line", "says"),
    [
        (ASK, "missing-branch", 1, "step 2 does not say what happens when nothing is found"),
        (ASK + "3. Check that the order is a gift.\n", "missing-branch", 2, "does not hold"),
        (
            ASK + '3. Confirm with the customer: "OK?"\n4. Tell the customer "Fine."\n',
            "missing-branch",
            2,
            "says no",
        ),
        (ASK + "3. Ask whether the light is green.\n", "missing-branch", 2, "nothing depends"),
        ("1. Stop.\n", "unused-action", None, "`find_order`"),
        ("1. Stop.\n", "unasked", None, "`order_number` is in `needs`"),
        ("Some words.\n\n1. Stop.\n", "not-a-step", 0, '"Some words."'),
    ],
)
def test_a_warning_lets_the_procedure_run(
    steps: str, rule: str, line: int | None, says: str
) -> None:
    found, faults = compiled(steps)
    fault = the(rule, [item for item in faults if says in item.message])
    assert found is not None
    assert fault.gravity is Gravity.WARNING
    assert fault.suggestion
    assert line is None or fault.line == FIRST + line


@pytest.mark.parametrize(
    ("front", "rule", "line", "says", "suggests"),
    [
        ("titel: A\n", "unknown-key", 2, "`titel`", "did you mean `title`?"),
        ("slots: {}\n", "unknown-key", 2, "`slots`", "did you mean `needs`?"),
        ("title: A\nwho: everyone\n", "who", 3, "everyone", "known are"),
        ("title: A\nactions: [find_ordr]\n", "unknown-action", 3, "find_ordr", "`find_order`"),
        ("title: A: B\n", "front-matter", 2, "no valid YAML", '"…"'),
        ("title: A\nneeds:\n  n: {aks: What}\n", "unknown-key", 4, "`aks`", "`ask`"),
        ("title: A\nneeds:\n  n: {type: colour}\n", "needs", 4, "`colour`", "known are"),
        ("title: A\nneeds:\n  n: {pattern: '('}\n", "needs", 4, "not readable", "LH-"),
        ("title: A\nlimits: {order.totl: 5}\n", "limits", 3, "order.totl", ""),
        ("title: A\nlimits: {order.total: much}\n", "limits", 3, "no number", "150"),
        ("title: A\ntitle: B\n", "front-matter", 3, "given twice", "keep one"),
        ("- a\n", "front-matter", 1, "no front matter", "---"),
    ],
)
def test_front_matter_is_read_strictly(
    front: str, rule: str, line: int, says: str, suggests: str
) -> None:
    found, faults = compile_procedure("test", f"---\n{front}---\n1. Stop.\n", SPECS)
    fault = the(rule, faults)
    assert found is None
    assert fault.line == line
    assert says in fault.message
    assert suggests in fault.suggestion


def test_all_faults_of_a_file_are_told_at_once() -> None:
    found, faults = compiled(
        "1. Ask for the colour.\n2. Do `refund_order`.\n3. Somersault.\n4. Go to step 9.\n"
    )
    rules = [item.rule for item in faults if item.gravity is Gravity.ERROR]
    assert found is None
    assert rules == ["unknown-slot", "unknown-action", "unknown-step", "unknown-step-number"]


def test_an_action_needs_who_it_needs() -> None:
    text = FRONT.replace("who: verified", "who: anonymous")
    found, faults = compile_procedure("test", text + ASK, SPECS)
    fault = the("who", faults)
    assert found is None
    assert fault.line == FIRST + 1
    assert "who: verified" in fault.suggestion


def test_a_check_of_identity_is_enough_for_an_action() -> None:
    text = FRONT.replace("who: verified", "who: anonymous")
    steps = "1. If the customer is not verified, hand over.\n2. Ask for the order number.\n"
    found, faults = compile_procedure(
        "test", text + steps + "3. Look up the order with `find_order`.\n", SPECS
    )
    assert found is not None, faults


def test_what_an_unverified_customer_says_of_themselves_is_doubtful() -> None:
    text = FRONT.replace("who: verified", "who: claimed")
    _, faults = compile_procedure(
        "test", text + "1. If the customer is on the Pro plan, hand over.\n2. Stop.\n", SPECS
    )
    assert the("unproven", faults).line == FIRST


def test_one_agreement_covers_what_is_done_at_once() -> None:
    steps = (
        KNOWN
        + '7. Confirm with the customer: "I\'ll refund {order.total} and end your plan. OK?"\n'
        + "   - If they say no, stop.\n8. Do `issue_refund` with amount = order.total.\n"
        + "9. Do `cancel_subscription`.\n"
    )
    assert compiled(steps)[0] is not None
    later = steps.replace("9. Do", "9. Wait for the customer to reply.\n10. Do")
    assert the("unconfirmed", compiled(later)[1]).message.startswith("step 10 deletes")


def test_an_amount_that_the_operator_wrote_must_be_said() -> None:
    steps = (
        KNOWN
        + '7. Confirm with the customer: "I\'ll refund {amount}. OK?"\n'
        + ("   - If they say no, stop.\n8. Do `issue_refund` with amount = 25.\n")
    )
    assert the("amount-not-stated", compiled(steps.replace("{amount}", "it"))[1])
    assert compiled(steps.replace("{amount}", "25 euros"))[0] is not None


def test_a_changed_action_gives_another_version_and_a_changed_time_out_does_not() -> None:
    first, _ = compiled(ASK)
    assert first is not None
    slower = SPECS | {"find_order": replace(SPECS["find_order"], timeout_s=99)}
    other = SPECS | {"find_order": replace(SPECS["find_order"], confirm=True)}
    same, _ = compile_procedure("test", FRONT + ASK, slower)
    assert same is not None
    assert same.version == first.version
    text, _, specs = first.version.partition(".")
    assert (len(text), len(specs)) == (12, 6)
    changed, _ = compile_procedure("test", FRONT + ASK.replace("1. Ask", "1. Please ask"), SPECS)
    assert changed is not None
    assert changed.version.split(".")[0] != text
    assert other != SPECS
