"""How far up the reference articles stand among those that search returned.

ragas' rank-weighted context precision (the mean of precision@k over the places k that hold a
reference article), with identity of the article in place of a judge's opinion.
"""

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class RankedContextPrecision(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Average precision by id, in [0, 1]: 1 when the reference articles come first, 0 when none
    was returned."""

    def __init__(self) -> None:
        super().__init__(name="context_precision")

    async def ascore(
        self, retrieved_context_ids: list[str], reference_context_ids: list[str]
    ) -> MetricResult:
        wanted = set(reference_context_ids)
        if not wanted:
            raise ValueError("no reference article to look for")
        places = [k for k, path in enumerate(retrieved_context_ids, start=1) if path in wanted]
        if not places:
            return MetricResult(value=0.0, reason="no reference article was returned")
        value = sum(found / k for found, k in enumerate(places, start=1)) / len(places)
        return MetricResult(value=value, reason=f"reference articles at {_list(places)}")


def _list(places: list[int]) -> str:
    return ", ".join(f"place {place}" for place in places)


def _due(case: Case) -> bool:
    return bool(case.articles) and case.decision is not Decision.HANDOFF


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> RankedContextPrecision:
    return RankedContextPrecision()


plugin = Metric(
    summary="How far up the reference articles stand among those returned (average precision).",
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
