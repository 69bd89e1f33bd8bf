"""Share of turns that tell nothing they must not: Wellkept's own, without a model."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Citation, Turn
from eval.golden.case import Case
from eval.golden.facts import told
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class ForbiddenFacts(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one turn: 1 when none of the facts is told and none of the articles cited, else 0."""

    def __init__(self) -> None:
        super().__init__(name="forbidden_facts")

    async def ascore(
        self,
        response: str,
        citations: Sequence[Citation],
        forbidden_facts: Sequence[str],
        forbidden_context_ids: Sequence[str],
    ) -> MetricResult:
        said = [fact for fact in forbidden_facts if told(fact, response)]
        cited = {item.path for item in citations}
        wrong = [*said, *(path for path in forbidden_context_ids if path in cited)]
        return MetricResult(
            value=float(not wrong),
            reason=f"says or cites: {'; '.join(wrong)}" if wrong else None,
        )


def _due(case: Case) -> bool:
    return bool(case.never_says or case.not_articles)


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(_models: Models) -> ForbiddenFacts:
    return ForbiddenFacts()


plugin = Metric(
    summary="Share of the turns that say and cite nothing they must not.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("an answer without the forbidden fact", answer(never_says=("within 90 days",))),
        wrong("an answer that tells the forbidden fact", answer(never_says=("within 14 days",))),
        wrong("an answer that cites the forbidden article", answer(not_articles=("refunds.md",))),
    ),
)
