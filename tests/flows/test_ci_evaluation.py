"""The workflow that evaluates pull requests does what it says."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.flows.conftest import COMMAND, jsonl, write

FILE = Path(__file__).parents[2] / "docs" / "wellkept-eval.yml"
CONFIG = """
[center]
name = "Fernbank Help"

[sources]
paths = ["docs"]
golden = "golden.jsonl"

[gate]
min_cases = 1
answer_similarity = 0.2
"""
PARKING = """# Parking

## How long may I park?

You may park for {hours} hours behind the house, free of charge.
"""
CASES = [
    {
        "id": "g1",
        "question": "For how many hours may I park?",
        "decision": "answer",
        "articles": ["parking.md"],
        "reference": "For 3 hours.",
        "says": ["3 hours"],
    }
]


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow["jobs"]["evaluate"]["steps"]
    return found


def test_it_may_do_no_more_than_it_needs(workflow: dict[str, Any]) -> None:
    checkouts = [step for step in steps(workflow) if "checkout" in step.get("uses", "")]
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["evaluate"]["permissions"] == {
        "contents": "read",
        "pull-requests": "write",
        "security-events": "write",
    }
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_its_actions_are_pinned_to_a_major_version(workflow: dict[str, Any]) -> None:
    uses = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert uses
    assert all(re.fullmatch(r"(?:actions|github)/[\w/-]+@v\d+", name) for name in uses)


def test_nothing_that_others_write_reaches_a_shell(workflow: dict[str, Any]) -> None:
    for step in steps(workflow):
        assert "${{" not in step.get("run", "")
        assert "${{" not in step.get("with", {}).get("script", "")


def test_what_writes_is_not_tried_for_forks(workflow: dict[str, Any]) -> None:
    writing = [
        step
        for step in steps(workflow)
        if re.search("github-script|upload-sarif", step.get("uses", ""))
    ]
    assert len(writing) == 2
    assert all("head.repo.full_name == github.repository" in step["if"] for step in writing)


def test_its_commands_hold_a_change_against_its_base(
    workflow: dict[str, Any], tmp_path: Path
) -> None:
    top = center(tmp_path / "change", hours=5)
    center(top / ".base", hours=3)
    codes = {step["name"]: run(step, top, tmp_path) for step in steps(workflow) if is_ours(step)}
    assert codes == {
        "Release the base, to have something to compare with": 0,
        "Build the release of the change": 0,
        "Hold it to the gate": 1,
        "Write the same run for code scanning and for test reports": 0,
        "Show it on the run": 0,
    }
    comment = (top / "wellkept.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- wellkept-eval -->\n## ❌ Refused: 1 cases")
    assert "- **obsolete**" in comment
    assert "<td><code>answer: You may park for 3 hours" in comment
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == comment
    log = json.loads((top / "wellkept.sarif").read_text(encoding="utf-8"))
    places = [it["locations"][0]["physicalLocation"] for it in log["runs"][0]["results"]]
    files = {place["artifactLocation"]["uri"] for place in places}
    assert files == {"golden.jsonl", "docs/parking.md"}
    assert ElementTree.parse(top / "wellkept.xml").find("testsuite/testcase/failure") is not None
    assert list((top / ".wellkept" / "evaluations").glob("*.html"))


def center(folder: Path, hours: int) -> Path:
    write(folder, {"docs/parking.md": PARKING.format(hours=hours), "wellkept.toml": CONFIG})
    jsonl(folder / "golden.jsonl", CASES)
    return folder


def is_ours(step: dict[str, Any]) -> bool:
    return "run" in step and "pip install" not in step["run"]


def run(step: dict[str, Any], top: Path, folder: Path) -> int:
    """As the runner does: bash, stopping at the first command that fails."""
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=top / step.get("working-directory", "."),
        env={
            **os.environ,
            "PATH": f"{COMMAND.parent}:{os.environ['PATH']}",
            "CONFIG": "wellkept.toml",
            "WELLKEPT_HOME": str(top / ".wellkept"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode
