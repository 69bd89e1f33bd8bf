"""ragas' tool call accuracy over what changed on a backend."""

import asyncio
from typing import Any

import pytest

from agent.types import Attempt
from eval.golden.case import ExpectedCall
from eval.metrics.tool_call_accuracy import plugin
from eval.scoring.metric import Models


def score(done: list[tuple[str, dict[str, str]]], due: list[tuple[str, dict[str, Any]]]) -> float:
    made = [Attempt(action, arguments, "done", "") for action, arguments in done]
    wanted = [ExpectedCall(*item) for item in due]
    scorer: Any = plugin.build(Models(None))
    return float(asyncio.run(scorer.ascore(changed=made, expected_calls=wanted)).value)


@pytest.mark.parametrize(
    ("done", "due", "value"),
    [
        ([], [], 1.0),
        ([("refund", {"amount": "$12.00"})], [("refund", {"amount": 12})], 0.0),
        ([("refund", {"amount": "12.00"})], [("refund", {"amount": 12})], 1.0),
        ([("refund", {"amount": "12", "to": "card"})], [("refund", {})], 1.0),
        (
            [("refund", {"amount": "12", "to": "bank"})],
            [("refund", {"amount": 12, "to": "card"})],
            0.5,
        ),
        ([("refund", {}), ("cancel", {})], [("cancel", {}), ("refund", {})], 0.0),
        ([("refund", {}), ("refund", {})], [("refund", {})], 0.0),
        ([], [("refund", {})], 0.0),
    ],
    ids=["nothing", "another form", "a number", "any", "half", "order", "twice", "missing"],
)
def test_it_is_the_share_of_the_arguments_that_were_right(
    done: list[tuple[str, dict[str, str]]], due: list[tuple[str, dict[str, Any]]], value: float
) -> None:
    assert score(done, due) == value
