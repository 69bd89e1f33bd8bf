"""The gate as Prefect shows it: a run of its own within the release's, with its artifacts."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import Result


@pytest.fixture(scope="module")
def released(sample_release: tuple[Path, Result]) -> str:
    """The id of the sample's release."""
    return str(sample_release[1].json()["release"])


def asked(query: str, *values: str) -> Sequence[Any]:
    """Of the database of the Prefect that the tests' processes share."""
    path = Path(os.environ["PREFECT_HOME"]) / "prefect.db"
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def artifacts(released: str) -> dict[str, Any]:
    """By key."""
    found = asked(
        "select key, data from artifact where description like ?", f"Release {released}, %"
    )
    return {key: json.loads(data) for key, data in found}


def test_it_is_a_run_below_the_release_whose_state_tells_the_verdict(released: str) -> None:
    ((state, kind, parent, parameters),) = asked(
        "select state_name, state_type, parent_task_run_id, parameters from flow_run"
        " where name = ?",
        f"gate-{released}",
    )
    assert (state, kind) == ("Passed", "COMPLETED")
    assert parent
    assert json.loads(parameters) == {"release": released}


def test_the_rules_are_a_table(artifacts: dict[str, Any]) -> None:
    rules = artifacts["gate-rules"]
    rows = {row["rule"]: row for row in (json.loads(rules) if isinstance(rules, str) else rules)}
    row = rows["decision accuracy"]
    assert (row["verdict"], row["floor"]) == ("ok", "0.9")
    assert " to " in row["95 % interval"]
    assert int(row["cases"]) > 100


def test_the_summary_is_markdown_and_the_page_is_linked(artifacts: dict[str, Any]) -> None:
    assert "passed" in artifacts["gate"].lower()
    link = artifacts["gate-page"]
    page = Path(link[link.index("file://") + len("file://") : link.index(".html") + 5])
    assert page.is_file()
