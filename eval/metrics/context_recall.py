"""Share of the reference articles that search returned: ragas' ID-based context recall."""

from ragas.dataset_schema import SingleTurnSample
from ragas.metrics._context_recall import IDBasedContextRecall  # the public name only warns
from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Decision, Turn
from eval.golden.case import Case
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class ContextRecall(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """`IDBasedContextRecall` under the interface of ragas' newer metrics."""

    def __init__(self) -> None:
        super().__init__(name="context_recall")
        self._by_id = IDBasedContextRecall()

    async def ascore(
        self, retrieved_context_ids: list[str], reference_context_ids: list[str]
    ) -> MetricResult:
        # The public method keeps an id of the user in their home folder, for ragas' telemetry.
        sample = SingleTurnSample(
            retrieved_context_ids=retrieved_context_ids,
            reference_context_ids=reference_context_ids,
        )
        missed = [path for path in reference_context_ids if path not in retrieved_context_ids]
        found = ", ".join(retrieved_context_ids[:3]) or "nothing"
        return MetricResult(
            value=await self._by_id._single_turn_ascore(sample, []),
            reason=f"search returned {found}, not {', '.join(missed)}" if missed else None,
        )


def _due(case: Case) -> bool:
    return bool(case.articles) and case.decision is not Decision.HANDOFF


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> ContextRecall:
    return ContextRecall()


plugin = Metric(
    summary="Share of the reference articles that search returned.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a search that returned the reference article", answer()),
        wrong("a search without the reference article", answer(retrieved=("shipping.md",))),
    ),
)
