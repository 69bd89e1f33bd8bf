"""What every metric plug-in keeps to, and that each runs in ragas alone."""

import asyncio
import math
from collections.abc import Iterator
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from agent.types import Turn
from eval.case import Case
from eval.evaluation import CaseResult
from eval.gate import floors_of
from eval.judge import EncoderEmbedding, open_judge
from eval.metric import Metric, Models, columns
from kb.registry import discover
from kb.settings import GateSettings, LlmSettings
from tests.eval.judge_script import agreeable
from tests.eval.turns import WordEncoder, answer, answer_case, handoff, handoff_case
from tests.openai_server import OpenAIServer

PLUGINS: dict[str, Metric] = discover("eval.metrics")
RIGHT = [
    (replace(answer_case("answer"), says=("within 30 days",), never_says=("60 days",)), answer()),
    (handoff_case("handoff"), handoff()),
]


@pytest.fixture(scope="module")
def judge_url() -> Iterator[str]:
    with OpenAIServer(agreeable) as server:
        yield server.url


def build(plugin: Metric, url: str) -> Any:
    judge = open_judge(LlmSettings(url=url, model="judge"))
    return plugin.build(Models(EncoderEmbedding(WordEncoder()), judge))


def shown(scorer: Any, case: Case, turn: Turn) -> dict[str, Any]:
    known = columns(CaseResult(case, turn, 0.0, turns=(turn,)), turn)
    return {name: known[name] for name in signature(scorer.ascore).parameters}


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
def test_it_runs_in_ragas_alone_and_gives_a_right_turn_a_finite_score(
    name: str, judge_url: str
) -> None:
    """Through `abatch_score`, which ragas itself calls for a data set."""
    scorer = build(PLUGINS[name], judge_url)
    rows = [shown(scorer, case, turn) for case, turn in RIGHT if PLUGINS[name].applies(case, turn)]
    results = asyncio.run(scorer.abatch_score(rows))
    low, high = scorer.allowed_values
    assert rows
    assert all(math.isfinite(it.value) and low <= it.value <= high + 1e-6 for it in results)


def test_every_floor_of_the_gate_has_its_metric() -> None:
    assert set(floors_of(GateSettings())) <= set(PLUGINS)


def test_nothing_is_written_to_the_users_folder(
    tmp_path: Path, judge_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name, plugin in PLUGINS.items():
        scorer = build(PLUGINS[name], judge_url)
        rows = [shown(scorer, c, t) for c, t in RIGHT if plugin.applies(c, t)]
        asyncio.run(scorer.abatch_score(rows))
    assert not list(tmp_path.rglob("*"))
