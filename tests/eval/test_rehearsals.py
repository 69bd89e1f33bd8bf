"""Conversations written beside procedures, as a rule of the gate."""

from agent.rehearsal.script import Difference
from eval.gate.rehearsals import PROCEDURES, Rehearsed, check_rehearsals

FINE = Rehearsed("refund", "A delivered order is refunded")
WRONG = Rehearsed(
    "refund",
    "A late order is not refunded",
    (Difference("A late order is not refunded", 14, "`issue_refund` was called", "Done."),),
)


def test_conversations_that_went_as_written_pass() -> None:
    rule = check_rehearsals([FINE, FINE]).rule
    assert (rule.metric, rule.passed, rule.score, rule.n) == (PROCEDURES, True, 1.0, 2)


def test_one_that_did_not_refuses_and_says_where_and_what_was_said() -> None:
    check = check_rehearsals([FINE, WRONG])
    assert not check.rule.passed
    assert check.rule.reason == "1 of 2 went otherwise than written"
    (failing,) = check.failing
    assert failing.expected == "as written in line 14 of refund.test.md"
    assert failing.got == "Done."
    assert failing.why == "`issue_refund` was called"
