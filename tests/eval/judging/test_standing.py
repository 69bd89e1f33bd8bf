"""A judged metric refuses releases only where its judge agrees with people."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.judging.agreement import agreement
from eval.judging.calibration import JudgeCalibration
from eval.judging.pin import JudgePin
from eval.judging.standing import standing
from eval.scoring.suite import open_suite
from kb.errors import ConfigError
from kb.settings import EvaluationSettings, LlmSettings, Settings
from tests.eval.turns import WordEncoder

PIN = JudgePin("small-1", "http://127.0.0.1/v1", "abc", 0.0)
GOOD = agreement([True, False] * 20, [True, False] * 18 + [False, True] * 2)
POOR = agreement([True, False] * 20, [True, False] * 14 + [False, True] * 6)
ONE_SIDED = agreement([True] * 8, [True] * 8)
CALIBRATION = JudgeCalibration(
    PIN,
    0.5,
    "digest",
    {"faithfulness": GOOD, "goal_accuracy": POOR, "topic_adherence": ONE_SIDED},
)


def test_a_judge_that_agrees_with_people_may_refuse() -> None:
    found = standing("faithfulness", PIN, CALIBRATION, 0.6)
    assert found.blocks
    assert found.why.startswith("kappa 0.80 (")
    assert found.why.endswith("of 40 labelled cases is at least 0.60")


@pytest.mark.parametrize(
    ("metric", "pin", "calibration", "why"),
    [
        ("faithfulness", PIN, None, "the judge is not calibrated"),
        ("goal_accuracy", PIN, CALIBRATION, "of 40 labelled cases is under 0.60"),
        ("noise_robustness", PIN, CALIBRATION, "no labelled case is of this metric"),
        ("topic_adherence", PIN, CALIBRATION, "say the same of all 8 labelled cases"),
        (
            "faithfulness",
            replace(PIN, model="big-2"),
            CALIBRATION,
            "another judge was calibrated (model big-2, not small-1)",
        ),
        ("faithfulness", replace(PIN, temperature=0.7), CALIBRATION, "temperature 0.7, not 0.0"),
        ("faithfulness", replace(PIN, prompts="def"), CALIBRATION, "prompts def, not abc"),
        (
            "faithfulness",
            replace(PIN, endpoint="http://elsewhere/v1"),
            CALIBRATION,
            "endpoint http://elsewhere/v1, not http://127.0.0.1/v1",
        ),
    ],
)
def test_any_other_informs_and_says_why(
    metric: str, pin: JudgePin, calibration: JudgeCalibration | None, why: str
) -> None:
    found = standing(metric, pin, calibration, 0.6)
    assert not found.blocks
    assert why in found.why


def test_the_kappa_asked_for_is_a_setting() -> None:
    assert standing("goal_accuracy", PIN, CALIBRATION, 0.4).blocks
    assert not standing("faithfulness", PIN, CALIBRATION, 0.81).blocks


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    import json

    path = tmp_path / "judge.json"
    path.write_text(json.dumps(CALIBRATION.to_json()))
    assert JudgeCalibration.read(path) == CALIBRATION


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"pin": {"model": 1}}'])
def test_a_file_that_is_no_calibration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "judge.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="is no calibration of a judge"):
        JudgeCalibration.read(path)
    with pytest.raises(ConfigError, match="calibrate-judge"):
        JudgeCalibration.read(tmp_path / "none.json")


def test_the_suite_knows_who_may_refuse(tmp_path: Path) -> None:
    import json

    own = EvaluationSettings(judge_url="http://127.0.0.1:9/v1/", judge_model="small-1")
    suite = open_suite(Settings(home=tmp_path, evaluation=own), WordEncoder())
    assert suite.judge is not None
    assert set(suite.informs.values()) == {"the judge is not calibrated"}
    path = tmp_path / "judge.json"
    path.write_text(json.dumps(replace(CALIBRATION, pin=suite.judge.pin).to_json()))
    calibrated = own.model_copy(update={"judge_calibration": path})
    suite = open_suite(Settings(home=tmp_path, evaluation=calibrated), WordEncoder())
    assert "faithfulness" not in suite.informs
    details = suite.details() or {}
    assert details["metrics"]["faithfulness"]["standing"] == "blocks"
    assert details["metrics"]["goal_accuracy"]["standing"] == "informs"
    assert details["endpoint"] == "http://127.0.0.1:9/v1"


def test_a_judge_that_also_writes_is_told(tmp_path: Path) -> None:
    llm = LlmSettings(url="http://127.0.0.1:9/v1", model="small-1")
    suite = open_suite(Settings(home=tmp_path, llm=llm), WordEncoder())
    assert "The judge is the model that writes the answers (small-1)" in suite.notes[0]
    own = EvaluationSettings(judge_model="big-2")
    assert open_suite(Settings(home=tmp_path, llm=llm, evaluation=own), WordEncoder()).notes == ()


def test_a_metric_that_no_judge_has_is_refused_with_the_nearest(tmp_path: Path) -> None:
    own = EvaluationSettings(judge_metrics=["faithfulnes"])
    with pytest.raises(ConfigError, match="did you mean 'faithfulness'"):
        open_suite(Settings(home=tmp_path, evaluation=own), WordEncoder())


def test_without_judged_metrics_there_is_no_judge(tmp_path: Path) -> None:
    llm = LlmSettings(url="http://127.0.0.1:9/v1", model="small-1")
    own = EvaluationSettings(judge_metrics=[])
    suite = open_suite(Settings(home=tmp_path, llm=llm, evaluation=own), WordEncoder())
    assert (suite.judge, suite.details(), suite.informs, suite.notes) == (None, None, {}, ())
