"""A plug-in that is broken breaks nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.action import CallStatus
from agent.execution.catalog import open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from tests.agent.execution.requests import Clock, no_sleep, refund

ACTIONS = """
[backend.own]
plugin = "own.py"
[action.look]
backend = "own"
operation = "broken"
[action.change]
backend = "own"
operation = "broken"
effect = "change"
"""


@pytest.fixture
def executor(tmp_path: Path, ledger: SqlLedger) -> Iterator[Executor]:
    (tmp_path / "own.py").write_text(
        "def broken(arguments, key):\n    raise ZeroDivisionError('ann@example.com')\n"
    )
    path = tmp_path / "own.toml"
    path.write_text(ACTIONS)
    catalog = open_catalog(path)
    yield Executor(catalog, ledger, Clock(), no_sleep)
    catalog.close()


@pytest.mark.parametrize(
    ("action", "status"), [("look", CallStatus.FAILED), ("change", CallStatus.UNKNOWN)]
)
def test_what_it_raises_is_named_without_its_words(
    executor: Executor, action: str, status: CallStatus
) -> None:
    result = executor.call(replace(refund(), action=action, arguments={}))
    assert result.status is status
    assert result.reason == f"`{action}` is broken: ZeroDivisionError"
