"""Share of the citations that support what is said (Gao et al. 2023, ALCE): without a model."""

from collections.abc import Sequence

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from agent.answers.ground import split_statements, supported
from agent.types import Citation, Turn
from eval.golden.case import Case
from eval.scoring.control import SHIPPING, answer, right, wrong
from eval.scoring.metric import Metric, Models, is_answer, is_due_answer


class CitationPrecision(BaseMetric):  # type: ignore[misc]  # ragas is read untyped
    """In [0, 1]: a citation counts when a statement of the answer stands on it, alone or with
    others of its article."""

    def __init__(self) -> None:
        super().__init__(name="citation_precision")

    async def ascore(self, response: str, citations: Sequence[Citation]) -> MetricResult:
        statements = split_statements(response)
        idle = [item for item in citations if not _carries(item, citations, statements)]
        return MetricResult(
            value=1 - len(idle) / len(citations),
            reason=f"nothing stands on “{idle[0].quote[:120]}”" if idle else None,
        )


def _carries(item: Citation, citations: Sequence[Citation], statements: Sequence[str]) -> bool:
    """Alone, or because a statement that all quotes of the article support falls without it."""
    if any(supported(statement, item.quote) for statement in statements):
        return True
    same = [other.quote for other in citations if other.article_id == item.article_id]
    without = "\n".join(quote for quote in same if quote != item.quote)
    return any(
        supported(statement, "\n".join(same)) and not supported(statement, without)
        for statement in statements
    )


def _due(case: Case) -> bool:
    return is_due_answer(case)


def _applies(case: Case, turn: Turn) -> bool:
    return is_answer(case, turn) and bool(turn.citations)


def _build(_models: Models) -> CitationPrecision:
    return CitationPrecision()


plugin = Metric(
    summary="Share of the citations that support what the answer says.",
    due=_due,
    applies=_applies,
    build=_build,
    controls=(
        right("a sentence and the quote that says it", answer()),
        wrong("a sentence about refunds cited to one about shipping", answer(quotes=(SHIPPING,))),
    ),
)
