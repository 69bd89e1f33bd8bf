"""Share of the returned articles that are reference articles: ragas' ID-based precision.

It falls with the number of articles that search is asked for, whatever their order, so that it
informs and has no floor; `context_precision` minds the order.
"""

from ragas.dataset_schema import SingleTurnSample
from ragas.metrics._context_precision import IDBasedContextPrecision  # the public name only warns
from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class IdContextPrecision(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """`IDBasedContextPrecision` under the interface of ragas' newer metrics."""

    def __init__(self) -> None:
        super().__init__(name="id_context_precision")
        self._by_id = IDBasedContextPrecision()

    async def ascore(
        self, retrieved_context_ids: list[str], reference_context_ids: list[str]
    ) -> MetricResult:
        # The public method keeps an id of the user in their home folder, for ragas' telemetry.
        sample = SingleTurnSample(
            retrieved_context_ids=retrieved_context_ids,
            reference_context_ids=reference_context_ids,
        )
        return MetricResult(value=await self._by_id._single_turn_ascore(sample, []))


def _due(_case: Case) -> bool:
    """Of no case: where search returned nothing there is no share, and recall says so."""
    return False


def _applies(case: Case, turn: Turn) -> bool:
    return bool(case.articles and turn.retrieved) and case.decision is not Decision.HANDOFF


def _build(_models: Models) -> IdContextPrecision:
    return IdContextPrecision()


plugin = Metric(
    summary="Share of the articles that search returned that are reference articles.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right(
            "a search that returned the reference article alone", answer(retrieved=("refunds.md",))
        ),
        right("a search of which half is the reference article", answer(), 0.5, 0.5),
        wrong("a search without the reference article", answer(retrieved=("shipping.md",))),
    ),
)
