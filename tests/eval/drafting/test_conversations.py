"""What customers asked, and what became of it, is proposed without saying who they are."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from agent.types import (
    PERSON,
    Citation,
    Conversation,
    Decision,
    Handoff,
    HandoffReason,
    Rating,
    Thumb,
    Turn,
)
from eval.drafting.conversations import from_conversations
from eval.drafting.privacy import plain_reply, scrubbed
from eval.drafting.proposal import Proposal
from kb.types import Article
from tests.kb.articles import article

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAUSE = article("pause.md", "# Pause\nPlus can be put on hold for up to three months.\n")


def turn(question: str, decision: Decision = Decision.ANSWER, **fields: Any) -> Turn:
    told: dict[str, Any] = {
        "id": f"t-{question}",
        "conversation_id": "c1",
        "question": question,
        "decision": decision,
        "text": "Plus can be put on hold for up to three months.",
        "confidence": 0.9,
        "reason": "",
        "created_at": NOON,
    }
    return Turn(**{**told, **fields})


def answered(question: str, **fields: Any) -> Turn:
    quote = "Plus can be put on hold for up to three months."
    cited = Citation(PAUSE.id, PAUSE.path, PAUSE.title, None, quote, 8, 8 + len(quote))
    return turn(question, citations=(cited,), **fields)


def handed_over(
    question: str, reason: HandoffReason = HandoffReason.NO_EVIDENCE, **fields: Any
) -> Turn:
    handoff = Handoff("h1", "c1", reason, "summary", NOON, question)
    return turn(question, Decision.HANDOFF, handoff=handoff, text="A person helps.", **fields)


def said(text: str) -> Turn:
    return turn("", id=f"p-{text}", text=text, by=PERSON)


def proposals(
    *turns: Turn,
    found: Sequence[Article] = (),
    paths: Sequence[str] = ("pause.md",),
    customer: dict[str, str] | None = None,
) -> list[Proposal]:
    conversation = Conversation("c1", "chat", NOON, turns, customer or {})
    return from_conversations([conversation], paths, lambda _: found)


def only(found: list[Proposal]) -> Proposal:
    (item,) = found
    return item


def test_an_answer_that_was_not_asked_again_is_proposed_with_what_it_cited() -> None:
    item = only(proposals(answered("Can I put my plan on hold?")))
    case = item.case
    assert (item.kind, item.why) == ("answered", "answered, and not asked again")
    assert (case.decision, case.articles) == (Decision.ANSWER, ("pause.md",))
    assert case.reference == "Plus can be put on hold for up to three months."
    assert case.source == "conversation:c1"
    assert item.evidence[0].text == case.reference


def test_an_answer_that_was_rated_well_is_worth_more() -> None:
    liked = only(proposals(answered("Can I pause?", rating=Rating(Thumb.UP, NOON))))
    assert liked.why == "answered, and rated well"
    assert liked.worth > only(proposals(answered("Can I pause?"))).worth


@pytest.mark.parametrize(
    "after",
    [
        turn("that doesn't help"),
        answered("can I put the plan on hold or not?"),
        handed_over("a person please", HandoffReason.ASKED_FOR_PERSON),
    ],
)
def test_an_answer_that_left_the_customer_asking_is_not_taken_for_a_right_one(after: Turn) -> None:
    found = proposals(answered("Can I put my plan on hold?"), after)
    assert "Can I put my plan on hold?" not in [item.case.question for item in found]


def test_an_answer_from_articles_that_are_gone_is_left_out() -> None:
    assert proposals(answered("Can I put my plan on hold?"), paths=["other.md"]) == []


def test_a_persons_words_are_the_reference_where_an_article_says_so() -> None:
    reply = "Hi Anna,\n\nPlus can be put on hold for up to three months.\n\nBest regards,\nTom"
    item = only(proposals(handed_over("Can I pause?"), said(reply), found=[PAUSE]))
    assert (item.kind, item.case.decision) == ("corrected", Decision.ANSWER)
    assert item.case.reference == "Plus can be put on hold for up to three months."
    assert item.case.articles == ("pause.md",)


def test_a_persons_words_that_no_article_holds_leave_the_case_due_a_person() -> None:
    reply = "We send gift cards by letter within a week."
    item = only(proposals(handed_over("Do you sell gift cards?"), said(reply), found=[PAUSE]))
    assert (item.kind, item.case.decision) == ("unanswered", Decision.HANDOFF)
    assert (item.case.reason, item.case.reference) == ("no_evidence", "")
    assert item.evidence[0].text == reply


def test_a_bad_rating_asks_the_reviewer_what_is_due() -> None:
    rating = Rating(Thumb.DOWN, NOON, "I meant Studio, write to eva@example.com")
    item = only(proposals(answered("Can I pause?", rating=rating), found=[PAUSE]))
    assert item.kind == "rated-badly"
    assert "“I meant Studio, write to [email]”; say what is due" in item.why
    assert (item.case.decision, item.case.articles) == (Decision.ANSWER, ("pause.md",))
    item = only(proposals(answered("Can I pause?", rating=rating)))
    assert (item.case.decision, item.case.reason) == (Decision.HANDOFF, "no_evidence")


def test_a_handoff_for_want_of_evidence_that_an_article_answers_is_a_missed_answer() -> None:
    item = only(proposals(handed_over("Can I pause?"), found=[PAUSE]))
    assert (item.kind, item.case.articles) == ("missed", ("pause.md",))
    assert proposals(handed_over("Can I pause?")) == []
    assert proposals(handed_over("Call me", HandoffReason.ANGER), found=[PAUSE]) == []


def test_small_talk_procedures_and_silence_are_no_questions() -> None:
    turns = [
        answered("hello"),
        answered("thanks!"),
        answered("LH-12345", procedure="refund@abc"),
        turn("Are you there?", Decision.SILENT),
    ]
    assert proposals(*turns, found=[PAUSE]) == []


def test_a_follow_up_keeps_the_question_that_it_continues() -> None:
    first = answered("How long can I put Plus on hold?")
    found = proposals(first, answered("and Studio?"))
    follow_up = found[-1].case
    assert follow_up.earlier == ("How long can I put Plus on hold?",)
    assert follow_up.question == "and Studio?"
    assert found[0].case.earlier == ()


def test_nothing_that_says_who_asked_is_kept() -> None:
    question = (
        "My name is Anna Novak, anna@example.com, order LH-48213, +1 614 555 0187. "
        "Can Novak put Plus on hold at 12 Garden Street?"
    )
    customer = {"name": "Anna Novak", "id": "c-1001", "plan": "Plus"}
    item = only(proposals(answered(question), customer=customer))
    told = f"{item.case.question} {item.case.reference} {item.why}"
    for personal in ("Anna", "Novak", "example.com", "48213", "555", "Garden", "c-1001"):
        assert personal not in told
    assert "put Plus on hold" in item.case.question
    assert "personal data was taken out" in item.why


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hello Anna, you can pause it. Best wishes, Tom", "you can pause it."),
        ("Hi there! Tap Pause.\nKind regards\nTom Miller", "Tap Pause."),
        ("Tap Pause. Is there anything else I can do?", "Tap Pause."),
        ("Open Settings > Plan.", "Open Settings > Plan."),
    ],
)
def test_a_reply_is_kept_without_greeting_and_closing(text: str, kept: str) -> None:
    assert plain_reply(text) == kept


def test_what_is_no_name_stays() -> None:
    for text in ("I am on Plus and it's Monday", "This is the Hub", "Is CR2477 the right cell?"):
        assert scrubbed(text) == text
