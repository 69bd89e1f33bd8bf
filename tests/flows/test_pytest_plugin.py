"""Golden cases as tests on a release."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.flows.conftest import SAMPLE


def test_cases_pass_and_fail_on_the_live_release(live_home: Path, tmp_path: Path) -> None:
    known = (SAMPLE / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    due = next(case for case in map(json.loads, known) if case["decision"] == "handoff")
    wrong = {**due, "id": "wrong", "decision": "answer", "articles": ["nowhere.md"], "reason": None}
    (tmp_path / "shop.golden.jsonl").write_text(
        f"{json.dumps(due)}\n{json.dumps(wrong)}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "eval.pytest_plugin", "--junitxml=out.xml"),
            *("--wellkept-home", str(live_home)),
            f"--wellkept-config={SAMPLE / 'wellkept.toml'}",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 1 passed" in done.stdout
    assert "decision_accuracy: handoff instead of answer" in done.stdout
    held = ElementTree.parse(tmp_path / "out.xml").findall(".//testcase/properties/property")
    assert {"decision_accuracy"} <= {item.get("name") for item in held}
