"""Evaluations are kept as they were run."""

from datetime import UTC, datetime, timedelta

import pytest

from eval.runs.store import EvaluationRecord, Evaluations
from kb.errors import Permanent
from kb.store.database import Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def evaluations(database: Database) -> Evaluations:
    return Evaluations(database)


def record(name: str, release: str = "r1", hours: int = 0) -> EvaluationRecord:
    return EvaluationRecord(
        name,
        release,
        fingerprint=f"of {release}",
        created_at=NOON + timedelta(hours=hours),
        verdict={"passed": False, "failing": ["q1"], "scores": {"recall": 0.5, "judge": None}},
        cases=({"id": "q1", "recall": 0.0}, {"id": "q2", "recall": 1.0, "text": "größer"}),
    )


def test_an_evaluation_comes_back_as_it_was_added(evaluations: Evaluations) -> None:
    evaluations.add(record("e1"))
    assert evaluations.get("e1") == record("e1")
    assert evaluations.get("e2") is None


def test_an_evaluation_is_never_changed(evaluations: Evaluations) -> None:
    evaluations.add(record("e1"))
    with pytest.raises(Permanent, match="e1"):
        evaluations.add(record("e1", hours=1))
    assert evaluations.all() == [record("e1")]


def test_evaluations_are_told_newest_first(evaluations: Evaluations) -> None:
    run = [record("e1", "r1", 2), record("e2", "r2", 3), record("e3", "r1", 1)]
    for item in run:
        evaluations.add(item)
    assert [item.id for item in evaluations.all()] == ["e2", "e1", "e3"]
    assert [item.id for item in evaluations.all(limit=1)] == ["e2"]
    assert evaluations.ids() == ["e2", "e1", "e3"]
    assert [item.id for item in evaluations.of_release("r1")] == ["e1", "e3"]
    assert evaluations.of_release("r3") == []
