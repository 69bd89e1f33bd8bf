"""What is known to be wrong reaches the answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.agent import Agent
from agent.answers.ground import ground
from agent.replies import DISAGREE, NEWER, OUTDATED, UNSETTLED
from agent.types import Decision, HandoffReason, Message, Turn
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.types import Article
from tests.agent.center import ARTICLES, INVOICES, agent_on
from tests.agent.fakes import article
from tests.kb.findings import finding, side

RETURNS = article(
    "billing/returns.md",
    "---\ntitle: Returns\nreviewed: 2026-04-01\n---\nA yearly plan is paid back within 14 days.\n",
)
TERMS = article(
    "legal/terms.md",
    "---\ntitle: Terms\nreviewed: 2020-01-01\n---\nWe pay a yearly plan back within 21 days.\n",
)
STAFF = article(
    "staff/goodwill.md",
    "---\ntitle: Goodwill\naudience: staff\n---\nA yearly plan is paid back within 60 days.\n",
)
NOTES = article("notes.md", "# Release notes\n\nThe CSV export of invoices was removed in 5.0.\n")
EXPORT = article(
    "billing/export.md",
    "---\ntitle: Exports\n---\n## CSV export\n\nYou can export invoices as CSV under Reports. "
    "An export holds 12 months.\n",
)
CENTER = (*ARTICLES, RETURNS, TERMS, STAFF, NOTES, EXPORT)
THIRTY = side(INVOICES, "We refund a yearly plan within 30 days of the payment.")
FOURTEEN = side(RETURNS, "A yearly plan is paid back within 14 days.")
TWENTY_ONE = side(TERMS, "We pay a yearly plan back within 21 days.")
SIXTY = side(STAFF, "A yearly plan is paid back within 60 days.")
REFUND = "We refund a yearly plan within how many days of the payment?"
CSV = "How do I export invoices as CSV?"


def dispute(*sides: Evidence) -> Finding:
    return finding("c1", *sides, severity=Severity.HIGH)


def stale(*evidence: Evidence, **details: str) -> Finding:
    return finding("s1", *evidence, kind=FindingKind.STALE, details=details)


REMOVED = stale(
    side(EXPORT, "You can export invoices as CSV under Reports."),
    side(NOTES, "The CSV export of invoices was removed in 5.0."),
    signal="removed",
    stale_quotes="1",
)


def agent(*findings: Finding, trusted: tuple[str, ...] = (), **settings: object) -> Agent:
    return agent_on(CENTER, findings, None, "r1", trusted, None, **settings)


def assert_word_for_word(turn: Turn, articles: Sequence[Article] = CENTER) -> None:
    """Every quote stands in its article, and every statement is supported."""
    by_id = {item.id: item for item in articles}
    assert turn.citations
    for citation in turn.citations:
        assert by_id[citation.article_id].text[citation.start : citation.end] == citation.quote
    assert [said for said, found in ground(turn.text, turn.citations) if not found.supported] == []


def test_a_contradiction_is_said_with_all_its_sides() -> None:
    turn = agent(dispute(THIRTY, FOURTEEN, TWENTY_ONE)).answer(REFUND)
    *_, before, first, second, third, after = filter(None, turn.text.splitlines())
    assert before == DISAGREE
    assert (first, second) == (f"- “{THIRTY.quote}”", f"- “{FOURTEEN.quote}”")
    assert third == f"- “{TWENTY_ONE.quote}”"
    assert "check with a person" in after
    assert {item.article_id for item in turn.citations} >= {RETURNS.id, TERMS.id}
    assert_word_for_word(turn)


def test_two_contradictions_are_each_said() -> None:
    monthly = side(INVOICES, "Monthly plans are not refunded.")
    other = replace(dispute(monthly, TWENTY_ONE), id="c2")
    turn = agent(dispute(THIRTY, FOURTEEN), other).answer(REFUND)
    assert turn.text.count(DISAGREE) == 2
    assert_word_for_word(turn)


def test_the_authoritative_side_is_preferred_to_a_newer_one() -> None:
    found = dispute(THIRTY, FOURTEEN, TWENTY_ONE)
    turn = agent(found, contradictions="prefer", trusted=("legal/terms.md",)).answer(REFUND)
    assert "21 days" in turn.text
    assert "30 days" not in turn.text
    assert "14 days" not in turn.text
    assert_word_for_word(turn)


def test_without_authority_the_newer_side_is_preferred() -> None:
    turn = agent(dispute(THIRTY, FOURTEEN), contradictions="prefer").answer(REFUND)
    assert "14 days" in turn.text
    assert "30 days" not in turn.text
    assert_word_for_word(turn)


def test_where_nothing_prefers_a_side_both_are_said() -> None:
    undated = article("old.md", "# Old\n\nA yearly plan is paid back within 7 days.\n")
    seven = side(undated, "A yearly plan is paid back within 7 days.")
    center = (*CENTER, undated)
    turn = agent_on(center, (dispute(THIRTY, seven),), contradictions="prefer").answer(REFUND)
    assert DISAGREE in turn.text
    assert_word_for_word(turn, center)


@pytest.mark.parametrize("policy", ["say", "prefer"])
def test_what_a_customer_may_not_read_is_never_quoted(policy: str) -> None:
    turn = agent(dispute(THIRTY, SIXTY), contradictions=policy, trusted=(STAFF.path,)).answer(
        REFUND
    )
    assert "60 days" not in turn.text
    assert all(item.article_id != STAFF.id for item in turn.citations)
    assert (UNSETTLED in turn.text) is (policy == "say")
    assert_word_for_word(turn)


def test_a_contradiction_is_handed_over_when_settings_say_so() -> None:
    turn = agent(dispute(THIRTY, FOURTEEN), contradictions="handoff").answer(REFUND)
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.CONTRADICTION
    assert "c1" in turn.reason


def test_a_stale_mark_is_said_with_the_words_and_what_is_newer() -> None:
    turn = agent(REMOVED).answer(CSV)
    lines = [line for line in turn.text.splitlines() if line]
    assert lines[-4:] == [
        OUTDATED,
        "- “You can export invoices as CSV under Reports.”",
        NEWER,
        "- “The CSV export of invoices was removed in 5.0.”",
    ]
    assert NOTES.id in {item.article_id for item in turn.citations}
    assert_word_for_word(turn)


def test_a_stale_mark_hands_over_or_is_ignored_as_the_settings_say() -> None:
    handed = agent(REMOVED, stale="handoff").answer(CSV)
    assert handed.handoff is not None
    assert handed.handoff.reason is HandoffReason.OUTDATED
    assert "out of date" in handed.text
    ignored = agent(REMOVED, stale="ignore").answer(CSV)
    assert ignored.text == agent().answer(CSV).text


@pytest.mark.parametrize("signal", ["review", "unread", "old_screenshot"])
def test_that_nobody_has_looked_for_long_is_no_stale_word(signal: str) -> None:
    told = agent(replace(REMOVED, details={"signal": signal})).answer(CSV)
    assert told.text == agent().answer(CSV).text


def test_a_stale_mark_on_words_that_are_not_cited_changes_nothing() -> None:
    elsewhere = stale(side(INVOICES, "Invoices are made on the first day of each month."))
    assert OUTDATED not in agent(elsewhere).answer(REFUND).text


def test_proof_of_something_stale_may_be_cited_itself() -> None:
    turn = agent(REMOVED).answer("In which release was the CSV export of invoices removed?")
    assert NOTES.id in {item.article_id for item in turn.citations}
    assert all(OUTDATED not in part for part in turn.text.splitlines())


def test_what_a_newer_article_contradicts_is_told_once() -> None:
    mark = stale(THIRTY, FOURTEEN, signal="contradicted", stale_quotes="1")
    turn = agent(dispute(THIRTY, FOURTEEN), mark).answer(REFUND)
    assert DISAGREE in turn.text
    assert OUTDATED not in turn.text
    assert OUTDATED in agent(mark).answer(REFUND).text
    preferred = agent(dispute(THIRTY, FOURTEEN), mark, contradictions="prefer").answer(REFUND)
    assert OUTDATED not in preferred.text


def test_a_follow_up_heeds_findings_too() -> None:
    talking = agent(dispute(THIRTY, FOURTEEN), REMOVED)
    first = talking.respond(Message("How much is the Growth plan?"))
    second = talking.respond(Message(REFUND, first.conversation_id))
    third = talking.respond(Message(CSV, first.conversation_id))
    assert DISAGREE in second.text
    assert OUTDATED in third.text
    assert first.decision is second.decision is third.decision is Decision.ANSWER


def test_a_contradiction_elsewhere_changes_nothing() -> None:
    told = agent(dispute(THIRTY, FOURTEEN)).answer("How do I download an invoice?")
    assert "disagree" not in told.text
