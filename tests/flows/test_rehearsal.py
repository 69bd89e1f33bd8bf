"""`wellkept procedures try` and `test` as people run them."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from agent.dialogue.understanding import Rules
from flows.command import main
from flows.commands import rehearsal
from tests.flows.conftest import Result

PROCEDURE = """\
---
title: Tell the opening hours of a shop
description: The customer wants to know when a shop is open today.
examples:
  - When is my shop open today?
who: anonymous
needs:
  town:
    ask: Which town is it?
actions: [find_shop]
---
1. Ask for the town.
2. Look up the shop with `find_shop`.
   - If it is not found, tell the customer "There is no shop in {town}." and stop.
3. Tell the customer "It is open until {shop.until}."
"""
ACTIONS = """\
[backend.shops]
url = "http://127.0.0.1:1"
private = true

[action.find_shop]
backend = "shops"
method = "GET"
path = "/shops/{town}"
effect = "read"
identity = "anonymous"
result = "shop"
inputs = { town = { type = "text", required = true } }
outputs = { until = { type = "text" } }
"""
CONVERSATIONS = """\
## A shop that there is
Given `find_shop` returns {"until": "18:00"}
- Customer: When is my shop open today?
- Agent asks for: town
- Customer: Oslo
- Agent calls: `find_shop` with town = Oslo
- Agent says: 18:00
- Ends
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with one procedure and one action, reading by words alone."""
    (tmp_path / "hours.md").write_text(PROCEDURE)
    (tmp_path / "hours.test.md").write_text(CONVERSATIONS)
    (tmp_path / "actions.toml").write_text(ACTIONS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rehearsal, "_understanding", lambda settings: Rules())

    def ran(command: str, *arguments: str, says: Sequence[str] = ()) -> Result:
        lines = iter(says)
        monkeypatch.setattr(rehearsal, "read_line", lambda _: next(lines, ""))
        where = ["--path", ".", "--actions", "actions.toml"]
        monkeypatch.setattr(sys, "argv", ["wellkept", "procedures", command, *arguments, *where])
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 1
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return ran


def test_conversations_that_go_as_written_are_counted(run: Run) -> None:
    result = run("test")
    assert (result.code, result.out) == (0, "")
    assert "1 conversations played, 1 as written, 0 otherwise" in result.err


def test_a_difference_is_told_with_file_and_line_and_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hours.test.md").write_text(CONVERSATIONS.replace("says: 18:00", "says: 19:00"))
    result = run("test", "hours")
    assert result.code == 1
    assert "hours.test.md:7: A shop that there is: the agent does not say “19:00”" in result.out
    assert "it says: It is open until 18:00." in result.out
    (found,) = run("test", "--json").json()
    assert (found["line"], found["conversation"]) == (7, "A shop that there is")


def test_a_name_without_conversations_is_bad_usage(run: Run) -> None:
    result = run("test", "weather")
    assert result.code == 2
    assert "there are no conversations of weather" in result.err


def test_a_procedure_is_played_with_answers_that_are_typed(run: Run) -> None:
    said = ["When is my shop open today?", "Oslo", "what?", '{"until": "18:00"}']
    result = run("try", "hours", "--pretend", says=said)
    assert result.code == 0
    assert "agent: Which town is it?" in result.out
    assert "`find_shop` (town: Oslo): done" in result.out.replace("town = ", "town: ")
    assert "agent: It is open until 18:00." in result.out
    assert "write what it returns as JSON" in result.err


def test_a_backend_that_is_not_there_hands_over(run: Run) -> None:
    result = run("try", "hours", says=["When is my shop open today?", "Oslo"])
    assert result.code == 0
    assert "`find_shop`" in result.out
    assert "handoff" in result.err


def test_a_procedure_that_there_is_not_is_bad_usage(run: Run) -> None:
    result = run("try", "weather")
    assert result.code == 2
    assert "there is no procedure weather; there are hours" in result.err
