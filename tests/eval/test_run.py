"""The agent is asked every question, and ragas scores what it said."""

import asyncio
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from agent.replies import DISAGREE, DISAGREE_NEXT, SMALL_TALK
from agent.screening.smalltalk import SmallTalk
from agent.types import Decision
from eval.runs.run import evaluate
from eval.scoring.evaluation import Aggregate, Evaluation, MetricFailure, Score
from eval.scoring.metric import Metric, OpenMetric
from eval.scoring.suite import Suite
from tests.eval.turns import (
    REFUND,
    FixedAgent,
    answer,
    answer_case,
    golden_set,
    handoff,
    handoff_case,
    turn,
)


def of(evaluation: Evaluation, metric: str) -> Aggregate:
    return next(found for found in evaluation.aggregates if found.metric == metric)


def outcomes(evaluation: Evaluation, case: str) -> Mapping[str, Any]:
    return next(result.outcomes for result in evaluation.results if result.case.id == case)


def test_right_turns_score_one_and_every_case_is_counted(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent(), golden_set(answers=8, handoffs=4), suite)
    for metric in ("context_recall", "context_precision", "grounding", "answer_similarity"):
        found = of(evaluation, metric)
        assert found.score == pytest.approx(1.0), metric
        assert (found.n, found.due) == (8, 8), metric
        assert (found.failed, found.not_applicable) == (0, 4), metric
    assert of(evaluation, "decision_accuracy").n == 12
    assert of(evaluation, "id_context_precision").score == 0.5


def test_an_answer_metric_does_not_apply_to_a_handoff(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent(), [handoff_case("handoff-1")], suite)
    scores = outcomes(evaluation, "handoff-1")
    assert scores["grounding"] is None
    assert scores["answer_similarity"] is None
    assert scores["context_recall"] is None
    assert of(evaluation, "grounding").score is None
    assert of(evaluation, "grounding").interval is None


def test_a_reference_article_further_down_lowers_precision_and_not_recall(suite: Suite) -> None:
    said = answer(retrieved=("shipping.md", "plans.md", "refunds.md"))
    evaluation = evaluate(FixedAgent({"a": said}), [answer_case("a")], suite)
    assert of(evaluation, "context_recall").score == 1.0
    assert of(evaluation, "context_precision").score == pytest.approx(1 / 3)


def test_precision_is_the_mean_over_the_places_of_reference_articles(suite: Suite) -> None:
    case = replace(answer_case("a"), articles=("refunds.md", "plans.md"))
    said = answer(retrieved=("refunds.md", "shipping.md", "plans.md"))
    evaluation = evaluate(FixedAgent({"a": said}), [case], suite)
    assert of(evaluation, "context_precision").score == pytest.approx((1 + 2 / 3) / 2)


def test_an_article_that_was_not_found_is_a_true_zero_with_the_paths_named(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent({"a": answer(retrieved=())}), [answer_case("a")], suite)
    scores = outcomes(evaluation, "a")
    assert scores["context_recall"] == Score(0.0, "search returned nothing, not refunds.md")
    assert scores["context_precision"].value == 0.0
    assert scores["id_context_precision"] is None


def test_a_sentence_that_is_not_in_the_quote_lowers_grounding_and_is_named(suite: Suite) -> None:
    said = answer(text="We refund the full price within 30 days. We also pay 90 dollars.")
    evaluation = evaluate(FixedAgent({"a": said}), [answer_case("a")], suite)
    score = outcomes(evaluation, "a")["grounding"]
    assert score.value == 0.5
    assert "We also pay 90 dollars." in score.why


def test_an_answer_that_cites_nothing_is_not_grounded(suite: Suite) -> None:
    evaluation = evaluate(FixedAgent({"a": answer(quotes=())}), [answer_case("a")], suite)
    assert of(evaluation, "grounding").score == 0.0


def test_a_greeting_that_is_returned_is_not_asked_for_its_grounds(suite: Suite) -> None:
    said = answer(text=SMALL_TALK[SmallTalk.GREETING], quotes=())
    evaluation = evaluate(FixedAgent({"a": said}), [answer_case("a")], suite)
    assert outcomes(evaluation, "a")["grounding"] is None


def test_lines_that_frame_a_quote_need_no_grounds_of_their_own(suite: Suite) -> None:
    said = answer(text=f"{DISAGREE}\n{REFUND}\n{DISAGREE_NEXT}")
    evaluation = evaluate(FixedAgent({"a": said}), [answer_case("a")], suite)
    assert of(evaluation, "grounding").score == 1.0


def test_another_answer_than_the_reference_is_less_similar(suite: Suite) -> None:
    said = answer(text="Parcels arrive on Tuesday.", quotes=("Parcels arrive on Tuesday.",))
    evaluation = evaluate(FixedAgent({"a": said}), [answer_case("a")], suite)
    assert (of(evaluation, "answer_similarity").score or 0) < 0.5


def test_handoffs_are_scored_as_precision_and_recall(suite: Suite) -> None:
    said = {"answer-0": handoff(), "handoff-0": answer()}
    evaluation = evaluate(FixedAgent(said), golden_set(answers=3, handoffs=4), suite)
    assert of(evaluation, "handoff_precision").score == 0.75
    assert of(evaluation, "handoff_recall").score == 0.75
    assert of(evaluation, "decision_accuracy").score == pytest.approx(5 / 7)


def test_a_heavier_case_counts_for_more(suite: Suite) -> None:
    cases = [answer_case("light"), answer_case("heavy", weight=3)]
    evaluation = evaluate(FixedAgent({"heavy": handoff()}), cases, suite)
    assert of(evaluation, "decision_accuracy").score == 0.25


def test_a_crash_of_the_agent_is_kept_on_its_case_and_the_rest_goes_on(suite: Suite) -> None:
    agent = FixedAgent({"answer-1": ValueError("no index")})
    evaluation = evaluate(agent, golden_set(), suite)
    crashed = [result for result in evaluation.results if result.turn is None]
    assert [(it.case.id, it.error) for it in crashed] == [("answer-1", "ValueError: no index")]
    assert set(crashed[0].outcomes.values()) == {None}
    assert of(evaluation, "grounding").n == 7


class Scripted:
    """A metric in ragas' manner that returns or raises what it is told."""

    name = "scripted"
    allowed_values = (0.0, 1.0)

    def __init__(self, said: object) -> None:
        self._said = said
        self.asked = 0

    async def ascore(self, decision: str) -> Any:
        self.asked += 1
        if isinstance(self._said, Exception):
            raise self._said
        return type("Result", (), {"value": self._said, "reason": None})()


def scripted(said: object) -> tuple[Scripted, Suite]:
    metric = Scripted(said)
    plugin = Metric("", lambda case: True, lambda case, turn: True, lambda models: metric)
    return metric, Suite([OpenMetric("scripted", plugin, metric)])


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (math.nan, "ragas returned nan"),
        (math.inf, "ragas returned inf"),
        (None, "ragas returned None"),
        ("pass", "ragas returned pass"),
        (1.5, "1.5 lies outside 0.0 to 1.0"),
        (TimeoutError("judge is silent"), "TimeoutError: judge is silent"),
    ],
)
def test_what_is_not_a_score_is_a_failure_and_never_averaged(said: object, reason: str) -> None:
    _, suite = scripted(said)
    evaluation = evaluate(FixedAgent(), [answer_case("a")], suite)
    assert outcomes(evaluation, "a") == {"scripted": MetricFailure(reason)}
    found = of(evaluation, "scripted")
    assert (found.score, found.n, found.failed) == (None, 0, 1)


def test_the_innermost_error_is_the_one_that_is_told() -> None:
    outer = RuntimeError("wrapped")
    outer.__cause__ = OSError("connection refused")
    evaluation = evaluate(FixedAgent(), [answer_case("a")], scripted(outer)[1])
    assert outcomes(evaluation, "a")["scripted"].reason == "OSError: connection refused"


def test_a_broken_metric_is_given_up_and_its_cases_stay_failures() -> None:
    metric, suite = scripted(RuntimeError("down"))
    evaluation = evaluate(FixedAgent(), golden_set(answers=50, handoffs=0), suite)
    assert of(evaluation, "scripted").failed == 50
    assert metric.asked < 10


def test_it_runs_inside_an_event_loop(suite: Suite) -> None:
    async def run() -> Evaluation:
        return evaluate(FixedAgent(), golden_set(), suite)

    assert of(asyncio.run(run()), "grounding").score == 1.0


def test_progress_is_told_for_both_steps(suite: Suite) -> None:
    told: list[tuple[str, int, int | None]] = []

    def progress(step: str, done: int, total: int | None) -> None:
        told.append((step, done, total))

    evaluate(FixedAgent(), golden_set(2, 1), suite, progress)
    assert told[:3] == [("answer", 1, 3), ("answer", 2, 3), ("answer", 3, 3)]
    assert told[-1] == ("score", len(suite.metrics), len(suite.metrics))


def test_the_record_of_a_case_is_plain_json(suite: Suite) -> None:
    silent = turn("?", Decision.ANSWER, "", (), ())
    agent = FixedAgent({"answer-0": silent, "handoff-0": ValueError("no index")})
    evaluation = evaluate(agent, golden_set(1, 1), suite)
    first, second = json.loads(json.dumps(evaluation.rows()))
    assert first["scores"]["context_recall"] == 0.0
    assert first["failures"] == {"grounding": "ValueError: the answer states nothing"}
    assert (second["decision"], second["error"]) == (None, "ValueError: no index")
