"""Cases that must pass, and what the live release had right for certain."""

from dataclasses import replace

import pytest

from eval.gate.rules.lost import LOST
from eval.gate.rules.must_pass import MUST_PASS
from eval.gate.rules.trial import Baseline
from tests.eval.rules.trials import (
    FAILED,
    case,
    citing,
    evaluation,
    named,
    result,
    rule,
    scored,
    verdict,
)
from tests.eval.turns import answer, handoff

CASES = [case(f"g{number}") for number in range(12)]
VITAL = case("vital", must_pass=True, says=("30 days",))
LIVE = [*(result(it) for it in CASES), result(VITAL, required_facts=1.0)]


@pytest.mark.parametrize(
    "metric",
    [
        *("decision_accuracy", "required_facts", "forbidden_facts"),
        *("grounding", "action_correctness", "end_state"),
    ],
)
def test_a_case_that_must_pass_refuses_by_itself_in_whatever_it_is_wrong(metric: str) -> None:
    others = [scored(it, metric, 1.0) for it in CASES * 20]
    found = verdict([*others, scored(VITAL, metric, 0.5)])
    assert MUST_PASS in [item.metric for item in found.broken]
    assert named(found, MUST_PASS) == ["vital"]


def test_it_is_named_with_what_was_said_before_and_what_is_said_now() -> None:
    now = result(VITAL, answer(text="Ask the shop."), required_facts=0.0)
    found = verdict([*LIVE[:-1], now], LIVE)
    item = next(it for it in found.failing if it.metric == MUST_PASS)
    assert item.before == "answer: We refund the full price within 30 days of delivery."
    assert item.got == "answer: Ask the shop."
    assert item.why == "required_facts: required_facts says why"


def test_an_answer_from_another_article_is_not_right() -> None:
    found = verdict([*LIVE[:-1], result(VITAL, citing(answer(), "shipping.md"))])
    assert next(it.why for it in found.failing if it.metric == MUST_PASS) == "cites shipping.md"


def test_a_case_that_must_pass_and_could_not_be_scored_is_not_right() -> None:
    found = verdict([*LIVE[:-1], result(VITAL, required_facts=FAILED)])
    assert named(found, MUST_PASS) == ["vital"]


def test_an_ordinary_case_that_is_wrong_breaks_no_rule_of_cases() -> None:
    wrong = result(CASES[0], handoff(), decision_accuracy=0.0)
    found = verdict([wrong, *LIVE[1:]], LIVE)
    assert found.passed
    assert rule(found, MUST_PASS).score == 1.0


def test_another_similarity_is_no_mistake() -> None:
    live = [result(VITAL, required_facts=1.0, answer_similarity=0.95)]
    assert verdict([result(VITAL, required_facts=1.0, answer_similarity=0.7)], live).passed


@pytest.mark.parametrize(
    "metric", ["required_facts", "forbidden_facts", "action_correctness", "end_state"]
)
def test_one_case_that_lost_a_hard_score_refuses(metric: str) -> None:
    live = [scored(it, metric, 1.0) for it in CASES]
    after = [scored(CASES[0], metric, 0.5), *live[1:]]
    found = verdict(after, live)
    assert [item.metric for item in found.broken] == [LOST]
    assert named(found, LOST) == ["g0"]


def test_a_fact_that_the_live_release_did_not_tell_either_is_not_lost() -> None:
    live = [result(it, required_facts=0.5) for it in CASES]
    assert verdict([result(it, required_facts=0.4) for it in CASES[:1]] + live[1:], live).passed


def test_a_handoff_instead_of_an_answer_is_left_to_the_test_of_all_cases() -> None:
    live = [result(it, required_facts=1.0) for it in CASES]
    gone = result(CASES[0], handoff(), decision_accuracy=0.0, required_facts=0.0)
    assert named(verdict([gone, *live[1:]], live), LOST) == []


def test_an_action_that_is_not_taken_any_more_is_lost_whatever_was_decided() -> None:
    live = [result(it, end_state=1.0) for it in CASES]
    gone = result(CASES[0], handoff(), end_state=0.0)
    assert named(verdict([gone, *live[1:]], live), LOST) == ["g0"]


def test_a_case_that_demands_something_else_now_has_nothing_to_lose() -> None:
    live = [result(case("g0", says=("30 days",)), required_facts=1.0)]
    after = [result(case("g0", says=("45 days",)), required_facts=0.0)]
    assert named(verdict(after, live), LOST) == []


def test_a_case_that_is_answered_from_elsewhere_and_worse_lost_its_source() -> None:
    after = [
        result(CASES[0], citing(answer(), "shipping.md"), answer_similarity=0.5),
        *LIVE[1:],
    ]
    found = verdict(after, LIVE)
    assert named(found, LOST) == ["g0"]
    assert "cites shipping.md instead of refunds.md" in found.failing[-1].why


@pytest.mark.parametrize("scores", [{"answer_similarity": 0.89}, {"required_facts": 1.0}])
def test_another_source_that_tells_the_same_is_as_good(scores: dict[str, float]) -> None:
    after = [result(CASES[0], citing(answer(), "shipping.md"), **scores), *LIVE[1:]]
    assert named(verdict(after, LIVE), LOST) == []


def test_without_a_live_release_nothing_can_be_lost() -> None:
    found = verdict(LIVE)
    assert rule(found, LOST).reason == "no other release is live"
    assert found.passed


def test_rows_that_were_kept_by_an_older_version_have_nothing_to_lose() -> None:
    old = [
        {name: value for name, value in row.items() if name not in ("says", "end_state")}
        for row in evaluation(LIVE).rows()
    ]
    after = [replace(LIVE[0], outcomes={}), *LIVE[1:]]
    assert verdict(after, baseline=Baseline(old)).passed
