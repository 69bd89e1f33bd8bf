"""How long the customer waits for an answer."""

from dataclasses import replace
from math import inf

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right
from eval.scoring.metric import Metric, Models


class AnswerMs(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Milliseconds by the wall clock, of the turn that is judged."""

    def __init__(self) -> None:
        super().__init__(name="answer_ms", allowed_values=(0.0, inf))

    async def ascore(self, answer_ms: float) -> MetricResult:
        return MetricResult(value=answer_ms)


def _due(_case: Case) -> bool:
    return True


def _applies(_case: Case, _turn: Turn) -> bool:
    return True


def _build(_models: Models) -> AnswerMs:
    return AnswerMs()


plugin = Metric(
    summary="Time that the customer waits for the turn that is judged.",
    due=_due,
    applies=_applies,
    build=_build,
    unit="ms",
    controls=(
        right("a turn of 40 ms", replace(answer(), answer_ms=40.0), 40.0, 40.0),
        right("a turn of 4 s", replace(answer(), answer_ms=4_000.0), 4_000.0, 4_000.0),
    ),
)
