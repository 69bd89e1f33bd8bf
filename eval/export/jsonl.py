"""Cases as JSON, one a line, as they are kept."""

import json
from collections.abc import Iterable
from pathlib import Path

from eval.export.columns import run_columns
from eval.runs.store import EvaluationRecord


def write_jsonl(records: Iterable[EvaluationRecord], file: Path) -> list[Path]:
    """Every case of every run, in their order, with columns that name the run."""
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for record in records:
            run = run_columns(record)
            run["run_at"] = record.created_at.isoformat()
            for row in record.cases:
                lines.write(json.dumps({**run, **row}, ensure_ascii=False) + "\n")
    return [file]
