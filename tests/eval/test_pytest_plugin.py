"""Golden cases as tests, collected by pytest in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.types import Decision
from eval.golden.case import Case
from eval.pytest_plugin import GoldenFailure

CASES: list[dict[str, Any]] = [
    {"id": "g1", "question": "How long?", "decision": "handoff", "tags": ["refunds", "skip"]},
    {"id": "g 2", "question": "How much?", "decision": "handoff", "must_pass": True},
]


def golden(path: Path, cases: Sequence[dict[str, Any]] = CASES) -> Path:
    path.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    return path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in that folder with nothing but this plug-in."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "eval.pytest_plugin", "-q", *arguments],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def collected(folder: Path, *arguments: str) -> list[str]:
    found = run(folder, "--collect-only", "--strict-markers", *arguments)
    return [line for line in found.stdout.splitlines() if "::" in line]


def test_each_case_is_a_test_of_its_id(tmp_path: Path) -> None:
    golden(tmp_path / "support.golden.jsonl")
    assert collected(tmp_path) == ["support.golden.jsonl::g1", "support.golden.jsonl::g 2"]


def test_any_file_is_collected_when_it_is_named_and_then_nothing_else(tmp_path: Path) -> None:
    golden(tmp_path / "set.jsonl")
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n", encoding="utf-8")
    assert collected(tmp_path) == ["test_other.py::test_other"]
    only = collected(tmp_path, "--wellkept", "set.jsonl")
    assert only == ["set.jsonl::g1", "set.jsonl::g 2"]
    both = collected(tmp_path, "--wellkept", "set.jsonl", "test_other.py")
    assert both == ["test_other.py::test_other", *only]


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("refunds", ["g1"]),
        ("must_pass", ["g 2"]),
        ("wellkept", ["g1", "g 2"]),
        ("tag_skip", ["g1"]),
    ],
)
def test_tags_are_markers(tmp_path: Path, expression: str, chosen: list[str]) -> None:
    golden(tmp_path / "set.golden.jsonl")
    found = collected(tmp_path, "-m", expression)
    assert [line.rpartition("::")[2] for line in found] == chosen


def test_a_set_that_can_not_be_read_is_an_error_that_says_why(tmp_path: Path) -> None:
    golden(tmp_path / "set.golden.jsonl", [{"id": "g1", "question": "?", "decision": "maybe"}])
    done = run(tmp_path)
    assert done.returncode == 2
    assert "line 1: decision" in done.stdout


def test_a_set_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    done = run(tmp_path, "--wellkept", "gone.jsonl")
    assert done.returncode == 4
    assert "--wellkept: no such file" in done.stderr


def test_without_a_release_every_case_says_what_to_do(tmp_path: Path) -> None:
    golden(tmp_path / "set.golden.jsonl", CASES[:1])
    done = run(tmp_path, "--wellkept-home", str(tmp_path / "home"))
    assert done.returncode == 1
    assert "nothing is live yet; run `wellkept release PATH` first" in done.stdout


def test_unused_it_imports_nothing_of_the_evaluation() -> None:
    code = (
        "import sys, eval.pytest_plugin\n"
        "print([it for it in sys.modules if it.startswith(('eval.', 'kb', 'agent', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['eval.pytest_plugin']"


def test_a_failure_tells_what_was_due_what_was_said_why_and_on_what_evidence() -> None:
    case = Case("g1", "How\nlong?", Decision.ANSWER, articles=("a.md",), says=("30 days",))
    quote = {"article": "b.md", "quote": "Within 45 days.\x1b[31m"}
    row = {"decision": "answer", "text": "Within 45 days.", "evidence": [quote]}
    assert str(
        GoldenFailure(case, row, ["required_facts: does not say: 30 days"])
    ).splitlines() == [
        "question  How long?",
        "expected  answer from a.md; says “30 days”",
        "got       answer: Within 45 days.",
        "why       required_facts: does not say: 30 days",
        "evidence  b.md: “Within 45 days.�[31m”",
    ]
