"""What language models read and write."""

from dataclasses import replace
from math import inf

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Spent, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right
from eval.scoring.evaluation import CaseResult
from eval.scoring.metric import Metric, Models


class Tokens(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of all turns of a conversation; 0 without a model."""

    def __init__(self) -> None:
        super().__init__(name="tokens", allowed_values=(0.0, inf))

    async def ascore(self, tokens: int) -> MetricResult:
        return MetricResult(value=float(tokens))


def _due(_case: Case) -> bool:
    return True


def _applies(_case: Case, _turn: Turn) -> bool:
    return True


def _build(_models: Models) -> Tokens:
    return Tokens()


def _spent(tokens: int) -> CaseResult:
    spent = Spent("model", input_tokens=tokens, output_tokens=tokens)
    result = answer()
    return replace(result, turns=tuple(replace(turn, spent=spent) for turn in result.turns))


plugin = Metric(
    summary="Tokens that language models read and wrote in the conversation.",
    due=_due,
    applies=_applies,
    build=_build,
    unit="tokens",
    controls=(
        right("a conversation without a language model", answer(), 0.0, 0.0),
        right("a conversation of 600 tokens", _spent(300), 600.0, 600.0),
    ),
)
