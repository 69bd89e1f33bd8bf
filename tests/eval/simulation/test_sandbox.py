"""Backends of trials are started, reset, broken and looked at over HTTP."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.simulation.sandbox import BackendFile, SandboxFile, started
from eval.simulation.scenario import Failure
from kb.errors import ConfigError

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HERE = Path(__file__).parent


def file_of(*command: str) -> SandboxFile:
    return SandboxFile(now=NOW, backends={"shop": BackendFile(start=command)})


SHOP = file_of("python", "shop.py", "{port}")


def test_a_backend_is_reset_to_a_time_with_rows_otherwise() -> None:
    with started(SHOP, HERE) as sandbox:
        sandbox.reset(NOW, {"orders": {"2": {"placed_at": "never"}}})

        assert sandbox.state()["orders"] == {
            "1": {"placed_at": "2026-11-20T15:00:00+00:00"},
            "2": {"placed_at": "never"},
        }
        assert sandbox.operations() == ["getOrder"]
        assert sandbox.urls["shop"].startswith("http://127.0.0.1:")


def test_failures_are_planned_as_they_stand() -> None:
    with started(SHOP, HERE) as sandbox:
        sandbox.fail([Failure(operation="getOrder", kind="stall_after", seconds=2.0)])

        assert sandbox.state()["faults"] == {
            "0": {"operation": "getOrder", "call": 1, "kind": "stall_after", "seconds": 2.0}
        }


def test_what_a_backend_refuses_is_said_in_words() -> None:
    with (
        started(SHOP, HERE) as sandbox,
        pytest.raises(ConfigError, match=r"refuses PUT .*with 404"),
    ):
        sandbox.fail([Failure(operation="getOrder", kind="slow")])


def test_a_backend_that_ends_at_once_is_named_with_its_last_words() -> None:
    broken = file_of("python", "-c", "import sys; sys.exit('no such table')")

    with (
        pytest.raises(ConfigError, match="backend shop ended at once: no such table"),
        started(broken, HERE),
    ):
        pass


def test_a_command_that_is_not_there_is_named() -> None:
    missing = file_of("no-such-command")

    with (
        pytest.raises(ConfigError, match="backend shop can't be started: no-such-command"),
        started(missing, HERE),
    ):
        pass


def test_a_backend_of_a_server_needs_its_port() -> None:
    with (
        pytest.raises(ConfigError, match="backend shop needs a port for --url"),
        started(SHOP, HERE, served=True),
    ):
        pass
