"""With a language model configured ragas asks it over HTTP; one that fails is no pass and no 0."""

from pathlib import Path

import pytest

from eval.build import open_metrics
from eval.evaluation import Evaluation, MetricFailure
from eval.gate import judge
from eval.run import Suite, evaluate
from kb.settings import GateSettings, LlmSettings, Settings
from tests.eval.judge_script import agreeable, silent, strict
from tests.eval.turns import FixedAgent, WordEncoder, golden_set
from tests.openai_server import Fault, OpenAIServer, Script

JUDGED = {"faithfulness", "answer_relevancy", "factual_correctness"}


def open_judged(home: Path, url: str, only: set[str], timeout_s: float = 30.0) -> Suite:
    llm = LlmSettings(url=url, model="judge-1", api_key="secret", timeout_s=timeout_s)
    suite = open_metrics(Settings(home=home, llm=llm), WordEncoder())
    return Suite([metric for metric in suite.metrics if metric.name in only], suite.skipped)


def run(
    home: Path, script: Script, only: set[str], answers: int = 2, timeout_s: float = 30.0
) -> Evaluation:
    with OpenAIServer(script) as server:
        suite = open_judged(home, server.url, only, timeout_s)
        return evaluate(FixedAgent(), golden_set(answers, 1), suite)


def test_all_three_metrics_are_judged_and_handoffs_are_left_out(tmp_path: Path) -> None:
    evaluation = run(tmp_path, agreeable, JUDGED)
    found = {it.metric: it for it in evaluation.aggregates}
    assert set(found) == JUDGED
    assert found["faithfulness"].score == 1.0
    assert found["factual_correctness"].score == 1.0
    assert (found["answer_relevancy"].score or 0) > 0.7
    assert {(it.n, it.not_applicable, it.failed) for it in found.values()} == {(2, 1, 0)}
    assert evaluation.skipped == {}


def test_a_strict_judge_is_believed(tmp_path: Path) -> None:
    found = run(tmp_path, strict, {"faithfulness"}).aggregates[0]
    assert (found.score, found.failed) == (0.0, 0)


def test_the_judge_is_asked_for_the_configured_model_with_the_key(tmp_path: Path) -> None:
    with OpenAIServer(agreeable) as server:
        suite = open_judged(tmp_path, server.url, {"faithfulness"})
        evaluate(FixedAgent(), golden_set(1, 0), suite)
    assert {request["model"] for request in server.requests} == {"judge-1"}
    assert {request["temperature"] for request in server.requests} == {0.0}
    assert set(server.authorizations) == {"Bearer secret"}


def test_one_suite_serves_several_evaluations(tmp_path: Path) -> None:
    with OpenAIServer(agreeable) as server:
        suite = open_judged(tmp_path, server.url, {"faithfulness"})
        scores = [
            evaluate(FixedAgent(), golden_set(1, 0), suite).aggregates[0].score for _ in range(2)
        ]
    assert scores == [1.0, 1.0]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (lambda request: Fault(400, '{"error": {"message": "no such model"}}'), "400"),
        (lambda request: Fault(200, "{not json"), "JSON|Expecting"),
        (lambda request: "I would rather not say.", "JSON|json"),
        (lambda request: {"verdict": "fine"}, "statements"),
        (silent, "the judge left 'statements' empty"),
    ],
    ids=["refuses", "garbage body", "prose", "other fields", "empty"],
)
def test_a_judge_that_misbehaves_could_not_be_computed(
    tmp_path: Path, script: Script, reason: str
) -> None:
    evaluation = run(tmp_path, script, {"faithfulness"}, answers=1)
    outcome = evaluation.results[0].outcomes["faithfulness"]
    assert isinstance(outcome, MetricFailure)
    assert any(part in outcome.reason for part in reason.split("|")), outcome.reason
    assert evaluation.aggregates[0].score is None


@pytest.mark.parametrize(
    "fault", [Fault(500), Fault(0), Fault(200, delay_s=0.5)], ids=["500", "hangs up", "is silent"]
)
def test_a_judge_that_is_down_refuses_the_release(tmp_path: Path, fault: Fault) -> None:
    calls: list[int] = []

    def script(request: object) -> Fault:
        calls.append(1)
        return fault

    evaluation = run(tmp_path, script, {"faithfulness"}, answers=1, timeout_s=0.2)
    assert len(calls) == 3
    verdict = judge(evaluation, GateSettings())
    assert not verdict.passed
    rule = next(rule for rule in verdict.rules if rule.metric == "faithfulness")
    assert (rule.passed, rule.score) == (False, None)
    assert rule.reason == "could not be computed for 1 of 1 cases"


def test_a_judge_that_recovers_is_asked_again(tmp_path: Path) -> None:
    faults = [Fault(503)]
    evaluation = run(
        tmp_path,
        lambda request: faults.pop() if faults else agreeable(request),
        {"faithfulness"},
        answers=1,
    )
    assert evaluation.aggregates[0].score == 1.0
