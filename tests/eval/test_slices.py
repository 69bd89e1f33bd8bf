"""Scores by slice."""

from typing import Any

from eval.slices import slices


def row(expected: str, score: float | None, tags: list[str], articles: list[str]) -> dict[str, Any]:
    return {
        "expected": expected,
        "tags": tags,
        "articles": articles,
        "scores": {"grounding": score},
    }


ROWS = [
    row("answer", 1.0, ["billing", "refund"], ["a.md"]),
    row("answer", 0.0, ["billing"], ["a.md", "b.md"]),
    row("handoff", 1.0, [], []),
    row("handoff", None, ["billing"], []),
]


def test_slices_come_by_dimension_lowest_first() -> None:
    found = [(it.dimension, it.name, it.n, it.score) for it in slices(ROWS, "grounding")]
    assert found == [
        ("decision", "answer", 2, 0.5),
        ("decision", "handoff", 1, 1.0),
        ("tag", "billing", 2, 0.5),
        ("tag", "refund", 1, 1.0),
        ("article", "b.md", 1, 0.0),
        ("article", "a.md", 2, 0.5),
    ]


def test_small_slices_can_be_left_out() -> None:
    assert {it.name for it in slices(ROWS, "grounding", least=2)} == {"answer", "billing", "a.md"}


def test_every_slice_has_an_interval_around_its_score() -> None:
    for item in slices(ROWS, "grounding"):
        low, high = item.interval
        assert 0 <= low <= item.score <= high <= 1


def test_a_metric_without_scores_has_no_slices() -> None:
    assert slices(ROWS, "faithfulness") == []
