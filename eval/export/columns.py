"""What is told of a run beside each of its cases."""

from typing import Any

from eval.runs.store import EvaluationRecord


def run_columns(record: EvaluationRecord) -> dict[str, Any]:
    """The same for every case of the run; `run_at` is a datetime."""
    return {
        "run": record.id,
        "release": record.release_id,
        "fingerprint": record.fingerprint,
        "run_at": record.created_at,
        "run_passed": record.verdict.get("passed") is True,
        "trigger": str(record.details.get("trigger") or ""),
    }
