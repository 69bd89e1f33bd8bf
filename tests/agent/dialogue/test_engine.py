"""Each kind of step and each outcome of a call, on small graphs."""

from collections.abc import Mapping

import pytest

from agent.action import CallStatus, Value, ValueType
from agent.dialogue.engine import Engine
from agent.dialogue.outcome import Occasion, Outcome, Standing
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.procedure import (
    All,
    AnyStep,
    Ask,
    Call,
    Check,
    Comparison,
    Condition,
    Confirm,
    Constant,
    Elapsed,
    End,
    HandOver,
    Not,
    Operand,
    Procedure,
    Ref,
    Slot,
    Tell,
    Wait,
)
from agent.procedure import Any as AnyOf
from agent.procedure import Test as Compare
from agent.state import Awaiting, Progress, State
from agent.types import HandoffReason
from tests.agent.dialogue.shop import JO, NOW, ORDER, REASON, REFUND, Shop, procedure

END = End(id="end", line=0, text="")


def engine(
    graph: Procedure, shop: Shop | None = None, identity: Identity = JO, number: int = 0
) -> Engine:
    return Engine(graph, shop or Shop(), Occasion("c", "t", NOW, identity, number))


def begun(*steps: AnyStep, values: Mapping[str, Value] | None = None, **rest: object) -> Outcome:
    graph = procedure([*steps, END], **rest)  # type: ignore[arg-type]  # named fields
    return engine(graph).begin(values or {})


def look_up(on: Mapping[CallStatus, str] | None = None, then: str = "end") -> Call:
    return Call(
        id="1",
        line=1,
        text="",
        action="find_order",
        arguments={"order_number": Ref("order_number")},
        result="order",
        then=then,
        on=on or {},
    )


def tell(message: str, id_: str = "2", then: str = "end") -> Tell:
    return Tell(id=id_, line=1, text="", message=message, then=then)


KNOWN = {"order_number": "LH-10023"}


def test_an_ask_waits_and_a_known_value_is_not_asked_for() -> None:
    ask = Ask(id="1", line=1, text="", slot="order_number", then="2")
    waiting = begun(ask, tell("Thanks for {order_number}."))
    assert (waiting.standing, waiting.said) == (Standing.ASKS, (ORDER.question,))
    assert waiting.progress.awaiting is Awaiting.SLOT
    told = begun(ask, tell("Thanks for {order_number}."), values=KNOWN)
    assert (told.standing, told.said) == (Standing.ENDED, ("Thanks for LH-10023.",))


def test_an_ask_has_its_own_question_and_a_way_without_the_value() -> None:
    ask = Ask(
        id="1", line=1, text="", slot="order_number", then="2", question="Which?", without="3"
    )
    graph = procedure([ask, tell("a"), tell("Without, then.", "3"), END])
    waiting = engine(graph).begin({})
    assert waiting.said == ("Which?",)
    gone = engine(graph).go_without(waiting.progress)
    assert gone is not None
    assert gone.said == ("Without, then.",)


def test_a_value_that_does_not_fit_is_not_taken() -> None:
    ask = Ask(id="1", line=1, text="", slot="order_number", then="2")
    assert begun(ask, tell("x"), values={"order_number": "LH-1", "other": 1}).said == (
        ORDER.question,
    )


def test_the_output_of_a_call_is_known_afterwards() -> None:
    outcome = begun(look_up(then="2"), tell("It is {order.status}."), values=KNOWN)
    assert outcome.said == ("It is delivered.",)
    assert [(item.action, item.status) for item in outcome.attempts] == [("find_order", "done")]


@pytest.mark.parametrize("status", [s for s in CallStatus if s is not CallStatus.DONE])
def test_a_status_with_an_edge_follows_it(status: CallStatus) -> None:
    graph = procedure([look_up({status: "2"}), tell("Another way."), END])
    outcome = engine(graph, Shop(answers={"find_order": status})).begin(KNOWN)
    assert (outcome.standing, outcome.said) == (Standing.ENDED, ("Another way.",))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (CallStatus.NOT_FOUND, HandoffReason.ACTION_FAILED),
        (CallStatus.REFUSED, HandoffReason.ACTION_FAILED),
        (CallStatus.FAILED, HandoffReason.ACTION_FAILED),
        (CallStatus.UNKNOWN, HandoffReason.ACTION_FAILED),
        (CallStatus.OVER_LIMIT, HandoffReason.LIMIT),
        (CallStatus.NOT_ALLOWED, HandoffReason.IDENTITY),
    ],
)
def test_a_status_without_an_edge_hands_over(status: CallStatus, reason: HandoffReason) -> None:
    graph = procedure([look_up(), END], team="shop")
    outcome = engine(graph, Shop(answers={"find_order": status})).begin(KNOWN)
    assert outcome.standing is Standing.HANDED_OVER
    assert outcome.passing is not None
    assert (outcome.passing.reason, outcome.passing.team) == (reason, "shop")
    assert len(outcome.attempts) == 1


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Compare(Ref("order.status"), Comparison.IS, Constant("Delivered")), True),
        (Compare(Ref("order.status"), Comparison.IS_NOT, Constant("delivered")), False),
        (Compare(Ref("order.total"), Comparison.IS, Constant(59)), True),
        (Compare(Ref("order.total"), Comparison.MORE, Constant("58.99")), True),
        (Compare(Ref("order.total"), Comparison.LESS, Constant(59)), False),
        (Compare(Ref("order.total"), Comparison.AT_MOST, Constant(59.0)), True),
        (Compare(Ref("order.total"), Comparison.AT_LEAST, Constant(100)), False),
        (Compare(Elapsed("order.delivered"), Comparison.IS, Constant(10)), True),
        (Compare(Elapsed("order.delivered", "hours"), Comparison.MORE, Constant(100)), True),
        (Compare(Ref("order.delivered"), Comparison.LESS, Constant("2026-11-11")), True),
        (Compare(Ref("order.status"), Comparison.ONE_OF, Constant(["shipped", "delivered"])), True),
        (Compare(Ref("order.items.count"), Comparison.IS, Constant(2)), True),
        (Compare(Ref("order.items.0.name"), Comparison.CONTAINS, Constant("sensor")), True),
        (Compare(Ref("order.nothing"), Comparison.UNKNOWN), True),
        (Compare(Ref("order.status"), Comparison.KNOWN), True),
        (Compare(Ref("order.nothing"), Comparison.IS_NOT, Constant("x")), False),
        (Compare(Ref("order.nothing"), Comparison.LESS, Constant(3)), False),
        (Compare(Ref("order.status"), Comparison.MORE, Constant(3)), False),
        (Compare(Ref("identity.level"), Comparison.IS, Constant("verified")), True),
        (Compare(Ref("identity.email"), Comparison.IS, Constant("jo@example.org")), True),
        (Not(Compare(Ref("order.status"), Comparison.IS, Constant("shipped"))), True),
        (
            All((Compare(Ref("order"), Comparison.KNOWN), Compare(Ref("x"), Comparison.KNOWN))),
            False,
        ),
        (
            AnyOf((Compare(Ref("order"), Comparison.KNOWN), Compare(Ref("x"), Comparison.KNOWN))),
            True,
        ),
    ],
)
def test_a_check_decides_on_what_is_known(condition: Condition, holds: bool) -> None:
    check = Check(id="2", line=1, text="", condition=condition, yes="3", no="4")
    outcome = begun(look_up(then="2"), check, tell("yes", "3"), tell("no", "4"), values=KNOWN)
    assert outcome.said == ("yes" if holds else "no",)


def test_a_claim_of_the_customer_decides_nothing() -> None:
    claimed = Identity(IdentityLevel.CLAIMED, claims={"email": "jo@example.org"})
    condition = Compare(Ref("identity.email"), Comparison.KNOWN)
    check = Check(id="1", line=1, text="", condition=condition, yes="2", no="3")
    graph = procedure([check, tell("yes"), tell("no", "3"), END], identity=IdentityLevel.ANONYMOUS)
    assert engine(graph, identity=claimed).begin({}).said == ("no",)


def test_a_handover_names_team_reason_and_message() -> None:
    step = HandOver(
        id="2", line=1, text="", team="", reason="{order.status} is odd", message="One moment."
    )
    passing = begun(look_up(then="2"), step, values=KNOWN, team="shop").passing
    assert passing is not None
    assert passing.reason is HandoffReason.PROCEDURE
    assert (passing.team, passing.words, passing.message) == (
        "shop",
        "delivered is odd",
        "One moment.",
    )


@pytest.mark.parametrize("message", ["{order.nothing}", "{refund.amount}", "{reason}"])
def test_what_is_not_known_is_never_said(message: str) -> None:
    outcome = begun(look_up(then="2"), tell(f"It is {message}."), values=KNOWN)
    assert outcome.said == ()
    assert outcome.standing is Standing.HANDED_OVER


def test_a_loop_that_asks_nobody_ends_with_a_person() -> None:
    outcome = begun(tell("Again.", "1", then="1"))
    assert outcome.standing is Standing.HANDED_OVER
    assert outcome.passing is not None
    assert "again and again" in outcome.passing.why


def test_limits_hold_as_soon_as_a_value_is_known() -> None:
    outcome = begun(look_up(then="2"), tell("x"), values=KNOWN, limits={"order.total": "58.99"})
    assert outcome.passing is not None
    assert outcome.passing.reason is HandoffReason.LIMIT
    within = begun(look_up(then="2"), tell("x"), values=KNOWN, limits={"order.total": 59})
    assert within.standing is Standing.ENDED


def test_an_action_that_the_procedure_does_not_name_is_not_called() -> None:
    shop = Shop()
    graph = procedure([look_up(), END], actions=("issue_refund",))
    assert engine(graph, shop).begin(KNOWN).standing is Standing.HANDED_OVER
    assert shop.requests == []


def test_an_action_above_the_customer_s_level_is_not_called() -> None:
    shop = Shop()
    graph = procedure([look_up(), END], identity=IdentityLevel.ANONYMOUS)
    outcome = engine(graph, shop, ANONYMOUS).begin(KNOWN)
    assert outcome.standing is Standing.UNIDENTIFIED
    assert shop.requests == []


PAY = Call(
    id="2",
    line=1,
    text="",
    action="issue_refund",
    arguments={"order_number": Ref("order_number"), "amount": Constant("5")},
    result="refund",
    then="3",
)
ASK_FIRST = Confirm(id="1", line=1, text="", message="5 for {order_number}?", yes="2", no="end")


def test_money_without_a_yes_does_not_move() -> None:
    shop = Shop()
    outcome = engine(procedure([PAY, tell("x", "3"), END]), shop).begin(KNOWN)
    assert outcome.standing is Standing.HANDED_OVER
    assert shop.requests == []


def test_a_yes_to_a_question_of_fact_is_no_consent() -> None:
    shop = Shop()
    fact = Confirm(
        id="1", line=1, text="", message="Is it green?", yes="2", no="end", consent=False
    )
    walker = engine(procedure([fact, PAY, tell("x", "3"), END]), shop)
    outcome = walker.agree(walker.begin(KNOWN).progress, yes=True)
    assert outcome.standing is Standing.HANDED_OVER
    assert shop.requests == []


def test_a_yes_holds_for_what_was_shown_alone() -> None:
    """A value that changes between the yes and the call is not what was agreed to."""
    shop = Shop()
    again = Call(
        id="2",
        line=1,
        text="",
        action="find_order",
        arguments={"order_number": Ref("order_number")},
        result="order",
        then="3",
    )
    pay = Call(
        id="3",
        line=1,
        text="",
        action="issue_refund",
        arguments={"amount": Ref("order.total")},
        result="refund",
        then="end",
    )
    walker = engine(procedure([ASK_FIRST, again, pay, END]), shop)
    outcome = walker.agree(walker.begin(KNOWN).progress, yes=True)
    assert outcome.standing is Standing.HANDED_OVER
    assert shop.called("issue_refund") == []


def test_a_yes_does_not_outlast_the_turn() -> None:
    shop = Shop()
    ask = Ask(id="2", line=1, text="", slot="reason", then="4")
    pay = Call(
        id="4", line=1, text="", action="issue_refund", arguments={}, result="refund", then="end"
    )
    walker = engine(procedure([ASK_FIRST, ask, pay, END]), shop)
    asked = walker.agree(walker.begin(KNOWN).progress, yes=True)
    outcome = walker.give(asked.progress, {"reason": "damaged"})
    assert outcome.standing is Standing.HANDED_OVER
    assert shop.called("issue_refund") == []


def test_a_call_whose_outcome_is_unknown_is_never_made_again() -> None:
    shop = Shop(answers={"issue_refund": CallStatus.UNKNOWN})
    pay = Call(
        id="2",
        line=1,
        text="",
        action="issue_refund",
        arguments={},
        result="refund",
        then="end",
        on={CallStatus.UNKNOWN: "1"},
    )
    walker = engine(procedure([ASK_FIRST, pay, END]), shop)
    once = walker.agree(walker.begin(KNOWN).progress, yes=True)
    assert once.standing is Standing.ASKS
    twice = walker.agree(once.progress, yes=True)
    assert twice.standing is Standing.HANDED_OVER
    assert len(shop.called("issue_refund")) == 1


def test_each_yes_is_an_intent_of_its_own_and_a_repeated_turn_is_the_same() -> None:
    shop = Shop()
    graph = procedure([ASK_FIRST, PAY, tell("Another one?", "3", then="1"), END])
    first = engine(graph, shop).begin(KNOWN)
    done = engine(graph, shop).agree(first.progress, yes=True)
    engine(graph, shop).agree(first.progress, yes=True)
    engine(graph, shop).agree(done.progress, yes=True)
    one, same, other = (item.intent for item in shop.requests)
    assert one == same != other
    assert len(shop.moved) == 2


def test_a_second_run_in_one_conversation_has_intents_of_its_own() -> None:
    shop = Shop()
    for number in (0, 4):
        walker = engine(procedure([ASK_FIRST, PAY, tell("x", "3"), END]), shop, number=number)
        walker.agree(walker.begin(KNOWN).progress, yes=True)
    assert len({item.intent for item in shop.requests}) == 2


def test_a_corrected_value_forgets_what_was_looked_up_with_it() -> None:
    shop = Shop()
    walker = engine(REFUND, shop)
    asked = walker.begin(KNOWN)
    assert asked.progress.values["order"]["total"] == "59.00"  # type: ignore[index,call-overload]
    again = walker.give(asked.progress, {"order_number": "LH-10024"})
    assert again.progress.values["order"]["total"] == "80.50"  # type: ignore[index,call-overload]
    confirming = walker.give(again.progress, {"reason": "damaged"})
    assert "€80.50 for order LH-10024" in confirming.said[-1]


def test_a_correction_of_what_has_been_done_goes_to_a_person() -> None:
    wait = Wait(id="3", line=1, text="", message="Wait for it.", then="end")
    ask = Ask(id="0", line=1, text="", slot="order_number", then="1")
    walker = engine(procedure([ask, ASK_FIRST, PAY, wait, END]))
    done = walker.agree(walker.begin(KNOWN).progress, yes=True)
    assert done.standing is Standing.ASKS
    outcome = walker.give(done.progress, {"order_number": "LH-10024"})
    assert outcome.standing is Standing.HANDED_OVER
    assert outcome.passing is not None
    assert outcome.passing.reason is HandoffReason.PROCEDURE


def test_endless_corrections_end_with_a_person() -> None:
    walker = engine(REFUND)
    outcome = walker.begin(KNOWN)
    for turn in range(20):
        if outcome.standing is Standing.HANDED_OVER:
            break
        outcome = walker.give(outcome.progress, {"order_number": f"LH-1002{3 + turn % 2 ^ 1}"})
    assert outcome.standing is Standing.HANDED_OVER


def test_going_back_to_an_ask_asks_again() -> None:
    walker = engine(REFUND)
    first = walker.begin({"order_number": "LH-99999"})
    assert first.said[0].startswith("I can't find order LH-99999")
    assert first.said[-1] == ORDER.question
    assert "order_number" not in first.progress.values


def test_a_wait_leads_on_by_what_became_of_it() -> None:
    wait = Wait(id="1", line=1, text="", message="Try this.", then="2", no="3")
    walker = engine(procedure([wait, tell("Good."), tell("Sorry.", "3"), END]))
    waiting = walker.begin({})
    assert waiting.said == ("Try this.",)
    assert walker.carry_on(waiting.progress, worked=True).said == ("Good.",)
    assert walker.carry_on(waiting.progress, worked=False).said == ("Sorry.",)


def test_what_is_kept_between_turns_reads_back_the_same() -> None:
    waiting = engine(REFUND).begin(KNOWN)
    state = State(progress=waiting.progress, suspended=(Progress("a", "v", "1"),), wish="x")
    assert State.from_json(state.to_json()) == state


@pytest.mark.parametrize("operand", [Ref("order.total"), Constant("59.00")])
def test_an_optional_input_that_is_not_known_is_left_out(operand: Operand) -> None:
    shop = Shop()
    pay = Call(
        id="2",
        line=1,
        text="",
        action="issue_refund",
        arguments={"amount": operand, "reason": Ref("reason")},
        result="refund",
        then="end",
    )
    walker = engine(procedure([ASK_FIRST, pay, END]), shop)
    walker.agree(walker.begin(KNOWN).progress, yes=True)
    expected = {"amount": "59.00"} if isinstance(operand, Constant) else {}
    assert shop.called("issue_refund") == [expected]


def test_a_choice_of_numbers_is_a_number() -> None:
    months = Slot("months", ValueType.INTEGER, "How long?", choices={"1": ("one",), "2": ("two",)})
    ask = Ask(id="1", line=1, text="", slot="months", then="2")
    outcome = begun(ask, tell("{months}"), slots=(months, REASON), values={"months": 2})
    assert outcome.said == ("2",)
