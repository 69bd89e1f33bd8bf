"""What a conversation did to the backend is compared row by row with what it should have done."""

from typing import Any

import pytest

from eval.simulation.differences import compare, same

ORDERS: dict[str, Any] = {"7": {"status": "open", "total": "20.00"}, "8": {"status": "open"}}


def texts(after: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [
        item.text for item in compare({"orders": ORDERS}, {"orders": after}, {"orders": expected})
    ]


def test_a_backend_that_is_as_it_was_has_no_difference() -> None:
    assert texts(ORDERS, {}) == []


def test_a_change_that_was_expected_is_no_difference() -> None:
    after = {**ORDERS, "7": {"status": "Closed", "total": "20.00"}}

    assert texts(after, {"7": {"status": "closed"}}) == []


def test_a_change_that_nobody_expected_is_named() -> None:
    after = {**ORDERS, "7": {"status": "closed", "total": "1.00"}}

    assert texts(after, {"7": {"status": "closed"}}) == [
        "orders 7 total was '20.00' and became '1.00'"
    ]


def test_a_change_that_did_not_take_place_is_lacking() -> None:
    (found,) = compare(
        {"orders": ORDERS}, {"orders": ORDERS}, {"orders": {"7": {"status": "closed"}}}
    )

    assert found.lacking
    assert found.text == "orders 7 status is 'open', not 'closed'"


def test_new_rows_are_matched_by_the_columns_that_matter_whatever_their_id() -> None:
    after = {**ORDERS, "x1": {"status": "new", "total": "5"}, "x2": {"status": "new", "total": "6"}}

    assert texts(after, {"new 1": {"total": "6.00"}, "new 2": {"total": 5}}) == []
    assert texts(after, {"new": {"total": 5}}) == [
        "orders x2 was added: {'status': 'new', 'total': '6'}"
    ]
    assert texts(ORDERS, {"new": {"total": 5}}) == ["no new row of orders with {'total': 5}"]


def test_rows_that_go_must_be_expected_to_go() -> None:
    after = {"7": ORDERS["7"]}

    assert texts(after, {}) == ["orders 8 is gone"]
    assert texts(after, {"8": None}) == []
    assert texts(ORDERS, {"8": None}) == ["orders 8 is still there"]
    assert texts(ORDERS, {"9": {"status": "open"}}) == ["orders 9 was never there"]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("20", "20.00"),
        (20, "20.0"),
        (1, True),
        ("*", None),
        (" Damaged", "damaged"),
        ({"a": 1}, {"a": "1", "b": 2}),
    ],
)
def test_values_that_mean_the_same_are_the_same(expected: Any, found: Any) -> None:
    assert same(expected, found)


@pytest.mark.parametrize(
    ("expected", "found"),
    [("20", "21"), (None, 0), ("", None), ("a", "b"), ([1], [1, 2]), ("nan", "x")],
)
def test_values_that_differ_are_not(expected: Any, found: Any) -> None:
    assert not same(expected, found)
