"""ragas' topic adherence: whether what the agent answered is what the help center is about.

F1 of the topics that were answered and those of the help center, by a judge. Of answers alone:
ragas gives 0 to a conversation in which nothing was answered, and that something else was rightly
refused is what the metrics of decisions tell.
"""

from collections.abc import Sequence
from dataclasses import replace

from ragas.metrics.collections import BaseMetric
from ragas.metrics.collections import TopicAdherence as RagasTopicAdherence
from ragas.metrics.result import MetricResult

from agent.types import Turn
from eval.judging.messages import messages
from eval.scoring.control import answer, right, wrong
from eval.scoring.metric import Metric, Models, is_answer, is_due_answer

_TOPICS = ("orders and shipping", "refunds", "accounts")


class TopicAdherence(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """ragas' metric over turns, in [0, 1]. Without `reference_topics` of the case they are the
    help center's."""

    def __init__(self, judge: object, topics: Sequence[str]) -> None:
        super().__init__(name="topic_adherence")
        self._adherence = RagasTopicAdherence(llm=judge)
        self._topics = list(topics)

    async def ascore(
        self, turns: Sequence[Turn], reference_topics: Sequence[str] = ()
    ) -> MetricResult:
        topics = list(reference_topics) or self._topics
        result: MetricResult = await self._adherence.ascore(messages(turns), topics)
        return result


def _build(models: Models) -> TopicAdherence:
    return TopicAdherence(models.judge, models.topics)


plugin = Metric(
    summary="F1 of the topics that were answered and those of the help center, to the judge.",
    due=is_due_answer,
    applies=is_answer,
    build=_build,
    judged=True,
    controls=(
        right(
            "an answer about refunds in a help center about refunds",
            replace(answer(), topics=_TOPICS),
            low=0.6,
        ),
        wrong(
            "an answer about chess in a help center about refunds",
            replace(
                answer(
                    "The bishop moves along the diagonals.",
                    (),
                    question="How does the bishop move in chess?",
                ),
                topics=_TOPICS,
            ),
            high=0.4,
        ),
    ),
)
