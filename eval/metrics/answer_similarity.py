"""Cosine of answer and reference answer, by the release's own embedding model."""

from ragas.metrics.collections import SemanticSimilarity

from agent.types import Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _due(case: Case) -> bool:
    return is_due_answer(case) and bool(case.reference)


def _applies(case: Case, turn: Turn) -> bool:
    return _due(case) and is_answer(case, turn)


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = SemanticSimilarity(
        embeddings=models.embeddings, name="answer_similarity", allowed_values=(-1.0, 1.0)
    )
    return metric


plugin = Metric(
    summary="Cosine of answer and reference answer.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("an answer in the words of the reference", answer(), low=0.99),
        wrong(
            "an answer about shipping to a question about refunds",
            answer(SHIPPING, (SHIPPING,)),
            high=0.95,
            low=-1.0,
        ),
    ),
)
