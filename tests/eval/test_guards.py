"""Guards that let more through than those of the live release."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from agent.action import ActionSpec, Effect, Limits
from agent.identity import IdentityLevel
from agent.procedure import Procedure, StepId
from agent.types import Decision
from eval.gate.guards import Guarded, check_guards, loosened
from eval.gate.verdict import Check
from eval.golden.case import Asker, Case, ExpectedCall

REFUND = ActionSpec(
    "refund",
    effect=Effect.MONEY,
    identity=IdentityLevel.VERIFIED,
    confirm=True,
    limits=Limits("amount", Decimal(150), 2, 5),
)
PROCEDURE = Procedure(
    "refund-an-order",
    "Refund",
    "1",
    "",
    (),
    (),
    IdentityLevel.VERIFIED,
    {},
    ("refund",),
    {},
    StepId("1"),
    limits={"quote.amount": 150},
)
VERIFIED = Asker(identity=IdentityLevel.VERIFIED, customer_id="c-1")


def of(spec: ActionSpec = REFUND, procedure: Procedure = PROCEDURE) -> Guarded:
    return Guarded({spec.name: spec}, [procedure])


def limits(**values: Any) -> ActionSpec:
    return replace(REFUND, limits=replace(REFUND.limits, **values))


def case(*amounts: int, who: Asker = VERIFIED, name: str = "a1") -> Case:
    calls = tuple(ExpectedCall("refund", {"amount": amount}) for amount in amounts)
    return Case(name, "Refund it.", Decision.ACTION, who=who, actions=calls)


def row(asked: Case) -> dict[str, Any]:
    calls = [{"action": call.action} for call in asked.actions or ()]
    return {
        "id": asked.id,
        "question": asked.question,
        "expected": asked.decision.value,
        "expected_calls": calls,
    }


def judged(after: Guarded, *cases: Case, asked: tuple[Case, ...] = ()) -> Check:
    return check_guards(of(), after, cases, [row(item) for item in asked])


def test_the_same_guards_and_tighter_ones_pass() -> None:
    assert judged(of()).rule.passed
    tighter = of(limits(most=Decimal(100)), replace(PROCEDURE, limits={"quote.amount": 9}))
    assert judged(tighter).rule.passed


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (limits(most=Decimal(15_000)), "most amount was 150 and is 15000"),
        (limits(most=None, amount_input=""), "most amount was 150 and is without limit"),
        (limits(per_customer_per_day=None), "a day was 2 and is without limit"),
        (limits(tries_per_conversation=50), "a conversation was 5 and is 50"),
        (limits(amount_input="count"), "bounded input was amount and is count"),
        (replace(REFUND, identity=IdentityLevel.CLAIMED), "was verified and is claimed"),
        (replace(REFUND, confirm=False), "the customer's yes was needed and is not needed"),
        (replace(REFUND, effect=Effect.READ), "effect was money and is read"),
    ],
)
def test_a_looser_action_refuses_and_is_named(spec: ActionSpec, says: str) -> None:
    found = judged(of(spec))
    assert not found.rule.passed
    assert says in found.rule.reason
    assert {item.case_id for item in found.failing} == {"refund"}


@pytest.mark.parametrize(
    ("procedure", "says"),
    [
        (replace(PROCEDURE, limits={}), "most quote.amount was 150 and is without limit"),
        (replace(PROCEDURE, limits={"quote.amount": 151}), "was 150 and is 151"),
        (replace(PROCEDURE, identity=IdentityLevel.ANONYMOUS), "was verified and is anonymous"),
    ],
)
def test_a_looser_procedure_refuses_and_is_named(procedure: Procedure, says: str) -> None:
    found = judged(of(procedure=procedure))
    assert not found.rule.passed
    assert says in found.rule.reason
    assert {item.case_id for item in found.failing} == {"refund-an-order"}


def test_what_is_new_has_lost_nothing() -> None:
    assert loosened(Guarded({}), of()) == []


def test_a_new_case_that_goes_beyond_the_old_limit_shows_that_it_is_meant() -> None:
    raised = of(limits(most=Decimal(300)))
    assert judged(raised, case(200)).rule.passed
    assert not judged(raised, case(100)).rule.passed
    assert not judged(raised, case(200), asked=(case(200),)).rule.passed


def test_each_guard_asks_for_a_case_of_its_kind() -> None:
    oftener = of(limits(per_customer_per_day=3))
    assert judged(oftener, case(10, 20, 30)).rule.passed
    assert not judged(oftener, case(10, 20)).rule.passed
    for_all = of(replace(REFUND, identity=IdentityLevel.ANONYMOUS))
    assert judged(for_all, case(10, who=Asker())).rule.passed
    assert not judged(for_all, case(10)).rule.passed
