"""ragas' noise sensitivity turned round, so that higher is better as in every other metric: 1 less
the share of the answer's statements that are wrong by the reference and stand in a quote that is
relevant to it. What it falls by is what the agent took from noise."""

from ragas.metrics.collections import BaseMetric, NoiseSensitivity
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import REFUND, SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, is_answer, is_due_answer


class NoiseRobustness(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """1 - `NoiseSensitivity`, in [0, 1]."""

    def __init__(self, judge: object) -> None:
        super().__init__(name="noise_robustness")
        self._sensitivity = NoiseSensitivity(llm=judge)

    async def ascore(
        self, user_input: str, response: str, reference: str, retrieved_contexts: list[str]
    ) -> MetricResult:
        found = await self._sensitivity.ascore(user_input, response, reference, retrieved_contexts)
        reason = f"noise sensitivity {found.value:.2f}" if found.value else None
        return MetricResult(value=1 - found.value, reason=reason)


def _due(case: Case) -> bool:
    return is_due_answer(case) and bool(case.reference)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and is_answer(case, turn) and bool(turn.citations)


def _build(models: Models) -> NoiseRobustness:
    return NoiseRobustness(models.judge)


plugin = Metric(
    summary="1 less ragas' noise sensitivity: how little wrong is taken from relevant quotes.",
    due=_due,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right("an answer in the words of the reference", answer(), low=0.6),
        wrong(
            "an answer about shipping, from the quote, where the reference is about refunds",
            answer(SHIPPING, (f"{REFUND} {SHIPPING}",)),
            high=0.4,
        ),
    ),
)
