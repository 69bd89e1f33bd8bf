"""`wellkept eval` on the live release: its exit codes, and what a part of the cases is worth."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.flows.conftest import SAMPLE, Result, jsonl, wellkept


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One case that is right and the same with another demand; too few for the sample's gate."""
    lines = (SAMPLE / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    right = next(case for case in map(json.loads, lines) if case["decision"] == "handoff")
    wrong = {**right, "id": "wrong", "decision": "clarify", "reason": None, "tags": ["odd"]}
    rows: Sequence[dict[str, Any]] = [{**right, "id": "right"}, wrong]
    return jsonl(tmp_path_factory.mktemp("golden") / "set.jsonl", rows)


def evaluated(home: Path, golden: Path, *options: str) -> Result:
    where = ("--config", SAMPLE / "wellkept.toml", "--home", home, "--golden", golden)
    return wellkept("eval", *options, *where)


def test_without_gate_a_refusal_is_told_and_with_it_it_is_the_exit_code(
    live_home: Path, golden: Path, tmp_path: Path
) -> None:
    told = evaluated(live_home, golden, "--json")
    assert (told.code, told.json()["passed"]) == (0, False)
    assert "The gate would refuse this release; --gate makes that the exit code." in told.err
    file = tmp_path / "out.xml"
    gated = evaluated(live_home, golden, "--gate", "--format", "junit", "--out", str(file))
    assert (gated.code, gated.out) == (1, "")
    assert ElementTree.parse(file).getroot().tag == "testsuites"


def test_a_part_is_judged_by_itself_and_changes_nothing_of_the_release(
    live_home: Path, golden: Path
) -> None:
    before = wellkept("releases", "--json", "--home", live_home).json()
    part = evaluated(live_home, golden, "--gate", "--case", "right", "--json")
    assert (part.code, part.json()["cases"]) == (0, 1)
    assert wellkept("releases", "--json", "--home", live_home).json() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--case", "gone"), "the golden set has no case gone"),
        (("--tag", "gone"), "no case of the golden set has the tag gone"),
        (("--release", "gone"), "there is no release gone"),
        (("--out", "/nowhere/out.txt"), "cannot be written: no such folder"),
    ],
)
def test_what_can_not_be_tried_is_bad_usage(
    live_home: Path, golden: Path, options: Sequence[str], said: str
) -> None:
    result = evaluated(live_home, golden, *options)
    assert result.code == 2
    assert said in result.err
