"""A shop's actions, and short ways to compile steps and conditions against them."""

from decimal import Decimal

from agent.action import ActionSpec, Effect, Limits, Parameter, ValueType
from agent.identity import IdentityLevel
from agent.procedure import AnyStep, Check, Fault, Gravity, Procedure
from agent.procedures.compile import compile_procedure
from agent.procedures.outline import described

P, V = Parameter, ValueType
CUSTOMER = P("customer_id", bound="identity.customer_id")
STATES = ("processing", "in_transit", "delivered", "cancelled")
ORDER = (
    P("number"),
    P("status", V.CHOICE, choices=STATES),
    P("total", V.MONEY),
    P("paid_amount", V.MONEY),
    P("placed_at", V.DATE),
    P("delivered_at", V.DATE),
    P("can_cancel", V.BOOLEAN),
    P("is_gift", V.BOOLEAN),
    P("items", V.LIST, fields=(P("name"), P("price", V.MONEY))),
    P("payment_method"),
    P("note", required=False),
    P("shipping_address", V.OBJECT, fields=(P("city"), P("country"), P("postal_code"))),
)
SPECS = {
    spec.name: spec
    for spec in (
        ActionSpec(
            "find_order",
            inputs=(CUSTOMER, P("number")),
            outputs=ORDER,
            result="order",
            identity=IdentityLevel.VERIFIED,
        ),
        ActionSpec(
            "find_subscription",
            inputs=(CUSTOMER,),
            outputs=(
                P("status"),
                P("plan"),
                P("price", V.MONEY),
                P("renews_at", V.DATE),
                P("auto_renew", V.BOOLEAN),
                P("seats", V.INTEGER),
            ),
            result="subscription",
            identity=IdentityLevel.VERIFIED,
        ),
        ActionSpec(
            "issue_refund",
            inputs=(
                CUSTOMER,
                P("order_number"),
                P("amount", V.MONEY),
                P("reason", required=False),
            ),
            outputs=(P("amount", V.MONEY), P("days", V.INTEGER)),
            result="refund",
            effect=Effect.MONEY,
            confirm=True,
            identity=IdentityLevel.VERIFIED,
            limits=Limits("amount", Decimal(150)),
        ),
        ActionSpec(
            "apply_discount",
            inputs=(CUSTOMER, P("percent", V.INTEGER), P("months", V.INTEGER)),
            outputs=(P("until", V.DATE),),
            result="discount",
            effect=Effect.CHANGE,
            confirm=True,
            identity=IdentityLevel.VERIFIED,
        ),
        ActionSpec(
            "cancel_subscription",
            inputs=(CUSTOMER,),
            outputs=(P("ends_at", V.DATE),),
            result="cancellation",
            effect=Effect.DELETE,
            confirm=True,
            identity=IdentityLevel.VERIFIED,
        ),
    )
}
FRONT = """---
title: A test
description: For tests.
examples: [test it]
who: verified
needs:
  order_number: {ask: "Which order?"}
  email: {ask: "What is your e-mail address?", type: email}
  reason:
    ask: Why?
    choices: {damaged: [broken], changed my mind: [don't need it], wrong item: []}
  quantity: {ask: "How many?", type: integer}
  light: {ask: "What colour is the light?"}
actions: [find_order, find_subscription, issue_refund, apply_discount, cancel_subscription]
team: support
---
"""
KNOWN = """1. Ask for the order number.
2. Look up the order with `find_order`.
3. Ask for the reason.
4. Ask for the quantity.
5. Ask for the light.
6. Ask for the email.
"""


def compiled(steps: str) -> tuple[Procedure | None, list[Fault]]:
    """The steps below the shop's front matter."""
    return compile_procedure("test", FRONT + steps, SPECS)


def errors(steps: str) -> list[Fault]:
    return [item for item in compiled(steps)[1] if item.gravity is Gravity.ERROR]


def procedure(steps: str) -> Procedure:
    """Compiled; fails the test with all errors when it does not."""
    found, faults = compiled(steps)
    assert found is not None, [(item.line, item.message, item.suggestion) for item in faults]
    return found


def condition(text: str, subscription: bool = False) -> str:
    """What `text` means after the order (and then the subscription) was looked up."""
    more = "7. Look up the subscription with `find_subscription`.\n" if subscription else ""
    found = procedure(f"{KNOWN}{more}8. If {text}, hand over to billing.\n9. Stop.\n")
    step = found.steps["8"]
    assert isinstance(step, Check)
    return described(step.condition)


def first(step: str, before: str = "") -> AnyStep:
    """What a single step comes to, as the step numbered 9."""
    return procedure(f"{before or KNOWN}9. {step}\n").steps["9"]
