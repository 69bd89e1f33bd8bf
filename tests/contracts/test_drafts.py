"""Proposals are kept until a person decides, and decisions stay."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.identity import IdentityLevel
from agent.types import Decision
from eval.drafting.proposal import Origin, Proposal, Quote, State, proposed
from eval.drafting.store import Drafts
from eval.golden.case import Asker, Case
from kb.errors import ConfigError, Permanent
from kb.store.database import Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASE = Case(
    "",
    "And on größere Töpfe?",
    Decision.ANSWER,
    reference="Yes.",
    articles=("pots.md",),
    says=("30 cm",),
    never_says=("20 cm",),
    earlier=("Does it fit?",),
    who=Asker(audience=("pro",), identity=IdentityLevel.CLAIMED, claims={"plan": "Pro"}),
    actions=(),
    source="article:pots.md",
)


@pytest.fixture
def drafts(database: Database) -> Drafts:
    return Drafts(database)


def item(question: str = CASE.question, worth: float = 1.0) -> Proposal:
    from dataclasses import replace

    case = replace(CASE, question=question)
    quotes = (Quote("pots.md", "Sizes", "Pots up to 30 cm."),)
    return proposed(case, Origin.ARTICLES, "faq", "a heading asks it", quotes, worth)


def nothing() -> None:
    """Writes no file."""


def test_a_proposal_comes_back_as_it_was_kept(drafts: Drafts) -> None:
    one = item()
    assert drafts.propose([one], NOON) == [one]
    (kept,) = drafts.all(State.PROPOSED)
    assert (kept.proposal, kept.created_at, kept.state) == (one, NOON, State.PROPOSED)
    assert drafts.named(one.id[:-3]).proposal == one


def test_what_is_there_is_not_kept_twice_and_the_order_of_a_run_is_kept(
    drafts: Drafts,
) -> None:
    first, second, third = item(), item("What of balconies?", 2.0), item("Is it loud?", 3.0)
    drafts.propose([first], NOON)
    assert drafts.propose([first, second, third], NOON + timedelta(hours=1)) == [second, third]
    assert [it.id for it in drafts.all()] == [first.id, second.id, third.id]


def test_what_waits_gets_newer_words_and_what_was_decided_keeps_its_own(drafts: Drafts) -> None:
    from dataclasses import replace

    one, other = item(), item("What of balconies?")
    drafts.propose([one, other], NOON)
    drafts.reject(other.id, "ann", "nobody asks that", NOON)
    newer = [replace(it, why="a table says it") for it in (one, other)]
    assert drafts.renew(newer) == 1
    assert drafts.renew(newer) == 0
    assert drafts.named(one.id).proposal.why == "a table says it"
    assert drafts.named(other.id).proposal.why == "a heading asks it"


def test_another_worth_alone_is_kept_and_is_no_newer_words(drafts: Drafts) -> None:
    drafts.propose([item()], NOON)
    assert drafts.renew([item(worth=0.7)]) == 0
    assert drafts.named(item().id).proposal.worth == 0.7


def test_a_decision_is_kept_with_who_when_and_why(drafts: Drafts) -> None:
    from dataclasses import replace

    one, other = item(), item("What of balconies?")
    drafts.propose([one, other], NOON)
    edited = replace(one.case, question="Does it fit larger pots, too?")
    drafts.accept(one.id, edited, "ann", NOON, nothing)
    drafts.reject(other.id, "ben", " twice ", NOON)
    accepted, rejected = drafts.named(one.id), drafts.named(other.id)
    assert (accepted.state, accepted.case, accepted.by) == (State.ACCEPTED, edited, "ann")
    assert (rejected.state, rejected.reason, rejected.at) == (State.REJECTED, "twice", NOON)
    assert drafts.all(State.PROPOSED) == []
    assert drafts.propose([one, other], NOON) == []


def test_what_cannot_be_written_down_still_waits(drafts: Drafts) -> None:
    one = item()
    drafts.propose([one], NOON)

    def fails() -> None:
        raise ConfigError("the disk is full")

    with pytest.raises(ConfigError):
        drafts.accept(one.id, one.case, "ann", NOON, fails)
    assert drafts.named(one.id).state is State.PROPOSED


def test_decisions_that_make_no_sense_are_refused(drafts: Drafts) -> None:
    one = item()
    drafts.propose([one], NOON)
    with pytest.raises(Permanent, match="a reason is required"):
        drafts.reject(one.id, "ann", "  ", NOON)
    drafts.accept(one.id, one.case, "ann", NOON, nothing)
    with pytest.raises(Permanent, match="accepted already by ann"):
        drafts.reject(one.id, "ben", "no", NOON)
    with pytest.raises(Permanent, match="no proposal"):
        drafts.named("faq-unknown")
    drafts.propose([item("What of balconies?")], NOON)
    with pytest.raises(Permanent, match="begins 2 proposals"):
        drafts.named("faq-")
