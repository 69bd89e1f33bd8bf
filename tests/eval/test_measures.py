"""What is no share has numbers of its own: times, costs, tokens."""

from dataclasses import replace

import pytest

from agent.types import Spent
from eval.runs.run import evaluate, score_all
from eval.scoring.evaluation import CaseResult
from eval.scoring.measures import measure, measured, used
from eval.scoring.suite import Suite
from tests.eval.turns import FixedAgent, answer, answer_case, golden_set


def results(suite: Suite, *waits_ms: float, reused: int = 0) -> list[CaseResult]:
    """Cases with these times, the last `reused` of which were not asked."""
    asked = len(waits_ms) - reused
    found = [
        CaseResult(
            answer_case(str(place)), answer(), wait, turns=(answer(),), reused=place >= asked
        )
        for place, wait in enumerate(waits_ms)
    ]
    return score_all(found, suite)


def test_a_time_is_told_by_its_percentiles(suite: Suite) -> None:
    found = measure("answer_ms", "ms", results(suite, *range(101)))
    assert (found.n, found.p50, found.p95, found.mean) == (101, 50.0, 95.0, 50.0)


def test_what_a_case_took_on_another_day_is_no_time_of_this_run(suite: Suite) -> None:
    found = measure("answer_ms", "ms", results(suite, 10, 20, 900, reused=1))
    assert found.n == 2
    assert found.p95 == pytest.approx(19.5)
    none = measure("answer_ms", "ms", results(suite, 900, reused=1))
    assert (none.n, none.p50, none.p95) == (0, None, None)


def test_costs_and_tokens_count_whether_a_case_was_asked_or_not(suite: Suite) -> None:
    spent = Spent("writer", input_tokens=900, output_tokens=100, cost=0.02)
    turn = replace(answer(), spent=spent)
    result = CaseResult(answer_case("a"), turn, 5.0, turns=(turn, turn), reused=True)
    found = score_all([result], suite)
    assert measure("cost", "cost", found).total == pytest.approx(0.04)
    assert measure("tokens", "tokens", found).mean == 2_000
    (model,) = used(found).items()
    assert model[0] == "writer"
    assert (model[1].turns, model[1].input_tokens, model[1].output_tokens) == (2, 1_800, 200)


def test_what_has_a_unit_is_no_score_and_has_no_mean_among_the_scores(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent(), golden_set(2, 1), suite)
    names = {"answer_ms", "cost", "tokens"}
    assert {item.name for item in measured(evaluation)} == names
    assert not names & {item.metric for item in evaluation.aggregates}
    row = evaluation.rows()[0]
    assert not names & row["scores"].keys()
    assert row["measured"] == {"answer_ms": 1.0, "cost": 0.0, "tokens": 0.0}
