"""Share of an answer's statements that its citations support: Wellkept's own, without a model."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.answers.ground import ground
from agent.replies import SMALL_TALK
from agent.types import Citation, Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, is_answer, is_due_answer


class Grounding(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """In [0, 1]; an answer that cites nothing scores 0, one that states nothing raises.
    The agent's own lines around quotes state nothing."""

    def __init__(self) -> None:
        super().__init__(name="grounding")

    async def ascore(self, response: str, citations: Sequence[Citation]) -> MetricResult:
        statements = ground(response, citations)
        if not statements:
            raise ValueError("the answer states nothing")
        bad = [(text, support.why) for text, support in statements if not support.supported]
        return MetricResult(
            value=1 - len(bad) / len(statements),
            reason=f"“{bad[0][0]}”: {bad[0][1]}" if bad else None,
        )


def _applies(case: Case, turn: Turn) -> bool:
    """A greeting that is returned states nothing."""
    return is_answer(case, turn) and turn.text not in SMALL_TALK.values()


def _build(_models: Models) -> Grounding:
    return Grounding()


plugin = Metric(
    summary="Share of the answer's statements that its citations support.",
    due=is_due_answer,
    applies=_applies,
    build=_build,
    controls=(
        right("a sentence and the quote that says it", answer()),
        wrong(
            "“Refunds reach your account within 90 days …” cited to an article that says 14 days",
            answer("Refunds reach your account within 90 days of the return."),
        ),
        wrong(
            "a sentence that says the opposite of its quote",
            answer("Refunds never reach your account within 14 days of the return."),
        ),
        wrong("a sentence about refunds cited to one about shipping", answer(quotes=(SHIPPING,))),
        wrong("an answer that cites nothing", answer(quotes=())),
    ),
)
