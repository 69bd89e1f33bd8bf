"""A candidate may not be worse than what is live."""

from typing import Any

from eval.gate.gate import judge
from eval.gate.regression import REGRESSION, check_regression
from eval.scoring.evaluation import Evaluation
from kb.settings import GateSettings


def case(number: int, score: float, text: str = "Within 30 days.") -> dict[str, Any]:
    return {
        "id": f"q{number}",
        "question": f"How long do I have to return {number}?",
        "expected": "answer",
        "decision": "answer" if score else "handoff",
        "text": text,
        "scores": {"decision_accuracy": score, "grounding": 1.0},
    }


LIVE = [case(number, 1.0) for number in range(40)]
WORSE = [case(number, float(number >= 10), "A person will help.") for number in range(40)]


def test_a_candidate_like_the_live_release_passes() -> None:
    check = check_regression(LIVE, LIVE, 0.05)
    assert check.rule.passed
    assert check.rule.reason == "no case is worse than in the live release"
    assert check.failing == ()


def test_a_clear_fall_refuses_and_shows_each_case_before_and_after() -> None:
    check = check_regression(LIVE, WORSE, 0.05)
    assert not check.rule.passed
    assert "decision accuracy fell from 1.000 to 0.750" in check.rule.reason
    assert "McNemar p 0.0010" in check.rule.reason
    assert [item.case_id for item in check.failing] == [f"q{number}" for number in range(10)]
    assert check.failing[0].expected == "answer"
    assert check.failing[0].before == "answer: Within 30 days."
    assert check.failing[0].got == "handoff: A person will help."


def test_a_single_case_that_fell_is_told_and_let_through() -> None:
    after = [case(0, 0.0), *LIVE[1:]]
    check = check_regression(LIVE, after, 0.05)
    assert check.rule.passed
    assert check.rule.reason.startswith("within chance; most moved: decision accuracy went")


def test_a_golden_set_that_shares_no_case_with_the_live_ones_has_nothing_to_fall_from() -> None:
    check = check_regression(LIVE, [{**case(0, 0.0), "id": "new"}], 0.05)
    assert check.rule.passed
    assert check.rule.reason == "nothing to compare with the live release"


def test_the_gate_refuses_with_the_rule_and_names_its_cases() -> None:
    verdict = judge(Evaluation([], []), GateSettings(), [check_regression(LIVE, WORSE, 0.05)])
    assert REGRESSION in [rule.metric for rule in verdict.broken]
    assert len([item for item in verdict.failing if item.metric == REGRESSION]) == 10


def test_a_score_of_the_live_release_that_could_not_be_computed_refuses() -> None:
    nan = {"scores": {"decision_accuracy": None}, "failures": {"decision_accuracy": "nan"}}
    check = check_regression([{**LIVE[0], **nan}, *LIVE[1:]], LIVE, 0.05)
    assert not check.rule.passed
    assert check.rule.failed == 1
    assert check.rule.reason == "1 scores of the live release could not be computed"
    assert [item.case_id for item in check.failing] == ["q0"]
    assert check_regression([{**LIVE[0], **nan}], LIVE, 0.05, ["decision_accuracy"]).rule.passed
