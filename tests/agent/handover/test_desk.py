"""Taking over: what the customer is told, what the person gets, and the silence after it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent import replies
from agent.handover.case import HandoverRequest
from agent.handover.desk import Desk
from agent.handover.rules import Trigger
from agent.identity import Identity, IdentityLevel
from agent.types import Attempt, Citation, Decision, Handoff, HandoffReason, Sentiment, Turn
from kb.settings import HandoverSettings

MONDAY = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")
QUOTE = Citation("h:a", "billing/refunds.md", "Refunds", None, "We refund within 30 days.", 0, 25)
ZOE = Identity(IdentityLevel.VERIFIED, "c-17", {"name": "Zoë", "email": "zoe@example.com"})


def desk(now: datetime = MONDAY, **settings: Any) -> Desk:
    return Desk(HandoverSettings.model_validate(settings), lambda: now)


def turn(question: str, text: str = "…", **parts: Any) -> Turn:
    return Turn("t", "c", question, Decision.ANSWER, text, 1.0, "", MONDAY, **parts)


def request(
    text: str = "Let me talk to a person",
    reason: HandoffReason = HandoffReason.ASKED_FOR_PERSON,
    **parts: Any,
) -> HandoverRequest:
    return HandoverRequest("c", text, Trigger(str(reason), reason), **parts)


def taken(found: Desk, asked: HandoverRequest) -> tuple[Handoff, str]:
    handed = found.hand_over(asked)
    assert handed.handoff is not None
    return handed.handoff, handed.text


@pytest.mark.parametrize("reason", list(HandoffReason))
def test_every_reply_says_why_what_happens_next_and_when(reason: HandoffReason) -> None:
    _, text = taken(desk(reply_within="within an hour"), request(reason=reason))
    assert text.startswith(replies.HANDOFF[reason])
    assert "don't have to repeat anything" in text
    assert text.endswith("will reply here within an hour.")


def test_outside_of_the_hours_the_reply_says_when_and_asks_for_an_address() -> None:
    case, text = taken(desk(SUNDAY, hours=WEEK, timezone="Europe/Berlin"), request())
    assert "back tomorrow at 09:00 (Europe/Berlin time)" in text
    assert text.endswith(replies.ASK_EMAIL)
    assert case.asks_email
    assert case.expected == "from tomorrow at 09:00 (Europe/Berlin time)"


@pytest.mark.parametrize(
    "known",
    [{"identity": ZOE}, {"email": "zoe@example.com"}, {"customer": {"email": "zoe@example.com"}}],
)
def test_an_address_that_is_known_is_not_asked_for(known: dict[str, Any]) -> None:
    case, text = taken(desk(SUNDAY, hours=WEEK), request(**known))
    assert replies.ASK_EMAIL not in text
    assert "write to zoe@example.com" in text
    assert (case.email, case.asks_email) == ("zoe@example.com", False)


def test_an_address_is_taken_checked_and_confirmed_once() -> None:
    closed = desk(SUNDAY, hours=WEEK)
    case, text = taken(closed, request())
    handed = turn("Let me talk to a person", text, handoff=case)
    unclear = closed.receive(case, "zoe@example", [handed])
    assert (unclear.decision, unclear.text) == (Decision.HANDOFF, replies.EMAIL_UNCLEAR)
    given = closed.receive(case, "it is zoe@example.com", [handed])
    assert given.decision is Decision.HANDOFF
    assert given.handoff == replace(case, email="zoe@example.com")
    assert given.text == "Thank you. They will write to zoe@example.com."
    again = closed.receive(given.handoff, "zoe@example.com", [handed, turn("x")])
    assert (again.decision, again.text, again.handoff) == (Decision.SILENT, "", None)


def test_a_customer_who_gives_no_address_is_not_asked_again() -> None:
    closed = desk(SUNDAY, hours=WEEK)
    case, text = taken(closed, request())
    handed = turn("Let me talk to a person", text, handoff=case)
    for message in ("I'll wait here", "any news? @support"):
        assert closed.receive(case, message, [handed, turn("more")]).decision is Decision.SILENT


def test_while_hours_last_an_address_in_a_message_is_left_to_the_person() -> None:
    case, _ = taken(desk(), request())
    assert desk().receive(case, "zoe@example.com", []).decision is Decision.SILENT


def test_danger_is_answered_once_even_while_a_person_has_the_conversation() -> None:
    case, _ = taken(desk(), request())
    found = desk().receive(case, "the charger is on fire", [])
    assert (found.decision, found.text) == (Decision.HANDOFF, replies.EMERGENCY)
    after = desk().receive(case, "it is still burning, smoke is coming out", [turn("", found.text)])
    assert after.decision is Decision.SILENT


def test_self_harm_is_answered_with_care_and_no_form_to_fill() -> None:
    found = desk(SUNDAY, hours=WEEK)
    trigger = found.rules.before("I want to kill myself", ())
    assert trigger is not None
    handed = found.hand_over(HandoverRequest("c", "I want to kill myself", trigger))
    assert handed.text.startswith(replies.SELF_HARM)
    assert "emergency number" in handed.text
    assert replies.ASK_EMAIL not in handed.text


def test_the_case_holds_all_that_a_person_needs() -> None:
    attempt = Attempt("find_order", {"order": "LH-10021"}, "done", "order LH-10021, delivered")
    refused = Attempt("issue_refund", {"amount": "59.00"}, "refused", "already refunded")
    turns = [
        turn("Hi there"),
        turn("The sensor arrived broken, I want my money back", attempts=(attempt,)),
    ]
    case, text = taken(
        desk(),
        request(
            "get me a human",
            turns=turns,
            attempts=(refused,),
            values={"order_number": "LH-10021", "reason": "damaged"},
            evidence=(QUOTE,),
            identity=ZOE,
        ),
    )
    assert case.wish == "The sensor arrived broken, I want my money back"
    assert case.tried == (attempt, refused)
    assert case.values == {"order number": "LH-10021", "reason": "damaged"}
    assert case.transcript == (
        ("customer", "Hi there"),
        ("agent", "…"),
        ("customer", "The sensor arrived broken, I want my money back"),
        ("agent", "…"),
        ("customer", "get me a human"),
        ("agent", text),
    )
    assert case.summary == (
        "Zoë (verified as c-17) writes: “The sensor arrived broken, I want my money back”. "
        "They asked for a person. Their last message: “get me a human”. What was tried: "
        "find_order worked (order LH-10021, delivered); issue_refund was refused (already "
        "refunded). What is known: order number: LH-10021; reason: damaged. "
        "Closest articles: Refunds."
    )
    assert case.draft == (
        "Hello Zoë,\n\nI have read your conversation with our assistant, so you don't have to "
        "explain it again.\n\nThe closest that our articles say is this:\n\n"
        "“We refund within 30 days.”\n(Refunds, billing/refunds.md)"
    )


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("That did not help at all. Can I get a human?", "How do I pair the sensor?"),
        ("no, human please", "How do I pair the sensor?"),
        ("I moved to a new flat. Get me a person", "I moved to a new flat. Get me a person"),
    ],
)  # fmt: skip
def test_the_wish_is_the_last_message_that_says_what_it_is_about(text: str, wish: str) -> None:
    case, _ = taken(desk(), request(text, turns=[turn("Hello"), turn("How do I pair the sensor?")]))
    assert case.wish == wish


def test_without_evidence_the_draft_claims_nothing() -> None:
    case, _ = taken(desk(), request(reason=HandoffReason.NO_EVIDENCE))
    assert case.draft == (
        "Hello,\n\nI have read your conversation with our assistant, so you don't have to "
        "explain it again."
    )


def test_card_numbers_and_passwords_are_nowhere_in_a_case() -> None:
    text = "My card 4111 1111 1111 1111 was refused, my password is hunter2, call 030 1234567"
    attempt = Attempt("pay", {"card": "4111111111111111"}, "failed", "4111111111111111 declined")
    case, _ = taken(
        desk(),
        request(text, turns=[turn(text)], attempts=(attempt,), values={"card": "4111111111111111"}),
    )
    shown = repr(case)
    assert "4111" not in shown.replace(" ", "")
    assert "hunter2" not in shown
    assert "…1111" in case.transcript[0][1]
    assert "030 1234567" in case.question


@pytest.mark.parametrize(
    ("settings", "parts", "team"),
    [
        ({}, {}, "support"),
        ({"default_team": "desk"}, {}, "desk"),
        ({"routes": {"asked_for_person": "front"}}, {"evidence": (QUOTE,)}, "front"),
        ({"routes": {"billing/*": "money"}}, {"evidence": (QUOTE,)}, "money"),
        ({"routes": {"billing/*": "money"}}, {}, "support"),
        ({"routes": {"asked_for_person": "front"}}, {"team": "returns"}, "returns"),
    ],
)
def test_a_case_goes_to_the_team_that_the_operator_names(
    settings: dict[str, Any], parts: dict[str, Any], team: str
) -> None:
    case, _ = taken(desk(**settings), request(**parts))
    assert case.team == team


def test_a_rule_that_is_switched_off_leaves_the_customer_with_the_agent_and_an_honest_word() -> (
    None
):
    handed = desk(off=["no_evidence"]).hand_over(request(reason=HandoffReason.NO_EVIDENCE))
    assert handed.handoff is None
    assert handed.text == f"{replies.STAY_OTHERWISE} {replies.STAY_OFFER}"
    off = ["limit", "asked_for_person"]
    handed = desk(off=off).hand_over(request(reason=HandoffReason.LIMIT))
    assert handed.text == replies.STAY[HandoffReason.LIMIT]


def test_the_operators_words_come_instead_of_the_usual_and_before_what_happens_next() -> None:
    own = {"name": "press", "words": ["journalist"], "team": "pr", "reply": "Our press team helps."}
    found = desk(rules=[own])
    trigger = found.rules.before("I am a journalist", ())
    assert trigger is not None
    case, text = taken(found, HandoverRequest("c", "I am a journalist", trigger))
    assert text.startswith("Our press team helps. They see this whole conversation")
    assert (case.team, case.rule, case.reason) == ("pr", "press", HandoffReason.RULE)


def test_the_mood_of_the_conversation_is_part_of_the_case() -> None:
    calm, _ = taken(desk(), request())
    angry, _ = taken(desk(), request("You are idiots, get me a human"))
    unhappy, _ = taken(desk(), request("This is really disappointing, get me a human"))
    found = [case.sentiment for case in (calm, unhappy, angry)]
    assert found == [Sentiment.NEUTRAL, Sentiment.NEGATIVE, Sentiment.ANGRY]
    assert "They sound angry." in angry.summary
