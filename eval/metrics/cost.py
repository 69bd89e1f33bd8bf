"""What language models cost."""

from dataclasses import replace
from math import inf

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Spent, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right
from eval.scoring.evaluation import CaseResult
from eval.scoring.metric import Metric, Models


class Cost(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of all turns of a conversation, in the unit of the settings' prices; 0 without a model."""

    def __init__(self) -> None:
        super().__init__(name="cost", allowed_values=(0.0, inf))

    async def ascore(self, cost: float) -> MetricResult:
        return MetricResult(value=cost)


def _due(_case: Case) -> bool:
    return True


def _applies(_case: Case, _turn: Turn) -> bool:
    return True


def _build(_models: Models) -> Cost:
    return Cost()


def _spent(cost: float) -> CaseResult:
    spent = Spent("model", cost=cost)
    result = answer()
    return replace(result, turns=tuple(replace(turn, spent=spent) for turn in result.turns))


plugin = Metric(
    summary="What language models cost in the conversation, in the unit of the prices.",
    due=_due,
    applies=_applies,
    build=_build,
    unit="cost",
    controls=(
        right("a conversation without a language model", answer(), 0.0, 0.0),
        right("a conversation that cost 0.02", _spent(0.02), 0.02, 0.02),
    ),
)
