"""What every metric plug-in keeps to, and that each runs in ragas alone."""

import asyncio
import math
from collections.abc import Iterator
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from eval.gate.gate import floors_of
from eval.gate.instruments import try_instruments
from eval.judging.endpoint import JudgeEndpoint
from eval.scoring.evaluation import CaseResult
from eval.scoring.judge import EncoderEmbedding, open_judge
from eval.scoring.metric import Metric, Models, OpenMetric, columns
from eval.scoring.suite import Suite
from kb.registry import discover
from kb.settings import GateSettings
from tests.eval.judge_script import fair
from tests.eval.turns import WordEncoder, answer, answer_case, handoff, handoff_case
from tests.openai_server import OpenAIServer

PLUGINS: dict[str, Metric] = discover("eval.metrics")
RIGHT = [
    (replace(answer_case("answer"), says=("within 30 days",), never_says=("60 days",)), answer()),
    (handoff_case("handoff"), handoff()),
]


@pytest.fixture(scope="module")
def judge_url() -> Iterator[str]:
    with OpenAIServer(fair) as server:
        yield server.url


def build(plugin: Metric, url: str) -> Any:
    judge = open_judge(JudgeEndpoint(url=url, model="judge"))
    return plugin.build(Models(EncoderEmbedding(WordEncoder()), judge, ["refunds"]))


def rows_of(plugin: Metric, scorer: Any) -> list[dict[str, Any]]:
    """What the metric is shown of its own controls."""
    wanted = signature(scorer.ascore).parameters
    every = [columns(it.result, it.result.turns[-1]) for it in plugin.controls]
    return [{name: known[name] for name in wanted} for known in every]


@pytest.mark.parametrize("name", PLUGINS)
def test_it_is_named_after_its_file_and_says_what_it_measures(name: str, judge_url: str) -> None:
    assert build(PLUGINS[name], judge_url).name == name
    assert PLUGINS[name].summary.endswith(".")


@pytest.mark.parametrize("name", PLUGINS)
def test_it_asks_only_for_columns_that_there_are(name: str, judge_url: str) -> None:
    wanted = signature(build(PLUGINS[name], judge_url).ascore).parameters
    assert wanted
    assert set(wanted) <= set(columns(CaseResult(*RIGHT[0], 0.0), RIGHT[0][1]))


@pytest.mark.parametrize("name", PLUGINS)
def test_a_right_turn_has_a_score_wherever_one_is_due(name: str) -> None:
    for case, turn in RIGHT:
        if PLUGINS[name].due(case):
            assert PLUGINS[name].applies(case, turn)


@pytest.mark.parametrize("name", PLUGINS)
def test_it_runs_in_ragas_alone_and_gives_finite_scores(name: str, judge_url: str) -> None:
    """Through `abatch_score`, which ragas itself calls for a data set."""
    scorer = build(PLUGINS[name], judge_url)
    results = asyncio.run(scorer.abatch_score(rows_of(PLUGINS[name], scorer)))
    low, high = scorer.allowed_values
    assert results
    assert all(math.isfinite(it.value) and low <= it.value <= high + 1e-6 for it in results)


@pytest.mark.parametrize("name", PLUGINS)
def test_it_has_controls_that_must_score_differently(name: str) -> None:
    ranges = [(it.low, it.high) for it in PLUGINS[name].controls]
    assert any(one[1] < other[0] for one in ranges for other in ranges)
    assert all(it.told and not it.told.endswith(".") for it in PLUGINS[name].controls)


@pytest.mark.parametrize("name", PLUGINS)
def test_its_controls_score_as_they_must(name: str, judge_url: str) -> None:
    plugin = PLUGINS[name]
    suite = Suite([OpenMetric(name, plugin, build(plugin, judge_url))])
    assert try_instruments(suite).broken == {}


def test_every_floor_of_the_gate_has_its_metric() -> None:
    assert set(floors_of(GateSettings())) <= set(PLUGINS)


def test_nothing_is_written_to_the_users_folder(
    tmp_path: Path, judge_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name, plugin in PLUGINS.items():
        scorer = build(PLUGINS[name], judge_url)
        asyncio.run(scorer.abatch_score(rows_of(plugin, scorer)))
    assert not list(tmp_path.rglob("*"))
