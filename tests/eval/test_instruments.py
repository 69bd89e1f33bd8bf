"""Metrics that measure nothing are found before their scores are believed."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import agent.answers.ground
import eval.metrics.grounding
from agent.answers.ground import Support
from eval.gate.gate import judge
from eval.gate.instruments import Instruments, try_instruments
from eval.runs.run import evaluate
from eval.scoring.suite import Suite, open_suite
from kb.cache import FileCache
from kb.settings import EvaluationSettings, GateSettings, LlmSettings, Settings
from tests.eval import judge_script
from tests.eval.test_judged import JUDGED, Right
from tests.eval.turns import WordEncoder, golden_set
from tests.openai_server import OpenAIServer, Script

ALL_JUDGED = JUDGED | {"goal_accuracy"}


class Saying:
    """A metric that says the same of everything."""

    allowed_values = (0.0, 1.0)

    def __init__(self, name: str, value: Any) -> None:
        self.name = name
        self._value = value

    async def ascore(self, response: str) -> "Saying":
        if isinstance(self._value, Exception):
            raise self._value
        return self

    @property
    def value(self) -> Any:
        return self._value

    reason = None


def with_broken(suite: Suite, name: str, value: Any) -> Suite:
    return replace(
        suite,
        metrics=[
            replace(it, scorer=Saying(name, value)) if it.name == name else it
            for it in suite.metrics
        ],
    )


def tried_with(
    home: Path, script: Script, cache: FileCache | None = None, **own: Any
) -> tuple[Instruments, Suite, int]:
    with OpenAIServer(script) as server:
        settings = Settings(
            home=home,
            llm=LlmSettings(url=server.url, model="judge-1"),
            evaluation=EvaluationSettings(**own),
        )
        suite = open_suite(settings, WordEncoder(), cache=cache)
        return try_instruments(suite), suite, len(server.requests)


def test_without_a_judge_every_metric_measures_and_it_takes_no_time(suite: Suite) -> None:
    try_instruments(suite)
    started = time.perf_counter()
    tried = try_instruments(suite)
    assert time.perf_counter() - started < 1.0
    assert (tried.check.rule.passed, tried.broken) == (True, {})
    assert tried.check.rule.n == len(suite.metrics)
    assert tried.usable(suite) == suite


def test_it_runs_within_an_event_loop_too(suite: Suite) -> None:
    async def within() -> Instruments:
        return try_instruments(suite)

    assert asyncio.run(within()).check.rule.passed


@pytest.mark.parametrize("name", ["required_facts", "grounding", "decision_accuracy"])
@pytest.mark.parametrize(
    "value", [1.0, 0.0, float("nan"), None, 1.5, ValueError("out of order")], ids=str
)
def test_a_metric_that_says_the_same_of_everything_is_named(
    suite: Suite, name: str, value: Any
) -> None:
    tried = try_instruments(with_broken(suite, name, value))
    assert list(tried.broken) == [name]
    assert not tried.check.rule.passed
    assert tried.check.rule.reason.startswith(name.replace("_", " "))
    assert {item.case_id for item in tried.check.failing} == {name}


def test_a_metric_that_breaks_refuses_and_its_cases_are_still_scored(suite: Suite) -> None:
    broken = with_broken(suite, "required_facts", float("nan"))
    tried = try_instruments(broken)
    assert tried.usable(broken) == broken
    evaluation = evaluate(Right(), golden_set(), tried.usable(broken))
    verdict = judge(evaluation, GateSettings(), [tried.check])
    assert "instruments" in [rule.metric for rule in verdict.broken]


@pytest.mark.parametrize("name", ["ground", "support"])
def test_grounding_that_lets_everything_pass_is_found(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Switched off in the agent's own module, as a change of it would."""

    def lets_pass(text: str, *_: object, **__: object) -> Any:
        yes = Support(supported=True)
        return [(text, yes)] if name == "ground" else yes

    place = eval.metrics.grounding if name == "ground" else agent.answers.ground
    monkeypatch.setattr(place, name, lets_pass)
    tried = try_instruments(suite)
    assert "grounding" in tried.broken
    assert tried.broken["grounding"] == (
        "grounding gave 1.00 to “Refunds reach your account within 90 days …” cited to an article "
        "that says 14 days; due is 0.00"
    )


def test_a_fair_judge_measures(tmp_path: Path) -> None:
    tried, suite, _ = tried_with(tmp_path, judge_script.fair)
    assert tried.broken == {}
    assert {it.name for it in suite.metrics if it.plugin.judged} == ALL_JUDGED


@pytest.mark.parametrize(
    "script", [judge_script.agreeable, judge_script.contrary], ids=lambda it: it.__name__
)
def test_a_judge_that_does_not_read_measures_nothing(tmp_path: Path, script: Script) -> None:
    tried, suite, _ = tried_with(tmp_path, script)
    assert set(tried.broken) == ALL_JUDGED
    usable = tried.usable(suite)
    assert not any(metric.plugin.judged for metric in usable.metrics)
    assert usable.skipped["faithfulness"] == "it fails its controls"
    assert "judge_metrics" in tried.check.notes[0]


def test_a_judge_that_never_agrees_is_found_by_the_right_controls(tmp_path: Path) -> None:
    tried, _, _ = tried_with(tmp_path, judge_script.strict)
    assert tried.broken["faithfulness"].startswith("faithfulness gave 0.00 to a sentence and")


@pytest.mark.parametrize(
    "script",
    [judge_script.failing, judge_script.garbage, judge_script.refusing, judge_script.silent],
    ids=lambda it: it.__name__,
)
def test_a_judge_that_always_fails_is_found_after_a_few_calls(
    tmp_path: Path, script: Script
) -> None:
    tried, _, asked = tried_with(tmp_path, script)
    assert set(tried.broken) == ALL_JUDGED
    assert asked <= 8
    first, *others = tried.check.failing[-len(ALL_JUDGED) - 1 :]
    assert "could not be computed" in first.why
    assert "was not tried, since answer relevancy could not be computed" in others[-1].why


def test_a_slow_judge_is_waited_for_no_longer_than_set(tmp_path: Path) -> None:
    slow = judge_script.slow(seconds=0.4)
    started = time.perf_counter()
    tried, _, _ = tried_with(tmp_path, slow, judge_timeout_s=0.1)
    assert set(tried.broken) == ALL_JUDGED
    assert "Timeout" in tried.broken["answer_relevancy"]
    assert time.perf_counter() - started < 15


def test_a_judge_that_has_changed_since_is_found_though_its_verdicts_are_kept(
    tmp_path: Path,
) -> None:
    scripts: list[Script] = [judge_script.fair]
    kept = FileCache(tmp_path / "cache.db")
    with OpenAIServer(lambda request: scripts[0](request)) as server:
        settings = Settings(home=tmp_path, llm=LlmSettings(url=server.url, model="judge-1"))
        suite = open_suite(settings, WordEncoder(), cache=kept)
        assert try_instruments(suite).check.rule.passed
        evaluate(Right(), golden_set(2, 0), suite)
        assert try_instruments(suite).check.rule.passed
        scripts[0] = judge_script.agreeable
        assert set(try_instruments(suite).broken) == ALL_JUDGED


def test_an_operator_can_leave_out_a_metric_that_the_judge_gets_wrong(tmp_path: Path) -> None:
    def almost(request: Any) -> Any:
        shown = judge_script.fair(request)
        return {**shown, "classifications": [True]} if "classifications" in shown else shown

    topics: Callable[..., Any] = almost
    tried, _, _ = tried_with(tmp_path, topics)
    assert "topic_adherence" in tried.broken
    chosen = sorted(ALL_JUDGED - set(tried.broken))
    tried, suite, _ = tried_with(tmp_path, topics, judge_metrics=chosen)
    assert tried.broken == {}
    assert suite.skipped["topic_adherence"] == "[evaluation] judge_metrics leaves it out"
