"""Runs as files for other tools."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eval.export import FORMATS
from tests.eval.rows import NOON, record, row

RUNS = [
    record("a" * 32, [row("g1"), row("g2", 0.0, error="boom")], "r1", trigger="release"),
    record(
        "b" * 32,
        [
            row(
                "g1",
                scores={"decision_accuracy": 1.0, "faithfulness": None},
                failures={"faithfulness": "the judge timed out"},
                reasons={"decision_accuracy": "as it should be"},
                models={"small": [120, 30]},
                tokens=150,
                cost=0.002,
                earlier=["Hi"],
                who={"identity": "verified", "customer_id": "c-7", "audience": ["staff"]},
            )
        ],
        "r2",
    ),
]
_ID = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
_OBSERVATION = {
    "required": ["id", "traceId", "name", "startTime", "endTime", "environment"],
    "properties": {
        "id": _ID,
        "traceId": _ID,
        "startTime": _TIME,
        "endTime": _TIME,
        "level": {"enum": ["DEBUG", "DEFAULT", "WARNING", "ERROR"]},
        "usageDetails": {"additionalProperties": {"type": "integer"}},
        "costDetails": {"additionalProperties": {"type": "number"}},
    },
}
_BODIES = {
    "trace-create": {
        "required": ["id", "timestamp", "name", "input", "sessionId", "release", "environment"],
        "properties": {
            "id": _ID,
            "timestamp": _TIME,
            "tags": {"type": "array", "items": {"type": "string"}},
            "userId": {"type": "string"},
        },
    },
    "span-create": _OBSERVATION,
    "generation-create": {"required": ["model", *_OBSERVATION["required"]]},
    "score-create": {
        "required": ["id", "traceId", "name", "value", "dataType"],
        "properties": {
            "value": {"type": "number"},
            "dataType": {"const": "NUMERIC"},
            "comment": {"type": "string"},
        },
    },
}
INGESTION = {
    "type": "object",
    "required": ["batch"],
    "properties": {
        "batch": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "timestamp", "type", "body"],
                "properties": {"id": _ID, "timestamp": _TIME, "type": {"enum": list(_BODIES)}},
                "allOf": [
                    {
                        "if": {"properties": {"type": {"const": kind}}},
                        "then": {"properties": {"body": body}},
                    }
                    for kind, body in _BODIES.items()
                ],
            },
        }
    },
}


def langfuse(folder: Path, runs: list[Any]) -> list[dict[str, Any]]:
    files = FORMATS["langfuse"](runs, folder / "out.json")
    bodies = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    for body in bodies:
        jsonschema.validate(body, INGESTION)
    return [event for body in bodies for event in body["batch"]]


def test_a_line_is_a_case_with_its_run(tmp_path: Path) -> None:
    FORMATS["jsonl"](RUNS, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(it["run"][0], it["release"], it["id"]) for it in rows] == [
        ("a", "r1", "g1"),
        ("a", "r1", "g2"),
        ("b", "r2", "g1"),
    ]
    assert rows[0]["run_at"] == NOON.isoformat()
    assert rows[1]["scores"] == {"decision_accuracy": 0.0, "grounding": None}


def test_a_parquet_row_is_a_case_with_scores_as_columns(tmp_path: Path) -> None:
    FORMATS["parquet"](RUNS, tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table["score_decision_accuracy"].to_pylist() == [1.0, 0.0, 1.0]
    assert table["score_faithfulness"].to_pylist() == [None, None, None]
    assert table["run_at"].to_pylist() == [NOON] * 3
    assert table["cited_quotes"].to_pylist()[0] == ["Within 30 days."]
    assert json.loads(table["failures"].to_pylist()[2]) == {"faithfulness": "the judge timed out"}


def test_the_types_of_a_parquet_file_do_not_depend_on_what_is_in_it(tmp_path: Path) -> None:
    schemas = []
    for number, runs in enumerate(([RUNS[0]], [record("c", [row("g1", None, owners=[])])], [])):
        FORMATS["parquet"](runs, tmp_path / f"{number}.parquet")
        schemas.append(pq.read_schema(tmp_path / f"{number}.parquet"))
    full, empty, none = schemas
    assert full.equals(empty)
    assert full.field("tags").type == pa.list_(pa.string())
    assert [name for name in full.names if name not in none.names] == [
        "score_decision_accuracy",
        "score_grounding",
    ]


def test_langfuse_gets_a_trace_an_observation_and_scores_for_each_case(tmp_path: Path) -> None:
    events = langfuse(tmp_path, RUNS)
    kinds = [event["type"] for event in events]
    assert kinds.count("trace-create") == 3
    assert (kinds.count("span-create"), kinds.count("generation-create")) == (2, 1)
    traces = {event["body"]["id"] for event in events if event["type"] == "trace-create"}
    children = [event["body"] for event in events if event["type"] != "trace-create"]
    assert {body["traceId"] for body in children} == traces
    asked = next(event["body"] for event in events if event["body"].get("userId"))
    assert (asked["userId"], asked["input"]) == ("c-7", ["Hi", "How long is window g1?"])
    written = next(event["body"] for event in events if event["type"] == "generation-create")
    assert written["usageDetails"] == {"input": 120, "output": 30, "total": 150}
    assert written["costDetails"] == {"total": 0.002}


def test_a_metric_without_a_value_is_no_score(tmp_path: Path) -> None:
    events = langfuse(tmp_path, [RUNS[1]])
    scores = [event["body"] for event in events if event["type"] == "score-create"]
    assert [(body["name"], body["value"], body["comment"]) for body in scores] == [
        ("decision_accuracy", 1.0, "as it should be")
    ]


def test_a_second_import_has_the_same_ids(tmp_path: Path) -> None:
    first, second = langfuse(tmp_path, RUNS), langfuse(tmp_path, RUNS)
    assert first == second
    ids = [event["id"] for event in first]
    assert len(set(ids)) == len(ids)


def test_no_body_is_larger_than_langfuse_takes(tmp_path: Path) -> None:
    long = record("d", [row(f"g{number}", text="long " * 40_000) for number in range(12)])
    files = FORMATS["langfuse"]([long], tmp_path / "out.json")
    assert [file.name for file in files[:2]] == ["out.json", "out-2.json"]
    assert all(file.stat().st_size < 3_500_000 for file in files)
    assert len(langfuse(tmp_path, [long])) == 12 * 4


@pytest.mark.parametrize("form", list(FORMATS))
def test_without_runs_there_is_an_empty_file(tmp_path: Path, form: str) -> None:
    (file,) = FORMATS[form]([], tmp_path / "out")
    assert file.exists()
