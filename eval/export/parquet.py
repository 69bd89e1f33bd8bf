"""Cases as a Parquet table: one row a case, flat columns of fixed types."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.export.columns import run_columns
from eval.gate.comparison import Row
from eval.runs.store import EvaluationRecord

_SCORE = "score_"
_RUN = {
    "run": "text",
    "release": "text",
    "fingerprint": "text",
    "run_at": "time",
    "run_passed": "flag",
    "trigger": "text",
}
_CASE = {
    "id": "text",
    "question": "text",
    "earlier": "texts",
    "expected": "text",
    "decision": "text",
    "text": "text",
    "error": "text",
    "reference": "text",
    "decided": "text",
    "confidence": "number",
    "handoff": "text",
    "tags": "texts",
    "articles": "texts",
    "not_articles": "texts",
    "owners": "texts",
    "locales": "texts",
    "says": "texts",
    "never_says": "texts",
    "weight": "number",
    "must_pass": "flag",
    "drafted": "flag",
    "source": "text",
    "retrieved": "texts",
    "struck": "texts",
    "end_state_differences": "texts",
    "answer_ms": "number",
    "cost": "number",
    "tokens": "count",
    "reused": "flag",
}
_ASKER = {
    "audience": "texts",
    "plan": "text",
    "locale": "text",
    "identity": "text",
    "customer_id": "text",
}
_CITED = {"cited_articles": "article", "cited_quotes": "quote"}
# What has no flat form is JSON.
_JSON = (
    "conversation",
    "calls",
    "expected_calls",
    "end_state",
    "reasons",
    "failures",
    "measured",
    "models",
)


def write_parquet(records: Iterable[EvaluationRecord], file: Path) -> list[Path]:
    """Every case of every run. Scores are columns `score_<metric>`, null where a metric does not
    apply or could not be computed (`failures` tells); a metric that only some runs have is null
    in the others. Without a case it is a table without rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    metrics = sorted({name for it in records for row in it.cases for name in row["scores"]})
    schema = pa.schema([(name, _type(kind)) for name, kind in _columns(metrics).items()])
    with pq.ParquetWriter(file, schema, compression="zstd") as table:
        for record in records:
            rows = [_flat(run_columns(record), row, metrics) for row in record.cases]
            if rows:
                table.write_table(pa.Table.from_pylist(rows, schema))
    return [file]


def _columns(metrics: Iterable[str]) -> dict[str, str]:
    """Name to kind, in order."""
    return {
        **_RUN,
        **_CASE,
        **_ASKER,
        **dict.fromkeys(_CITED, "texts"),
        **dict.fromkeys(_JSON, "text"),
        **{f"{_SCORE}{name}": "number" for name in metrics},
    }


def _type(kind: str) -> Any:
    import pyarrow as pa

    types: dict[str, Callable[[], Any]] = {
        "text": pa.string,
        "texts": lambda: pa.list_(pa.string()),
        "number": pa.float64,
        "count": pa.int64,
        "flag": pa.bool_,
        "time": lambda: pa.timestamp("us", tz="UTC"),
    }
    return types[kind]()


def _flat(run: Mapping[str, Any], row: Row, metrics: Iterable[str]) -> dict[str, Any]:
    asker = row.get("who") or {}
    evidence = row.get("evidence") or ()
    return {
        **run,
        **{name: _plain(row.get(name), kind) for name, kind in _CASE.items()},
        **{name: _plain(asker.get(name), kind) for name, kind in _ASKER.items()},
        **{name: [item[key] for item in evidence] for name, key in _CITED.items()},
        **{name: _json(row.get(name)) for name in _JSON},
        **{f"{_SCORE}{name}": _number(row["scores"].get(name)) for name in metrics},
    }


def _plain(value: Any, kind: str) -> Any:
    return _number(value) if kind == "number" else value


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
