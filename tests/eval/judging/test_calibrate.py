"""A judge put to labelled cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.judging.calibrate import calibrate, render_text
from eval.judging.calibration import JudgeCalibration
from eval.judging.drawing import draw
from eval.judging.labels import read_labels
from eval.scoring.suite import Suite, open_suite
from kb.cache import FileCache
from kb.errors import ConfigError, Transient
from kb.settings import LlmSettings, Settings
from tests.eval.judge_script import agreeable, fair, silent
from tests.eval.turns import WordEncoder
from tests.openai_server import OpenAIServer, Request, Script

SAMPLE = Path(__file__).parents[3] / "sample"
SAID = "Refunds take 14 days."
FALSE = "Refunds take 90 days."
NOWHERE = "http://127.0.0.1:9/v1"


def line(answer: str, label: object, **other: Any) -> dict[str, Any]:
    return {
        "metric": "faithfulness",
        "question": "How long do refunds take?",
        "answer": answer,
        "contexts": [SAID],
        "label": label,
        **other,
    }


BALANCED = [line(SAID, "pass"), line(FALSE, "fail"), line(SAID, 1), line(FALSE, 0)]


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(item) for item in lines))
    return path


def open_judged(home: Path, url: str) -> Suite:
    llm = LlmSettings(url=url, model="judge-1")
    cache = FileCache(home / "cache.db")
    return open_suite(Settings(home=home, llm=llm), WordEncoder(), cache=cache)


def calibrated(path: Path, suite: Suite) -> JudgeCalibration:
    assert suite.judge
    return calibrate(read_labels(path, suite.metrics), suite, suite.judge.pin, 0.5)


def put(home: Path, script: Script, lines: list[dict[str, Any]]) -> JudgeCalibration:
    with OpenAIServer(script) as server:
        return calibrated(write(home / "labels.jsonl", lines), open_judged(home, server.url))


def test_a_judge_that_reads_agrees_with_people(tmp_path: Path) -> None:
    found = put(tmp_path, fair, BALANCED)
    assert list(found.metrics) == ["faithfulness"]
    agreement = found.metrics["faithfulness"]
    assert (agreement.kappa, agreement.n, agreement.both_fail) == (1.0, 4, 2)
    assert found.pin.model == "judge-1"


def test_a_judge_that_always_agrees_has_a_kappa_of_nothing(tmp_path: Path) -> None:
    agreement = put(tmp_path, agreeable, BALANCED).metrics["faithfulness"]
    assert (agreement.kappa, agreement.judge_only, agreement.share) == (0.0, 2, 0.5)


def test_what_was_taken_from_noise_is_no_pass(tmp_path: Path) -> None:
    """The judge finds the statement in the quote, and not in the reference."""
    noise = {"metric": "noise_robustness", "reference": SAID}
    right = line(SAID, "pass", **noise)
    wrong = line(FALSE, "fail", contexts=[f"{SAID} {FALSE}"], **noise)
    assert put(tmp_path, fair, [right, wrong]).metrics["noise_robustness"].kappa == 1.0


def test_conversations_and_topics_can_be_labelled(tmp_path: Path) -> None:
    talk = {"earlier": [["Hello", "Hello! What is it?"]], "reference": SAID}
    lines = [
        line(SAID, "pass", metric="goal_accuracy", **talk),
        line(FALSE, "fail", metric="goal_accuracy", **talk),
        line(SAID, "pass", metric="topic_adherence", topics=["refunds"]),
        line(
            "Chess is old.",
            "fail",
            metric="topic_adherence",
            question="Who plays chess?",
            topics=["refunds"],
        ),
    ]
    found = put(tmp_path, fair, lines).metrics
    assert {name: it.kappa for name, it in found.items()} == {
        "goal_accuracy": 1.0,
        "topic_adherence": 1.0,
    }


def test_a_judge_that_fails_has_no_opinion_and_what_it_said_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "labels.jsonl", BALANCED)
    broken = [True]

    def script(request: Request) -> Any:
        fails = broken[0] and FALSE in request["messages"][-1]["content"].split("input")[-1]
        return silent(request) if fails else fair(request)

    with OpenAIServer(script) as server:
        suite = open_judged(tmp_path, server.url)
        with pytest.raises(Transient, match="no score to 2 of 4 labelled cases, first to line 2"):
            calibrated(path, suite)
        asked = len(server.requests)
        broken[0] = False
        found = calibrated(path, open_judged(tmp_path, server.url))
        again = [it["messages"][-1]["content"].split("input")[-1] for it in server.requests[asked:]]
    assert found.metrics["faithfulness"].kappa == 1.0
    assert all(FALSE in prompt for prompt in again)


def test_the_table_says_what_may_refuse_and_where_there_is_little(tmp_path: Path) -> None:
    text = render_text(put(tmp_path, fair, BALANCED), 0.6)
    assert "A score of 0.5 or more is a pass" in text
    row = next(item for item in text.splitlines() if item.startswith("  faithfulness"))
    assert row.split()[:3] == ["faithfulness", "4", "1.00"]
    assert row.endswith("may refuse")
    assert "Fewer than 20 cases say little; look at the intervals: faithfulness." in text
    assert render_text(put(tmp_path, agreeable, BALANCED), 0.6).count("informs only") == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([], "there is no labelled case in it"),
        ([line(SAID, None)], "line 1: Value error, `label` is missing: pass or fail"),
        ([line(SAID, "maybe")], "line 1: label:"),
        ([line(SAID, "pass", metric="grounding")], "no judged metric 'grounding'; there are"),
        ([line(SAID, "pass"), line(SAID, "pass", verdict=1)], "line 2: verdict: Extra inputs"),
        ([line("", "pass")], "line 1: answer:"),
        ([line(SAID, "pass", contexts=[])], "line 1: faithfulness is shown `contexts`"),
        (
            [line(SAID, "pass", metric="goal_accuracy")],
            "line 1: goal_accuracy is shown a `reference`",
        ),
    ],
)
def test_labels_that_are_none_are_told_by_line(
    tmp_path: Path, wrong: list[dict[str, Any]], told: str
) -> None:
    with pytest.raises(ConfigError) as error:
        read_labels(write(tmp_path / "labels.jsonl", wrong), open_judged(tmp_path, NOWHERE).metrics)
    assert told in str(error.value)


def test_cases_for_people_to_label_come_from_an_evaluation(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"case-{number}",
            "question": "How long?",
            "decision": "answer" if number % 2 else "handoff",
            "text": SAID,
            "reference": SAID if number < 5 else "",
            "evidence": [{"article": "a.md", "heading": "", "quote": SAID}],
        }
        for number in range(10)
    ]
    drawn = draw(rows, 6)
    assert drawn == draw(rows, 6)
    assert {item["metric"] for item in drawn} == {"faithfulness", "factual_correctness"}
    assert all(item["label"] is None and item["answer"] == SAID for item in drawn)
    metrics = open_judged(tmp_path, NOWHERE).metrics
    with pytest.raises(ConfigError, match="`label` is missing"):
        read_labels(write(tmp_path / "labels.jsonl", drawn), metrics)
    labelled = write(tmp_path / "labels.jsonl", [{**item, "label": "pass"} for item in drawn])
    assert len(read_labels(labelled, metrics).cases) == 6


def test_the_samples_labels_are_enough_and_balanced(tmp_path: Path) -> None:
    metrics = open_judged(tmp_path, NOWHERE).metrics
    labels = read_labels(SAMPLE / "judge-labels.jsonl", metrics)
    judged = {metric.name for metric in metrics if metric.plugin.judged}
    assert {case.metric for case in labels.cases} == judged
    assert len(labels.cases) >= 40
    for metric in judged:
        passed = [case.passed for case in labels.cases if case.metric == metric]
        assert sum(passed) * 2 == len(passed)


def test_labels_are_read_with_whatever_customers_pasted(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(line("14\u2028days.", "pass"), ensure_ascii=False), encoding="utf-8")
    (case,) = read_labels(path, open_judged(tmp_path, NOWHERE).metrics).cases
    assert case.where == "line 1"
