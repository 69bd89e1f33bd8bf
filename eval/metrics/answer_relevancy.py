"""ragas' answer relevancy: how near the questions that a judge draws from the answer come to the
one that was asked."""

from ragas.metrics.collections import AnswerRelevancy

from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models, RagasMetric, is_answer, is_due_answer


def _build(models: Models) -> RagasMetric:
    metric: RagasMetric = AnswerRelevancy(
        llm=models.judge,
        embeddings=models.embeddings,
        # What a judge said to a prompt it says again: asking more often tells nothing.
        strictness=1,
        allowed_values=(-1.0, 1.0),
    )
    return metric


plugin = Metric(
    summary="Nearness of the question asked and the questions that the answer answers.",
    due=is_due_answer,
    applies=is_answer,
    build=_build,
    judged=True,
    controls=(
        right("an answer to the question asked", answer(), low=0.3),
        wrong(
            "“I don't know, please ask somebody else.”",
            answer("I don't know, please ask somebody else.", ()),
            high=0.2,
            low=-1.0,
        ),
    ),
)
