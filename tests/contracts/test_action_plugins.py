"""What every way to define actions keeps to. A new file in `agent/actions` needs a case here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from agent.action import (
    Action,
    ActionRefused,
    ActionSpec,
    CallFailed,
    Effect,
    NothingFound,
    OutcomeUnknown,
    Parameter,
    ValueType,
)
from agent.backends.definition import Backend, Definition
from agent.execution.catalog import plugins
from agent.identity import IdentityLevel
from kb.errors import ConfigError, Transient
from tests.agent.actions.echo import Echo

NOTE = Parameter("note")
POINTS = Parameter("points", ValueType.INTEGER)
SPEC = ActionSpec(
    "act",
    effect=Effect.CHANGE,
    identity=IdentityLevel.VERIFIED,
    confirm=True,
    undo="undo_it",
    timeout_s=0.4,
    retries=1,
)
STATED = replace(SPEC, inputs=(NOTE,), outputs=(POINTS,))
OBJECT = {"type": "object", "required": ["note"], "properties": {"note": {"type": "string"}}}
RESULT = {"type": "object", "required": ["points"], "properties": {"points": {"type": "integer"}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/act": {
            "post": {
                "operationId": "act",
                "requestBody": {"content": {"application/json": {"schema": OBJECT}}},
                "responses": {
                    "200": {"description": "", "content": {"application/json": {"schema": RESULT}}}
                },
            }
        }
    },
}
PYTHON = """
import httpx
from agent.action import ActionRefused, NothingFound, OutcomeUnknown

def act(arguments, key):
    answer = httpx.post("URL/act", json=arguments, headers={"Idempotency-Key": key})
    if answer.status_code == 404:
        raise NothingFound("it is gone")
    if answer.status_code == 409:
        raise ActionRefused(answer.json()["detail"])
    if answer.status_code == 500:
        raise OutcomeUnknown("the backend broke")
    return answer.json()
"""
Open = Callable[[ActionSpec], Action]


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as server:
        yield server


@pytest.fixture(params=sorted(plugins()))
def opened(request: pytest.FixtureRequest, echo: Echo) -> Open:
    """Opens `act` by each plug-in, as it is for an effect."""
    texts = {"openapi": json.dumps(DOCUMENT), "http": "", "python": PYTHON.replace("URL", echo.url)}
    backend = Backend("b", echo.url, "file", texts[request.param], private=True)
    where = {"method": "POST", "path": "/act"} if request.param == "http" else {}
    stated = SPEC if request.param == "openapi" else STATED

    def open_one(spec: ActionSpec) -> Action:
        found = replace(stated, effect=spec.effect)
        return plugins()[request.param](backend).action(Definition(found, "act", **where))

    return open_one


def test_the_rules_of_the_file_and_typed_inputs_and_outputs_are_in_the_spec(opened: Open) -> None:
    spec = opened(SPEC).spec
    assert replace(spec, inputs=(), outputs=()) == SPEC
    assert [(item.name, item.type) for item in spec.inputs] == [("note", ValueType.TEXT)]
    assert [(item.name, item.type) for item in spec.outputs] == [("points", ValueType.INTEGER)]


def test_arguments_and_key_reach_the_backend_and_declared_outputs_come_back(
    opened: Open, echo: Echo
) -> None:
    echo.value = {"points": 3, "internal": "x"}
    assert opened(SPEC)({"note": "hi"}, "key-1") == {"points": 3}
    assert json.loads(echo.last.body) == {"note": "hi"}
    assert {name.lower(): value for name, value in echo.last.headers.items()}[
        "idempotency-key"
    ] == "key-1"


@pytest.mark.parametrize(
    ("status", "raised"), [(404, NothingFound), (409, ActionRefused), (500, OutcomeUnknown)]
)
def test_what_the_backend_says_has_one_meaning(
    opened: Open, echo: Echo, status: int, raised: type[Exception]
) -> None:
    echo.status, echo.value = status, {"detail": "because"}
    with pytest.raises(raised):
        opened(SPEC)({"note": "hi"}, "key")


@pytest.mark.parametrize("value", [{"points": "many"}, {}, [3]])
def test_an_output_that_does_not_fit_is_not_passed_on(opened: Open, echo: Echo, value: Any) -> None:
    echo.value = value
    with pytest.raises(OutcomeUnknown):
        opened(SPEC)({"note": "hi"}, "key")
    with pytest.raises((CallFailed, Transient)):
        opened(replace(SPEC, effect=Effect.READ))({"note": "hi"}, "key")


@pytest.mark.parametrize("name", sorted(plugins()))
def test_a_definition_that_names_nothing_is_the_operators_to_mend(name: str) -> None:
    texts = {"openapi": json.dumps(DOCUMENT), "http": "", "python": "x = 1"}
    backend = Backend("b", "http://127.0.0.1:9", "file", texts[name], private=True)
    with pytest.raises(ConfigError):
        plugins()[name](backend).action(Definition(STATED, "nothing"))
