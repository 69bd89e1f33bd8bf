"""Cases of an evaluation for a person to label."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, TypeAlias

from agent.types import Decision

_Row: TypeAlias = Mapping[str, Any]
_SEED = 20_261_123


def draw(rows: Sequence[_Row], count: int) -> list[dict[str, Any]]:
    """At most `count` lines as `read_labels` wants them but for the `label`, which is null: by
    turns of the metrics that most depend on the judge's reading. Drawn at random, the same on
    every run."""
    answered = [row for row in rows if row["decision"] == Decision.ANSWER and row["text"]]
    Random(_SEED).shuffle(answered)
    queues = {metric: [line(row) for row in answered if fits(row)] for metric, fits, line in _KINDS}
    lines: list[dict[str, Any]] = []
    for place in range(len(answered)):
        for metric, found in queues.items():
            if place < len(found):
                lines.append({"metric": metric, **found[place], "label": None})
    return lines[:count]


def _has_evidence(row: _Row) -> bool:
    return bool(row["evidence"])


def _has_reference(row: _Row) -> bool:
    return bool(row["reference"])


def _beside_quotes(row: _Row) -> Mapping[str, Any]:
    return {**_asked(row), "contexts": [item["quote"] for item in row["evidence"]]}


def _beside_reference(row: _Row) -> Mapping[str, Any]:
    return {**_asked(row), "reference": row["reference"]}


def _asked(row: _Row) -> Mapping[str, Any]:
    return {"id": row["id"], "question": row["question"], "answer": row["text"]}


_KINDS: Sequence[tuple[str, Callable[[_Row], bool], Callable[[_Row], Mapping[str, Any]]]] = (
    ("faithfulness", _has_evidence, _beside_quotes),
    ("factual_correctness", _has_reference, _beside_reference),
)
