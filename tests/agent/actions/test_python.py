"""Actions that are written in Python."""

import time
from typing import Any

import pytest

from agent.action import (
    Action,
    ActionRefused,
    ActionSpec,
    CallFailed,
    Effect,
    OutcomeUnknown,
    Parameter,
    ValueType,
)
from agent.actions.python import plugin
from agent.backends.definition import Backend, Definition, UnknownOperation
from kb.errors import ConfigError, Transient

FILE = """
from dataclasses import dataclass
from time import sleep
from agent.action import ActionRefused, ActionSpec, Parameter, ValueType

CALLED = []

def points(arguments, key):
    CALLED.append((dict(arguments), key))
    if arguments["card"] == "stolen":
        raise ActionRefused("this card is locked")
    return {"points": 120, "internal": "x"}

def broken(arguments, key):
    raise ZeroDivisionError("customer ann@example.com")

def slow(arguments, key):
    sleep(1.0)

def odd(arguments, key):
    return ["no mapping"]

def _hidden(arguments, key):
    return {}

@dataclass
class Stamp:
    spec: ActionSpec

    def __call__(self, arguments, key):
        return {"stamped": arguments["page"]}

stamp = Stamp(ActionSpec("own", "Stamps a page", (Parameter("page"),), (Parameter("stamped"),)))
"""
POINTS = Parameter("points", ValueType.INTEGER)


def opened(operation: str, effect: Effect = Effect.READ, **spec: Any) -> Action:
    backend = plugin(Backend("club", file="club.py", definition=FILE))
    return backend.action(Definition(ActionSpec("a", effect=effect, **spec), operation))


def test_a_function_gets_arguments_and_key_and_its_declared_outputs_are_passed_on() -> None:
    action = opened("points", inputs=(Parameter("card"),), outputs=(POINTS,))
    assert action({"card": "7"}, "key-1") == {"points": 120}
    with pytest.raises(ActionRefused, match="locked"):
        action({"card": "stolen"}, "key-2")


def test_an_action_of_the_files_own_states_inputs_and_outputs() -> None:
    action = opened("stamp")
    assert action.spec.name == "a"
    assert action.spec.description == "Stamps a page"
    assert action({"page": "9"}, "key") == {"stamped": "9"}


@pytest.mark.parametrize("name", ["nothing", "_hidden", "CALLED", "Stamp"])
def test_what_is_no_function_of_the_file_is_unknown(name: str) -> None:
    with pytest.raises(UnknownOperation) as raised:
        opened(name)
    assert "points" in raised.value.known


def test_what_returns_no_mapping_or_misfits_is_not_passed_on() -> None:
    with pytest.raises(CallFailed, match="no mapping"):
        opened("odd")({}, "key")
    with pytest.raises(OutcomeUnknown, match="points is missing"):
        opened("stamp", Effect.MONEY, outputs=(POINTS,))({"page": "9"}, "key")


def test_a_function_that_does_not_return_in_time_is_not_waited_for() -> None:
    begun = time.monotonic()
    with pytest.raises(OutcomeUnknown, match=r"did not return within 0.1 s"):
        opened("slow", Effect.CHANGE, timeout_s=0.1)({}, "key")
    with pytest.raises(Transient, match="did not return"):
        opened("slow", timeout_s=0.1)({}, "key")
    assert time.monotonic() - begun < 0.9


@pytest.mark.parametrize(
    ("text", "said"),
    [("def f(:", "SyntaxError"), ("import nowhere_to_be_found", "ModuleNotFoundError")],
)
def test_a_file_that_can_not_be_run_is_said_by_name(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=rf"club.py can't be loaded: {said}"):
        plugin(Backend("club", file="club.py", definition=text))
