"""The scores of ragas' own metrics that need no judge, computed without ragas."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval.scoring.evaluation import CaseResult
from kb.ports import Vector

Vectors = Mapping[str, Vector]


def _recall(result: CaseResult, _vectors: Vectors) -> float:
    wanted = set(result.case.articles)
    return len(wanted & set(_retrieved(result))) / len(wanted)


def _precision(result: CaseResult, _vectors: Vectors) -> float:
    found = set(_retrieved(result))
    return len(found & set(result.case.articles)) / len(found)


def _similarity(result: CaseResult, vectors: Vectors) -> float:
    said = result.turn.text if result.turn else ""
    one, other = vectors[said], vectors[result.case.reference]
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def _retrieved(result: CaseResult) -> Sequence[str]:
    return result.turn.retrieved if result.turn else ()


PLAIN: Mapping[str, Callable[[CaseResult, Vectors], float]] = {
    "context_recall": _recall,
    "id_context_precision": _precision,
    "answer_similarity": _similarity,
}
"""By metric. Tool calls are left out: ragas compares a handful of them."""
