"""ragas' agent goal accuracy: whether a conversation came to what the reference says, by a judge.

Of conversations: a single question is the matter of `factual_correctness`.
"""

from collections.abc import Sequence

from ragas.metrics.collections import AgentGoalAccuracyWithReference, BaseMetric
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.golden.case import Case
from eval.judging.messages import messages
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models

_WISH = "Please cancel my order 1001."
_EARLIER = ("Hello, I have ordered something.",)
_DONE = "Order 1001 is cancelled."


class GoalAccuracy(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """`AgentGoalAccuracyWithReference` over turns: 1 or 0."""

    def __init__(self, judge: object) -> None:
        super().__init__(name="goal_accuracy")
        self._goal = AgentGoalAccuracyWithReference(llm=judge)

    async def ascore(self, turns: Sequence[Turn], reference: str) -> MetricResult:
        result: MetricResult = await self._goal.ascore(messages(turns), reference)
        return result


def _due(case: Case) -> bool:
    return bool(case.reference) and bool(case.acts or case.earlier)


def _applies(case: Case, _turn: Turn) -> bool:
    return _due(case)


def _build(models: Models) -> GoalAccuracy:
    return GoalAccuracy(models.judge)


plugin = Metric(
    summary="Share of the conversations that came to what the reference says, to the judge.",
    due=_due,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right(
            "a conversation that ends as the reference has it",
            answer(_DONE, (), question=_WISH, earlier=_EARLIER, reference=_DONE),
        ),
        wrong(
            "a conversation that ends with something else",
            answer(
                "Our shop opens at nine in the morning.",
                (),
                question=_WISH,
                earlier=_EARLIER,
                reference=_DONE,
            ),
        ),
    ),
)
