"""With a language model configured ragas asks it over HTTP; one that fails is no pass and no 0."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from eval.gate.gate import judge
from eval.golden.case import Case
from eval.runs.run import evaluate
from eval.scoring.evaluation import CaseResult, Evaluation, MetricFailure, Score
from eval.scoring.suite import Suite, open_suite
from kb.cache import FileCache
from kb.ports import Cache
from kb.settings import EvaluationSettings, GateSettings, LlmSettings, Settings
from tests.eval.judge_script import agreeable, fair, garbage, refusing, silent, strict
from tests.eval.turns import WordEncoder, answer, golden_set, handoff
from tests.openai_server import Fault, OpenAIServer, Script

JUDGED = {
    "answer_relevancy",
    "factual_correctness",
    "faithfulness",
    "llm_context_precision",
    "llm_context_recall",
    "noise_robustness",
    "topic_adherence",
}


class Right:
    """Plays every case rightly."""

    def play(self, case: Case) -> CaseResult:
        due = handoff if case.id.startswith("handoff") else answer
        turn = due(case.question)
        return CaseResult(case, turn, 1.0, turns=(turn,))


def open_judged(
    home: Path,
    url: str,
    only: set[str],
    timeout_s: float = 30.0,
    cache: Cache | None = None,
    **judge: str,
) -> Suite:
    own = EvaluationSettings.model_validate(
        {"judge_metrics": sorted(only), "judge_timeout_s": timeout_s, **judge}
    )
    llm = LlmSettings(url=url, model="judge-1", api_key=SecretStr("secret"))
    suite = open_suite(Settings(home=home, llm=llm, evaluation=own), WordEncoder(), cache=cache)
    judged = [metric for metric in suite.metrics if metric.plugin.judged]
    return replace(suite, metrics=judged, skipped={})


def run(
    home: Path, script: Script, only: set[str], answers: int = 2, timeout_s: float = 30.0
) -> Evaluation:
    with OpenAIServer(script) as server:
        suite = open_judged(home, server.url, only, timeout_s)
        return evaluate(Right(), golden_set(answers, 1), suite)


def test_all_metrics_are_judged_and_handoffs_are_left_out(tmp_path: Path) -> None:
    evaluation = run(tmp_path, agreeable, JUDGED)
    found = {it.metric: it for it in evaluation.aggregates}
    assert set(found) == JUDGED
    assert found["faithfulness"].score == 1.0
    assert found["factual_correctness"].score == 1.0
    assert found["noise_robustness"].score == 1.0
    assert (found["answer_relevancy"].score or 0) > 0.2
    assert {(it.n, it.not_applicable, it.failed) for it in found.values()} == {(2, 1, 0)}


def test_a_strict_judge_is_believed_and_its_reason_is_told(tmp_path: Path) -> None:
    evaluation = run(tmp_path, strict, {"faithfulness"})
    found = evaluation.aggregates[0]
    assert (found.score, found.failed) == (0.0, 0)
    outcome = evaluation.results[0].outcomes["faithfulness"]
    assert isinstance(outcome, Score)
    assert outcome.why == "“We refund the full price within 30 days of delivery.”: read"


def test_the_judge_is_asked_for_the_configured_model_with_the_key(tmp_path: Path) -> None:
    with OpenAIServer(agreeable) as server:
        suite = open_judged(tmp_path, server.url, {"faithfulness"})
        evaluate(Right(), golden_set(1, 0), suite)
    assert {request["model"] for request in server.requests} == {"judge-1"}
    assert {request["temperature"] for request in server.requests} == {0.0}
    assert set(server.authorizations) == {"Bearer secret"}


def test_a_judge_at_another_url_never_gets_the_writers_key(tmp_path: Path) -> None:
    with OpenAIServer(agreeable) as server, OpenAIServer(agreeable) as writer:
        suite = open_judged(
            tmp_path, writer.url, {"faithfulness"}, judge_url=server.url, judge_model="judge-2"
        )
        evaluate(Right(), golden_set(1, 0), suite)
    assert writer.requests == []
    assert {request["model"] for request in server.requests} == {"judge-2"}
    assert set(server.authorizations) == {"Bearer none"}


def test_one_suite_serves_several_evaluations(tmp_path: Path) -> None:
    with OpenAIServer(agreeable) as server:
        suite = open_judged(tmp_path, server.url, {"faithfulness"})
        scores = [evaluate(Right(), golden_set(1, 0), suite).aggregates[0].score for _ in range(2)]
    assert scores == [1.0, 1.0]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (lambda request: Fault(400, '{"error": {"message": "no such model"}}'), "400"),
        (garbage, "JSON|Expecting"),
        (refusing, "JSON|json"),
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


def test_a_judge_that_recovers_is_asked_again(tmp_path: Path) -> None:
    faults = [Fault(503)]
    evaluation = run(
        tmp_path,
        lambda request: faults.pop() if faults else agreeable(request),
        {"faithfulness"},
        answers=1,
    )
    assert evaluation.aggregates[0].score == 1.0


def scores_of(evaluation: Evaluation) -> list[float | None]:
    return [found.score for found in evaluation.aggregates]


def test_a_second_run_asks_the_judge_nothing(tmp_path: Path) -> None:
    kept = FileCache(tmp_path / "cache.db")
    with OpenAIServer(fair) as server:
        first = evaluate(
            Right(), golden_set(2, 1), open_judged(tmp_path, server.url, JUDGED, cache=kept)
        )
        asked = len(server.requests)
        again = open_judged(tmp_path, server.url, JUDGED, cache=kept)
        second = evaluate(Right(), golden_set(2, 1), again)
        assert len(server.requests) == asked > 0
    assert scores_of(second) == scores_of(first)
    details = again.details() or {}
    assert (details["asked"], details["recalled"] > 0) == (0, True)


def test_what_one_model_said_is_not_anothers_verdict(tmp_path: Path) -> None:
    kept = FileCache(tmp_path / "cache.db")
    with OpenAIServer(fair) as server:
        for model in ("judge-1", "judge-2"):
            suite = open_judged(
                tmp_path, server.url, {"faithfulness"}, cache=kept, judge_model=model
            )
            evaluate(Right(), golden_set(1, 0), suite)
    assert [request["model"] for request in server.requests] == ["judge-1"] * 2 + ["judge-2"] * 2


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    kept = FileCache(tmp_path / "cache.db")
    scripts: list[Script] = [silent, agreeable]
    found = []
    with OpenAIServer(lambda request: scripts[0](request)) as server:
        for _ in range(2):
            suite = open_judged(tmp_path, server.url, {"faithfulness"}, cache=kept)
            found += scores_of(evaluate(Right(), golden_set(1, 0), suite))
            scripts[0] = agreeable
    assert found == [None, 1.0]


def test_a_judge_is_asked_a_few_things_at_once_at_most(tmp_path: Path) -> None:
    under_way, most = [0], [0]
    with OpenAIServer(fair) as server:

        def slowly(request: dict[str, object]) -> object:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            server.pause(0.02)
            under_way[0] -= 1
            return fair(request)

        server._script = slowly  # type: ignore[assignment]  # it needs the server itself
        suite = open_judged(tmp_path, server.url, {"faithfulness"}, judge_at_once="3")
        evaluate(Right(), golden_set(8, 0), suite)
    assert 1 < most[0] <= 3
