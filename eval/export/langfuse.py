"""Runs as what Langfuse's ingestion API takes: `POST /api/public/ingestion`.

A case is a trace in the session of its run, with an observation of the turn (a generation for each
language model, a span without one) and a score for each metric that has one. Every id is made
from the ids of the run and the case, so that a second import changes nothing and doubles nothing.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from eval.gate.comparison import Row
from eval.runs.store import EvaluationRecord

# The API refuses bodies of more than 3.5 MB; there is an envelope around the events.
_LARGEST_BYTES = 3_000_000
_ENVIRONMENT = "evaluation"
_TOLD = (
    "expected", "decision", "decided", "error", "confidence", "handoff", "articles", "owners",
    "reference", "retrieved", "evidence", "struck", "calls", "end_state_differences", "failures",
    "weight", "must_pass", "reused",
)  # fmt: skip


def write_langfuse(records: Iterable[EvaluationRecord], file: Path) -> list[Path]:
    """One request body a file. What is too large for one goes on in `NAME-2.json` and so on, each
    of less than 3.5 MB, to be sent in any order."""
    files = []
    for number, batch in enumerate(_batches(records), start=1):
        path = file if number == 1 else file.with_name(f"{file.stem}-{number}{file.suffix}")
        body = {"batch": batch, "metadata": {"source": "wellkept"}}
        path.write_text(json.dumps(body, ensure_ascii=False) + "\n", encoding="utf-8")
        files.append(path)
    return files


def events(record: EvaluationRecord) -> Iterator[dict[str, Any]]:
    """Of every case: its trace, its observations, its scores."""
    for row in record.cases:
        trace = _id(record.id, row["id"], "trace")
        yield _event(record, "trace-create", _trace(record, row, trace))
        yield from _observations(record, row, trace)
        yield from _scores(record, row, trace)


def _batches(records: Iterable[EvaluationRecord]) -> Iterator[list[dict[str, Any]]]:
    """At least one, however little there is."""
    batch: list[dict[str, Any]] = []
    size = 0
    for record in records:
        for event in events(record):
            length = len(json.dumps(event, ensure_ascii=False).encode()) + 2
            if batch and size + length > _LARGEST_BYTES:
                yield batch
                batch, size = [], 0
            batch.append(event)
            size += length
    yield batch


def _event(record: EvaluationRecord, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": _id(kind, body["id"]),
        "timestamp": _iso(record.created_at),
        "type": kind,
        "body": {**body, "environment": _ENVIRONMENT},
    }


def _trace(record: EvaluationRecord, row: Row, trace: str) -> dict[str, Any]:
    asker = row.get("who") or {}
    found = {
        "id": trace,
        "timestamp": _iso(record.created_at),
        "name": row["id"],
        "sessionId": record.id,
        "release": record.release_id,
        "input": _input(row),
        "output": row["text"],
        "tags": list(row["tags"]),
        "metadata": {"run": record.id, **_metadata(row), "who": asker},
    }
    return {**found, "userId": asker["customer_id"]} if asker.get("customer_id") else found


def _metadata(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _TOLD if row.get(name) not in (None, "", [], {})}


def _input(row: Row) -> Any:
    """The question, or every message of the customer."""
    return [*row["earlier"], row["question"]] if row.get("earlier") else row["question"]


def _observations(record: EvaluationRecord, row: Row, trace: str) -> Iterator[dict[str, Any]]:
    began = record.created_at
    shared = {
        "traceId": trace,
        "startTime": _iso(began),
        "endTime": _iso(began + timedelta(milliseconds=row.get("answer_ms") or 0.0)),
        "input": _input(row),
        "output": row["text"],
        "level": "ERROR" if row.get("error") else "DEFAULT",
        "statusMessage": row.get("error") or None,
    }
    models = row.get("models") or {}
    if not models:
        body = {"id": _id(trace, "turn"), "name": "turn", **shared}
        yield _event(record, "span-create", body)
    for model, (read, written) in models.items():
        usage = {"input": read, "output": written, "total": read + written}
        body = {"id": _id(trace, "turn", model), "name": "turn", "model": model, **shared}
        body["usageDetails"] = usage
        if len(models) == 1 and row.get("cost"):
            body["costDetails"] = {"total": row["cost"]}
        yield _event(record, "generation-create", body)


def _scores(record: EvaluationRecord, row: Row, trace: str) -> Iterator[dict[str, Any]]:
    reasons = row.get("reasons") or {}
    for metric, value in row["scores"].items():
        if value is None:
            continue
        body = {
            "id": _id(trace, "score", metric),
            "traceId": trace,
            "name": metric,
            "value": float(value),
            "dataType": "NUMERIC",
        }
        if reasons.get(metric):
            body["comment"] = reasons[metric]
        yield _event(record, "score-create", body)


def _id(*parts: str) -> str:
    """The same for the same parts, whenever and wherever it is made."""
    return str(uuid5(NAMESPACE_URL, json.dumps(["wellkept", *parts])))


def _iso(time: datetime) -> str:
    """With milliseconds and Z, as Langfuse's own clients write it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"
