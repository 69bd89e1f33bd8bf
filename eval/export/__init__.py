"""Runs of the evaluation as files for other tools. What customers and articles said is in them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from eval.export.jsonl import write_jsonl
from eval.export.langfuse import write_langfuse
from eval.export.parquet import write_parquet
from eval.runs.store import EvaluationRecord

# Read one after the other, as often as it is iterated: a run of thousands of cases is large.
Records: TypeAlias = Iterable[EvaluationRecord]

FORMATS: dict[str, Callable[[Records, Path], Sequence[Path]]] = {
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "langfuse": write_langfuse,
}
"""Name to what writes it. Each returns the files that it wrote, and raises `OSError`."""
