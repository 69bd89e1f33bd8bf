"""Mean reciprocal rank of the first reference article that search returned."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class ReciprocalRank(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one question: 1 over the place of the first reference article, 0 without any."""

    def __init__(self) -> None:
        super().__init__(name="reciprocal_rank")

    async def ascore(
        self, retrieved_context_ids: Sequence[str], reference_context_ids: Sequence[str]
    ) -> MetricResult:
        for place, path in enumerate(retrieved_context_ids, start=1):
            if path in reference_context_ids:
                return MetricResult(value=1 / place)
        return MetricResult(value=0.0, reason="search returned none of the reference articles")


def _due(case: Case) -> bool:
    return bool(case.articles) and case.decision is not Decision.HANDOFF


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> ReciprocalRank:
    return ReciprocalRank()


plugin = Metric(
    summary="Mean reciprocal rank of the first reference article in search.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a search with the reference article first", answer()),
        right(
            "a search with the reference article second",
            answer(retrieved=("shipping.md", "refunds.md")),
            0.5,
            0.5,
        ),
        wrong("a search without the reference article", answer(retrieved=("shipping.md",))),
    ),
)
