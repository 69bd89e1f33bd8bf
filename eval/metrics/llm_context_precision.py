"""ragas' context precision: how far up the quotes stand that a judge finds useful for the
reference answer.

By a judge, over the quotes that are cited; `context_precision` is the same by identity of the
article, over all that search returned.
"""

from ragas.metrics.collections import ContextPrecisionWithReference

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _due(case: Case) -> bool:
    return is_due_answer(case) and bool(case.reference)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and is_answer(case, turn) and bool(turn.citations)


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = ContextPrecisionWithReference(
        llm=models.judge, name="llm_context_precision"
    )
    return metric


plugin = Metric(
    summary="How far up the cited quotes stand that the judge finds useful (average precision).",
    due=_due,
    applies=_applies,
    build=_build,
    judged=True,
    controls=(
        right("a quote that says what the reference says", answer(), low=0.6),
        wrong(
            "a quote about shipping for a reference about refunds",
            answer(quotes=(SHIPPING,)),
            high=0.4,
        ),
    ),
)
