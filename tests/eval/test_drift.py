"""What moved between two evaluations of one release."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from eval.gate.verdict import Failing, Rule, Verdict
from eval.runs.drift import changed_models, drift
from eval.runs.store import EvaluationRecord
from kb.settings import GateSettings

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SETTINGS = GateSettings()


def row(number: int, score: float, text: str = "Within 5 days.", ms: float = 50.0) -> Any:
    return {
        "id": f"c{number}",
        "question": f"How long does refund {number} take?",
        "expected": "answer",
        "decision": "answer",
        "text": text,
        "scores": {"faithfulness": score},
        "answer_ms": ms,
    }


def record(
    rows: Sequence[Mapping[str, Any]], verdict: Verdict | None = None, **details: Any
) -> EvaluationRecord:
    found = verdict or Verdict(passed=True, cases=len(rows), drafted=False, rules=())
    return EvaluationRecord("run", "r1", "f", NOW, found.to_json(), rows, details)


def rows(*scores: float, text: str = "Within 5 days.", ms: float = 50.0) -> list[Any]:
    return [row(number, score, text, ms) for number, score in enumerate(scores)]


JUDGED: dict[str, Any] = {"judge": {"metrics": {"faithfulness": {}}}}


def test_nothing_moved_where_nothing_is_other() -> None:
    same = record(rows(1, 1, 0, 1))
    assert drift(same, same, SETTINGS) == ()


def test_a_case_or_two_within_chance_is_no_drift() -> None:
    before, after = record(rows(*[1] * 20)), record(rows(*[1] * 18, 0, 0, text="Otherwise."))
    assert drift(before, after, SETTINGS) == ()


def test_a_metric_that_fell_by_more_than_chance_names_its_cases() -> None:
    before, after = record(rows(*[1] * 20)), record(rows(*[1] * 10, *[0] * 10, text="Otherwise."))
    (moved,) = drift(before, after, SETTINGS)
    assert moved.kind == "score"
    assert "faithfulness fell from 1.000 to 0.500" in moved.text
    assert "McNemar" in moved.text
    assert moved.cases == tuple(f"c{number}" for number in range(10, 20))


def test_a_metric_that_rose_is_no_drift() -> None:
    before, after = record(rows(*[0] * 20)), record(rows(*[1] * 20, text="Otherwise."))
    assert drift(before, after, SETTINGS) == ()


@pytest.mark.parametrize(
    ("was", "now", "says"), [(1, 0, "fell from 1.000 to 0.000"), (0, 1, "the judge is milder")]
)
def test_other_verdicts_on_the_same_words_are_the_judges(was: int, now: int, says: str) -> None:
    before, after = record(rows(*[was] * 20), **JUDGED), record(rows(*[now] * 20), **JUDGED)
    (moved,) = drift(before, after, SETTINGS)
    assert moved.kind == "judge"
    assert says in moved.text
    assert len(moved.cases) == 20


def test_verdicts_on_other_words_are_not_held_against_the_judge() -> None:
    before = record(rows(*[1] * 20), **JUDGED)
    after = record(rows(*[0] * 20, text="Otherwise."), **JUDGED)
    assert [item.kind for item in drift(before, after, SETTINGS)] == []


def test_answers_that_take_seconds_longer_are_told() -> None:
    before, after = record(rows(*[1] * 9, ms=80.0)), record(rows(*[1] * 9, ms=3080.0))
    (moved,) = drift(before, after, SETTINGS)
    assert (moved.kind, moved.text) == (
        "latency",
        "the median answer took 80 ms and takes 3080 ms",
    )
    off = SETTINGS.model_copy(update={"slower_ms": 0.0})
    assert drift(before, after, off) == ()


def test_a_release_that_would_be_refused_now_says_why_and_by_which_cases() -> None:
    rule = Rule("handoff_recall", passed=False, reason="0.700 is below 0.9")
    failing = Failing("handoff_recall", "c1", "q", "handoff", "answer", "")
    refused = Verdict(passed=False, cases=1, drafted=False, rules=(rule,), failing=(failing,))
    (moved,) = drift(record(rows(1)), record(rows(1), refused), SETTINGS)
    assert moved.kind == "verdict"
    assert "handoff recall: 0.700 is below 0.9" in moved.text
    assert moved.cases == ("c1",)


def test_another_model_behind_the_same_name_is_told() -> None:
    before = record(rows(1), models={"writer": "m", "writer as reported": {"root": "v1"}})
    after = record(rows(1), models={"writer": "m", "writer as reported": {"root": "v2"}})
    (moved,) = drift(before, after, SETTINGS)
    assert moved.kind == "model"
    assert "v1" in moved.text
    assert "v2" in moved.text


def test_what_an_endpoint_did_not_tell_is_no_change() -> None:
    assert changed_models({"writer as reported": None}, {"writer as reported": {"id": "m"}}) == []
    assert changed_models({"writer as reported": {"id": "m"}}, {"writer as reported": None}) == []
    assert changed_models({}, {"judge": "m at http://x"}) == []


def test_a_judge_that_came_or_went_is_one() -> None:
    assert changed_models({"judge": None}, {"judge": "m"}) == ["the judge was none and is m"]
    assert changed_models({"judge": "m"}, {"judge": None}) == ["the judge was m and is none"]
