"""Documents in the styles that are found in the world, read and called."""

import json
import re
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
from agent.actions.openapi import plugin
from agent.backends.definition import Backend, Definition, UnknownOperation
from kb.errors import ConfigError
from tests.agent.actions.echo import Echo

JSON = "application/json"


def document(operation: dict[str, Any], method: str = "post", **more: Any) -> dict[str, Any]:
    """Of one operation `act` at `/things/{id}`, or at the `path` given."""
    path = more.pop("path", "/things")
    whole = {"operationId": "act", "responses": {"200": {"description": "done"}}, **operation}
    item = {method: whole, **more.pop("item", {})}
    return {"openapi": "3.1.0", "info": {}, "paths": {path: item}, **more}


def opened(
    found: dict[str, Any] | str, echo: Echo, effect: Effect = Effect.READ, **spec: Any
) -> Action:
    text = found if isinstance(found, str) else json.dumps(found)
    backend = Backend("shop", echo.url, "openapi.json", text, private=True)
    return plugin(backend).action(Definition(ActionSpec("act", effect=effect, **spec)))


def takes(schema: dict[str, Any], kind: str = JSON, **more: Any) -> dict[str, Any]:
    return {"requestBody": {"content": {kind: {"schema": schema}}, **more}}


def gives(schema: dict[str, Any], status: str = "200") -> dict[str, Any]:
    return {"responses": {status: {"description": "", "content": {JSON: {"schema": schema}}}}}


def types(parameters: tuple[Parameter, ...]) -> dict[str, ValueType]:
    return {item.name: item.type for item in parameters}


def test_inputs_come_from_path_query_header_and_body(echo: Echo) -> None:
    operation = {
        "parameters": [
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            {"name": "X-Store-Id", "in": "header", "required": True, "schema": {"type": "string"}},
            {"name": "Authorization", "in": "header", "schema": {"type": "string"}},
            {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {}},
        ],
        **takes(
            {"type": "object", "required": ["note"], "properties": {"note": {"type": "string"}}}
        ),
    }
    shared = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}]}
    action = opened(document(operation, path="/things/{id}", item=shared), echo)
    required = {item.name: item.required for item in action.spec.inputs}
    assert required == {"id": True, "limit": False, "x_store_id": True, "note": True}
    action({"id": "a/../b c", "limit": 3, "x_store_id": "s1", "note": "hi"}, "key-1")
    assert echo.last.path == "/things/a%2F..%2Fb%20c?limit=3"
    assert echo.last.headers["X-Store-Id"] == "s1"
    assert echo.last.headers["Idempotency-Key"] == "key-1"
    assert json.loads(echo.last.body) == {"note": "hi"}


@pytest.mark.parametrize("name", ["..", ".", ""])
def test_a_value_in_the_path_never_leads_elsewhere(echo: Echo, name: str) -> None:
    operation = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}]}
    action = opened(document(operation, "get", path="/things/{id}"), echo)
    with pytest.raises(ActionRefused):
        action({"id": name}, "key")
    assert echo.asked == []


def test_a_header_can_not_be_broken_into_two(echo: Echo) -> None:
    operation = {"parameters": [{"name": "X-Who", "in": "header", "schema": {"type": "string"}}]}
    with pytest.raises(ActionRefused, match="line breaks"):
        opened(document(operation), echo)({"x_who": "me\r\nX-Admin: yes"}, "key")


def test_types_follow_references_and_parts_put_together(echo: Echo) -> None:
    schemas = {
        "Base": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}, "at": {"type": "string", "format": "date"}},
        },
        "Item": {"type": "object", "properties": {"name": {"type": "string"}}},
        "Order": {
            "allOf": [
                {"$ref": "#/components/schemas/Base"},
                {
                    "required": ["total"],
                    "properties": {
                        "total": {"type": "string", "format": "decimal"},
                        "status": {"$ref": "#/components/schemas/Status"},
                        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
                        "parent": {"$ref": "#/components/schemas/Order"},
                        "open": {"type": "boolean"},
                        "count": {"type": "integer"},
                        "owner": {"type": "string", "format": "email"},
                    },
                },
            ]
        },
        "Status": {"type": "string", "enum": ["placed", "sent"]},
    }
    operation = gives({"$ref": "#/components/schemas/Order"})
    action = opened(document(operation, components={"schemas": schemas}), echo)
    assert types(action.spec.outputs) == {
        "id": ValueType.TEXT,
        "at": ValueType.DATE,
        "total": ValueType.MONEY,
        "status": ValueType.CHOICE,
        "items": ValueType.LIST,
        "parent": ValueType.OBJECT,
        "open": ValueType.BOOLEAN,
        "count": ValueType.INTEGER,
        "owner": ValueType.EMAIL,
    }
    assert [item.name for item in action.spec.outputs if item.required] == ["id", "total"]
    items = next(item for item in action.spec.outputs if item.name == "items")
    assert types(items.fields) == {"name": ValueType.TEXT}
    echo.value = {"id": "1", "total": "5.00", "items": [{"name": "lamp", "cost": 3}], "inner": 1}
    assert action({}, "key") == {"id": "1", "total": "5.00", "items": [{"name": "lamp"}]}


NULLABLE = [
    ("3.0.3", {"type": "string", "nullable": True}),
    ("3.0.3", {"allOf": [{"type": "string"}], "nullable": True}),
    ("3.0.3", {"type": "string", "enum": ["a", "b"], "nullable": True}),
    ("3.1.0", {"type": ["string", "null"]}),
    ("3.1.0", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ("3.1.0", {"oneOf": [{"type": "null"}, {"type": "string", "enum": ["a", "b"]}]}),
]


@pytest.mark.parametrize(("version", "schema"), NULLABLE)
def test_what_may_be_null_is_what_it_is_otherwise(
    echo: Echo, version: str, schema: dict[str, Any]
) -> None:
    whole = {"type": "object", "required": ["note"], "properties": {"note": schema}}
    action = opened({**document(gives(whole)), "openapi": version}, echo)
    assert types(action.spec.outputs)["note"] in (ValueType.TEXT, ValueType.CHOICE)
    for value in (None, "a"):
        echo.value = {"note": value}
        assert action({}, "key") == {"note": value}
    echo.value = {"note": 5}
    with pytest.raises(CallFailed, match=r"note breaks"):
        action({}, "key")


def test_an_open_bound_of_3_0_is_kept(echo: Echo) -> None:
    number = {"type": "number", "minimum": 0, "exclusiveMinimum": True}
    operation = takes({"type": "object", "properties": {"amount": number}})
    action = opened({**document(operation), "openapi": "3.0.0"}, echo)
    action({"amount": 0.5}, "key")
    with pytest.raises(ActionRefused, match="amount breaks 'exclusiveMinimum'"):
        action({"amount": 0}, "key")


def test_one_of_several_bodies_has_the_fields_of_all_and_must_be_one(echo: Echo) -> None:
    card = {"type": "object", "required": ["card"], "properties": {"card": {"type": "string"}}}
    bank = {"type": "object", "required": ["iban"], "properties": {"iban": {"type": "string"}}}
    action = opened(document(takes({"oneOf": [card, bank]})), echo)
    assert {item.name: item.required for item in action.spec.inputs} == {
        "card": False,
        "iban": False,
    }
    action({"iban": "x"}, "key")
    with pytest.raises(ActionRefused):
        action({}, "key")


def test_a_property_with_one_value_is_sent_and_not_asked_for(echo: Echo) -> None:
    schema = {
        "type": "object",
        "required": ["kind", "id", "note"],
        "properties": {
            "kind": {"const": "refund"},
            "id": {"type": "string", "readOnly": True},
            "note": {"type": "string"},
        },
    }
    action = opened(document(takes(schema)), echo)
    assert [item.name for item in action.spec.inputs] == ["note"]
    action({"note": "hi"}, "key")
    assert json.loads(echo.last.body) == {"kind": "refund", "note": "hi"}


@pytest.mark.parametrize(
    ("schema", "given", "sent"),
    [
        ({"type": "number"}, "59.00", 59),
        ({"type": "number"}, "59.50", 59.5),
        ({"type": "string"}, 59, "59"),
        ({"type": "string", "format": "decimal"}, 59.5, "59.5"),
        ({"type": "integer"}, "3", 3),
        ({"type": "boolean"}, True, True),
    ],
)
def test_a_number_is_sent_as_the_document_writes_it(
    echo: Echo, schema: dict[str, Any], given: Any, sent: Any
) -> None:
    action = opened(document(takes({"type": "object", "properties": {"x": schema}})), echo)
    action({"x": given}, "key")
    assert json.loads(echo.last.body) == {"x": sent}


def test_a_form_is_sent_as_a_form(echo: Echo) -> None:
    schema = {"type": "object", "properties": {"note": {"type": "string"}}}
    opened(document(takes(schema, "application/x-www-form-urlencoded")), echo)({"note": "a b"}, "k")
    assert echo.last.body == "note=a+b"


def test_lists_and_single_values_have_names(echo: Echo) -> None:
    listed = opened(document(gives({"type": "array", "items": {"type": "string"}})), echo)
    echo.value = ["a", "b"]
    assert listed({}, "key") == {"items": ["a", "b"]}
    single = opened(document(gives({"type": "integer"})), echo)
    echo.value = 7
    assert single({}, "key") == {"value": 7}


def test_an_answer_without_content_gives_nothing(echo: Echo) -> None:
    action = opened(document({"responses": {"204": {"description": "gone"}}}, "delete"), echo)
    echo.status = 204
    assert action({}, "key") == {}


def test_an_empty_text_is_an_answer(echo: Echo) -> None:
    schema = {"type": "object", "required": ["note"], "properties": {"note": {"type": "string"}}}
    echo.value = {"note": ""}
    assert opened(document(gives(schema)), echo)({}, "key") == {"note": ""}


@pytest.mark.parametrize(
    ("effect", "raised"), [(Effect.READ, CallFailed), (Effect.MONEY, OutcomeUnknown)]
)
@pytest.mark.parametrize(
    "answer", [{"id": 7}, {}, [], "no", None, {"id": "1", "at": "yesterday", "total": "5"}]
)
def test_an_answer_that_does_not_fit_is_not_passed_on(
    echo: Echo, answer: Any, effect: Effect, raised: type[Exception]
) -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "at": {"type": "string", "format": "date"}},
    }
    echo.value = answer
    with pytest.raises(raised, match="does not fit its document"):
        opened(document(gives(schema)), echo, effect)({}, "key")


def test_a_status_that_the_document_does_not_name_is_no_success(echo: Echo) -> None:
    echo.status, echo.value = 202, {"queued": True}
    action = opened(document(gives({"type": "object"}, "201")), echo, Effect.MONEY)
    with pytest.raises(OutcomeUnknown, match="names no answer 202"):
        action({}, "key")


def test_a_document_may_be_yaml(echo: Echo) -> None:
    text = """
openapi: 3.0.1
paths:
  /things:
    get:
      operationId: act
      responses:
        200:
          description: it
          content:
            application/json; charset=utf-8:
              schema: {$ref: '#/components/schemas/Thing'}
components:
  schemas:
    Thing:
      type: object
      properties:
        made: {type: string, format: date-time, example: 2026-05-04T09:30:00Z}
"""
    action = opened(text, echo)
    assert types(action.spec.outputs) == {"made": ValueType.DATE}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"swagger": "2.0"}', r"is Swagger 2.0; 3.0 and 3.1 are read"),
        ('{"openapi": "4.0.0"}', "is OpenAPI 4.0.0"),
        ("[]", "is not an OpenAPI document"),
        ("{nothing: [", "neither JSON nor YAML"),
        ('{"openapi": "3.1.0", "paths": {"/a": {"get": 5}, "/b": 7}}', "no operation 'act'"),
        ('{"openapi": "3.1.0", "paths": 5}', "not well formed"),
    ],
)
def test_what_is_no_such_document_is_said(echo: Echo, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        opened(text, echo)


def test_a_reference_that_leads_nowhere_or_elsewhere_is_said(echo: Echo) -> None:
    for target, said in [
        ("#/components/schemas/None", "leads nowhere"),
        ("other.json#/Thing", "bundle the document into one"),
        ("#/components/schemas/Round", "round in circles"),
    ]:
        round_ = {"schemas": {"Round": {"$ref": "#/components/schemas/Round"}}}
        with pytest.raises(ConfigError, match=said):
            opened(document(gives({"$ref": target}), components=round_), echo)


def test_an_unknown_operation_knows_the_others(echo: Echo) -> None:
    backend = Backend("shop", echo.url, "openapi.json", json.dumps(document({})), private=True)
    with pytest.raises(UnknownOperation) as raised:
        plugin(backend).action(Definition(ActionSpec("x"), operation="acts"))
    assert raised.value.known == ("act",)


def test_the_documents_server_serves_where_the_file_names_none(echo: Echo) -> None:
    found = document({}, "get", servers=[{"url": f"{echo.url}/v2"}])
    backend = Backend("shop", "", "openapi.json", json.dumps(found), private=True)
    plugin(backend).action(Definition(ActionSpec("act")))({}, "key")
    assert echo.last.path == "/v2/things"


def test_patterns_mean_what_json_schema_means_by_them(echo: Echo) -> None:
    for pattern, fits in [("LH", "xLHx"), (r"^LH-\d$", "LH-1"), ("^a|b$", "ac")]:
        schema = {"type": "object", "properties": {"x": {"type": "string", "pattern": pattern}}}
        (parameter,) = opened(document(takes(schema)), echo).spec.inputs
        assert re.fullmatch(parameter.pattern, fits)
