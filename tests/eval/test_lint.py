"""What is wrong with a golden set."""

from dataclasses import replace

from agent.types import Decision
from eval.case import Case
from eval.lint import Remark, lint
from tests.agent.fakes import article

RETURNS = article(
    "returns.md",
    """---
title: Returns
---
You can send anything back within 30 days of the day on which it arrived at your door.
Custom frames can't be returned.
""",
)
CASE = Case(
    "g1",
    "how long until i must send a frame back?",
    Decision.ANSWER,
    "Within 30 days.",
    ("returns.md",),
)


def rules(*cases: Case) -> list[tuple[str, str]]:
    return [(remark.case_id, remark.rule) for remark in lint(cases, [RETURNS])]


def test_a_good_set_has_no_remarks() -> None:
    good = replace(CASE, says=("within 30 days",), never_says=("60 days",))
    other = replace(CASE, id="g2", question="are custom frames ok to return")
    assert rules(good, other) == []


def test_an_article_that_is_gone_is_an_error() -> None:
    remark = Remark("g1", "no-article", "there is no article gone.md", error=True)
    assert lint([replace(CASE, articles=("gone.md",))], [RETURNS]) == [remark]
    assert rules(replace(CASE, not_articles=("gone.md",))) == [("g1", "no-article")]


def test_a_fact_that_its_article_no_longer_tells_makes_the_case_obsolete() -> None:
    assert rules(replace(CASE, says=("within 45 days",))) == [("g1", "obsolete")]


def test_a_fact_can_not_be_due_and_forbidden() -> None:
    both = replace(CASE, says=("within 30 days",), never_says=("within 30 days",))
    assert rules(both) == [("g1", "contradictory")]


def test_a_question_asked_twice_is_named_and_wrong_when_it_is_due_something_else() -> None:
    again = replace(CASE, id="g2", question="How long until I must send a frame back")
    other = replace(again, decision=Decision.HANDOFF, articles=())
    (remark,) = lint([CASE, again], [RETURNS])
    assert (remark.case_id, remark.rule, remark.error) == ("g2", "duplicate", False)
    (remark,) = lint([CASE, other], [RETURNS])
    assert remark.error
    assert "due handoff instead of answer" in remark.message


def test_a_question_copied_from_an_article_is_a_leak() -> None:
    copied = replace(CASE, question="Can I send anything back within 30 days of the day on it?")
    assert rules(copied) == [("g1", "leak")]
    assert rules(replace(copied, decision=Decision.HANDOFF)) == []
