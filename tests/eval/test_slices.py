"""Scores by slice."""

from typing import Any

from eval.gate.slices import in_slice, slice_of, slices


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


def test_owners_and_languages_are_slices_too() -> None:
    owned = [{**row, "owners": ["ann"], "locales": ["de", "en"]} for row in ROWS[:2]]
    found = {(it.dimension, it.name): it.n for it in slices(owned, "grounding")}
    assert found["owner", "ann"] == found["language", "de"] == found["language", "en"] == 2


def test_a_part_is_named_by_what_cases_share_and_articles_by_a_pattern_too() -> None:
    found = row("answer", 1.0, ["refund*"], ["billing/plans.md"])
    parts = ("decision:answer", "tag:refund*", "article:billing/plans.md", "article:billing/*")
    assert all(in_slice(found, part) for part in parts)
    assert not any(in_slice(found, part) for part in ("tag:refunds", "article:app/*", "owner:ann"))


def test_a_part_without_a_score_is_no_slice() -> None:
    assert slice_of(ROWS[3:], "tag:billing", "grounding") is None
    found = slice_of(ROWS[:2], "tag:billing", "grounding")
    assert found is not None
    assert (found.dimension, found.name, found.n, found.score) == ("tag", "billing", 2, 0.5)
