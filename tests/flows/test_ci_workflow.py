"""The workflow that the documentation offers does what it says."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from flows.command import app
from tests.kb.repository import Repository, needs_git

FILE = Path(__file__).parents[2] / "docs" / "wellkept-check.yml"


@pytest.fixture
def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow["jobs"]["check"]["steps"]
    return found


def test_it_may_do_no_more_than_it_needs(workflow: dict[str, Any]) -> None:
    checkouts = [step for step in steps(workflow) if "checkout" in step.get("uses", "")]
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["check"]["permissions"] == {
        "contents": "read",
        "security-events": "write",
    }
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert checkouts[0]["with"]["fetch-depth"] == 0


def test_its_actions_are_pinned_to_a_major_version(workflow: dict[str, Any]) -> None:
    uses = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert uses
    assert all(re.fullmatch(r"(?:actions|github)/[\w/-]+@v\d+", name) for name in uses)


@needs_git
def test_its_commands_annotate_a_pull_request(
    workflow: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "center")
    repository.write(docs__a="# A\n\nSee [b](b.md).\n", docs__b="# B\n\nSee [a](a.md).\n")
    repository.commit()
    repository.git("switch", "--quiet", "--create", "topic")
    repository.write(docs__b="# B\n\nSee [a](a.md) and [c](c.md).\n")
    repository.commit()
    monkeypatch.chdir(repository.top)
    monkeypatch.setenv("WELLKEPT_HOME", str(tmp_path / "home"))
    commands = [step["run"] for step in steps(workflow) if "wellkept check" in step.get("run", "")]
    results = [CliRunner().invoke(app, arguments(command)) for command in commands]
    uploaded = next(step for step in steps(workflow) if "upload-sarif" in step.get("uses", ""))
    log = json.loads((repository.top / uploaded["with"]["sarif_file"]).read_text(encoding="utf-8"))
    assert [result.exit_code for result in results] == [1, 0]
    assert "::warning file=docs/b.md,line=3," in results[0].stdout
    assert "broken_link" in [item["ruleId"] for item in log["runs"][0]["results"]]


def arguments(command: str) -> list[str]:
    values = {"$ARTICLES": "docs", "$BASE": "main"}
    return [values.get(word, word) for word in shlex.split(command)][1:]
