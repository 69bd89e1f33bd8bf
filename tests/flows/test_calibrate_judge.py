"""`wellkept eval calibrate-judge`, as people run it."""

import json
from pathlib import Path

import pytest

from tests.eval.judge_script import failing, fair
from tests.flows.conftest import Result, jsonl, wellkept
from tests.openai_server import OpenAIServer, Script

TOLD = "Refunds take 14 days."
LINES = [
    {
        "metric": "faithfulness",
        "question": "How long do refunds take?",
        "contexts": [TOLD],
        "answer": TOLD if right else "Refunds take 90 days.",
        "label": "pass" if right else "fail",
    }
    for right in (True, False) * 4
]


def calibrate(folder: Path, url: str, *more: str | Path) -> Result:
    environment = {"WELLKEPT_EVALUATION_JUDGE_URL": url, "WELLKEPT_EVALUATION_JUDGE_MODEL": "m"}
    home = ("--home", folder / "home")
    return wellkept("eval", "calibrate-judge", *more, *home, cwd=folder, env=environment)


def test_it_tells_kappa_and_writes_the_calibration_once_the_judge_can_be_heard(
    tmp_path: Path,
) -> None:
    labels, out = jsonl(tmp_path / "labels.jsonl", LINES), tmp_path / "judge.json"
    script: list[Script] = [failing]
    with OpenAIServer(lambda request: script[0](request)) as server:
        failed = calibrate(tmp_path, server.url, "--labels", labels, "--out", out)
        assert failed.code == 3
        assert "the judge gave no score to 8 of 8 labelled cases" in failed.err
        assert not out.exists()
        script[0] = fair
        done = calibrate(tmp_path, server.url, "--labels", labels, "--out", out)
    assert done.code == 0, done.err
    assert "faithfulness  8   1.00" in done.out
    assert "may refuse" in done.out
    written = json.loads(out.read_text())
    assert written["pin"]["model"] == "m"
    assert written["metrics"]["faithfulness"]["kappa"] == 1.0
    assert written["metrics"]["faithfulness"]["n"] == 8


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "name either --labels FILE, or --draw N"),
        (("--labels", "none.jsonl"), "does not exist"),
    ],
)
def test_bad_usage_says_what_to_do(tmp_path: Path, more: tuple[str, ...], told: str) -> None:
    result = calibrate(tmp_path, "http://127.0.0.1:9/v1", *more)
    assert (result.code, told in result.err) == (2, True), result.err
