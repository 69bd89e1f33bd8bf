"""The gate refuses on every broken rule, and says which question broke it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from agent.types import Decision, Turn
from eval.gate.gate import floors_of, judge
from eval.gate.verdict import Verdict
from eval.golden.case import Case
from eval.runs.run import evaluate
from eval.scoring.evaluation import (
    Aggregate,
    CaseResult,
    Evaluation,
    MetricFailure,
    Outcome,
    Score,
    aggregate,
)
from eval.scoring.suite import Suite
from kb.settings import GateSettings
from tests.eval.turns import (
    FixedAgent,
    answer,
    answer_case,
    golden_set,
    handoff,
    turn,
)

GATE = GateSettings()
FLOORS = list(floors_of(GATE))


def scored(outcomes: Mapping[str, Sequence[Outcome]], cases: Sequence[Case]) -> Evaluation:
    """An evaluation in which each metric gave those outcomes, in the order of the cases."""
    results = [
        CaseResult(
            case, answer(case.question), 1.0, outcomes={n: it[i] for n, it in outcomes.items()}
        )
        for i, case in enumerate(cases)
    ]
    return Evaluation(results, [aggregate(name, results, due=len(cases)) for name in outcomes])


def good(**changes: Sequence[Outcome]) -> Evaluation:
    cases = golden_set(10, 0)
    outcomes: dict[str, Sequence[Outcome]] = {name: [Score(1.0)] * 10 for name in FLOORS}
    return scored({**outcomes, **changes}, cases)


def run(suite: Suite, said: Mapping[str, Turn | Exception], cases: Sequence[Case]) -> Verdict:
    return judge(evaluate(FixedAgent(said), cases, suite), GATE)


def broken(verdict: Verdict) -> dict[str, set[str]]:
    """Broken rule to the cases that are named for it."""
    return {
        rule.metric: {it.case_id for it in verdict.failing if it.metric == rule.metric}
        for rule in verdict.broken
    }


def test_a_suite_in_which_all_is_right_passes(suite: Suite) -> None:
    verdict = run(suite, {}, golden_set())
    assert verdict.passed
    assert verdict.failing == ()
    assert not verdict.drafted


@pytest.mark.parametrize("metric", FLOORS)
def test_each_floor_alone_refuses_and_names_the_cases_below_it(metric: str) -> None:
    outcomes = [Score(0.0, "said the wrong thing")] * 9 + [Score(1.0)]
    verdict = judge(good(**{metric: outcomes}), GATE)
    assert not verdict.passed
    assert broken(verdict) == {metric: {f"answer-{number}" for number in range(9)}}
    assert {it.why for it in verdict.failing} == {"said the wrong thing"}


@pytest.mark.parametrize("metric", FLOORS)
def test_a_mean_at_its_floor_passes(metric: str) -> None:
    floor = getattr(GATE, metric)
    assert judge(good(**{metric: [Score(floor)] * 10}), GATE).passed


@pytest.mark.parametrize("metric", [*FLOORS, "a_metric_without_floor"])
def test_one_case_that_could_not_be_computed_refuses_however_good_the_rest(metric: str) -> None:
    outcomes: list[Outcome] = [*[Score(1.0)] * 9, MetricFailure("ragas returned nan")]
    verdict = judge(good(**{metric: outcomes}), GATE)
    assert broken(verdict) == {metric: {"answer-9"}}
    assert "could not be computed for 1 of 10" in verdict.broken[0].reason
    assert verdict.failing[0].why == "could not be computed: ragas returned nan"


def test_not_applicable_is_left_out_and_counted() -> None:
    outcomes: list[Outcome] = [*[None] * 4, *[Score(0.9)] * 6]
    verdict = judge(good(answer_similarity=outcomes), GATE)
    rule = next(rule for rule in verdict.rules if rule.metric == "answer_similarity")
    assert rule.score == pytest.approx(0.9)
    assert (rule.n, rule.not_applicable) == (6, 4)
    assert verdict.passed


def test_a_metric_that_nobody_computed_refuses() -> None:
    whole = good()
    kept = [found for found in whole.aggregates if found.metric != "grounding"]
    verdict = judge(replace(whole, aggregates=kept), GATE)
    assert [(rule.metric, rule.reason) for rule in verdict.broken] == [
        ("grounding", "was not computed")
    ]


def test_a_metric_that_was_skipped_for_a_reason_is_noted() -> None:
    whole = good()
    kept = [found for found in whole.aggregates if found.metric != "faithfulness"]
    verdict = judge(replace(whole, aggregates=kept, skipped={"faithfulness": "no judge"}), GATE)
    assert verdict.passed
    assert verdict.notes == ("Not tried, since no judge: faithfulness.",)


def test_a_metric_that_ought_to_have_scores_and_has_none_refuses() -> None:
    none: list[Outcome] = [None] * 10
    verdict = judge(good(grounding=none), GATE)
    assert list(broken(verdict)) == ["grounding"]
    assert verdict.broken[0].reason == "no case has a score, and 10 should have one"


def test_a_metric_that_applies_to_nothing_does_not_refuse() -> None:
    whole = good()
    idle = Aggregate("handoff_precision", None, None, 0, due=0, failed=0, not_applicable=10)
    others = [found for found in whole.aggregates if found.metric != "handoff_precision"]
    assert judge(replace(whole, aggregates=[*others, idle]), GATE).passed


def test_an_empty_golden_set_refuses(suite: Suite) -> None:
    verdict = run(suite, {}, [])
    assert not verdict.passed
    assert [(rule.metric, rule.reason) for rule in verdict.broken] == [
        ("cases", "the golden set is empty")
    ]


def test_a_golden_set_that_is_too_small_refuses(suite: Suite) -> None:
    assert broken(run(suite, {}, golden_set(6, 3))) == {"cases": set()}
    assert run(suite, {}, golden_set(6, 4)).passed


def test_a_crash_in_one_question_refuses_and_names_it(suite: Suite) -> None:
    verdict = run(suite, {"answer-3": RuntimeError("no index")}, golden_set())
    assert broken(verdict) == {"answering": {"answer-3"}}
    assert "RuntimeError: no index" in verdict.failing[0].why


def test_an_answer_that_invents_is_refused_by_name(suite: Suite) -> None:
    said = {"answer-2": answer(text="We refund the full price within 90 days of delivery.")}
    verdict = run(suite, said, golden_set())
    assert broken(verdict) == {"grounding": {"answer-2"}}
    assert "number 90" in verdict.failing[0].why


def test_an_agent_that_hands_everything_over_is_refused(suite: Suite) -> None:
    cases = golden_set()
    verdict = run(suite, {case.id: handoff() for case in cases}, cases)
    assert {"handoff_precision", "decision_accuracy", "grounding"} <= set(broken(verdict))
    assert broken(verdict)["handoff_precision"] == {f"answer-{number}" for number in range(8)}


def test_an_agent_that_answers_everything_is_refused(suite: Suite) -> None:
    cases = golden_set()
    verdict = run(suite, {case.id: answer() for case in cases}, cases)
    assert broken(verdict)["handoff_recall"] == {f"handoff-{number}" for number in range(4)}


def test_an_agent_that_asks_back_instead_of_answering_is_refused(suite: Suite) -> None:
    asks = turn("?", Decision.CLARIFY, "Which plan?", (), ("refunds.md",))
    verdict = run(suite, {f"answer-{number}": asks for number in range(8)}, golden_set())
    assert {"decision_accuracy", "grounding", "answer_similarity"} <= set(broken(verdict))


def test_search_that_returns_other_articles_is_refused(suite: Suite) -> None:
    lost = answer(retrieved=("shipping.md",))
    verdict = run(suite, {"answer-0": lost, "answer-1": lost}, golden_set())
    assert broken(verdict) == {"context_recall": {"answer-0", "answer-1"}}


def drafted(cases: Sequence[Case]) -> list[Case]:
    return [replace(case, drafted=True) for case in cases]


def test_a_drafted_set_says_so_and_how_to_write_a_golden_one(suite: Suite) -> None:
    verdict = run(suite, {}, drafted(golden_set(12, 8)))
    assert verdict.passed
    assert verdict.drafted
    assert "golden set" in verdict.notes[0]


def test_a_center_with_few_headings_passes_with_a_reason(suite: Suite) -> None:
    verdict = run(suite, {}, drafted(golden_set(3, 5)))
    assert verdict.passed
    assert verdict.rules[0].reason == "the headings gave 3 questions"


def test_too_few_drafted_questions_only_inform(suite: Suite) -> None:
    said = {f"answer-{number}": answer(retrieved=()) for number in range(3)}
    verdict = run(suite, said, drafted(golden_set(3, 5)))
    assert verdict.passed
    assert any("only inform" in note for note in verdict.notes)


def test_too_few_drafted_questions_must_still_be_grounded(suite: Suite) -> None:
    said = {"answer-0": answer(text="Refunds take ninety days.")}
    assert "grounding" in broken(run(suite, said, drafted(golden_set(3, 5))))


def test_a_drafted_set_is_held_to_the_same_floors(suite: Suite) -> None:
    said = {f"answer-{number}": answer(retrieved=()) for number in range(3)}
    assert "context_recall" in broken(run(suite, said, drafted(golden_set(12, 8))))


def test_the_same_evaluation_gives_the_same_verdict(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent({"answer-1": handoff()}), golden_set(), suite)
    assert judge(evaluation, GATE) == judge(evaluation, GATE)


def test_a_verdict_survives_json(suite: Suite) -> None:
    said: dict[str, Any] = {"answer-1": handoff(), "answer-2": ValueError("no index")}
    verdict = run(suite, said, golden_set())
    assert Verdict.from_json(verdict.to_json()) == verdict


def test_values_that_are_no_verdict_are_refused() -> None:
    with pytest.raises(ValueError, match="passed"):
        Verdict.from_json({"cases": 3})


def test_a_verdict_shows_what_was_due_and_what_was_got(suite: Suite) -> None:
    verdict = run(suite, {"answer-1": handoff()}, [answer_case("answer-1"), *golden_set(0, 12)])
    failing = next(it for it in verdict.failing if it.metric == "decision_accuracy")
    assert failing.expected == "answer from refunds.md"
    assert failing.got == "handoff: A person will help you."
