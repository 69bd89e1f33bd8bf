"""Share of the facts that must be told and were: Wellkept's own, without a model."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.golden.case import Case
from eval.golden.facts import told
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models


class RequiredFacts(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """Of one turn, in [0, 1]."""

    def __init__(self) -> None:
        super().__init__(name="required_facts")

    async def ascore(self, response: str, required_facts: Sequence[str]) -> MetricResult:
        missing = [fact for fact in required_facts if not told(fact, response)]
        return MetricResult(
            value=1 - len(missing) / len(required_facts),
            reason=f"does not say: {'; '.join(missing)}" if missing else None,
        )


def _due(case: Case) -> bool:
    return bool(case.says)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and bool(turn.text)


def _build(_models: Models) -> RequiredFacts:
    return RequiredFacts()


plugin = Metric(
    summary="Share of the facts that must be told and were.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("an answer that tells the required fact", answer(says=("within 14 days",))),
        wrong(
            "“within 90 days” where “within 14 days” is required",
            answer(
                "Refunds reach your account within 90 days of the return.", says=("within 14 days",)
            ),
        ),
    ),
)
