"""Facts that must and must not be told, and what is cited."""

import asyncio
from dataclasses import replace
from inspect import signature

import pytest

from agent.types import Turn
from eval.golden.case import Case
from eval.golden.facts import told
from eval.metrics.citation_precision import plugin as citation_precision
from eval.metrics.forbidden_facts import plugin as forbidden_facts
from eval.metrics.reciprocal_rank import plugin as reciprocal_rank
from eval.metrics.required_facts import plugin as required_facts
from eval.scoring.evaluation import CaseResult
from eval.scoring.judge import EncoderEmbedding
from eval.scoring.metric import Metric, Models, columns
from tests.eval.turns import REFUND, WordEncoder, answer, answer_case, cite, handoff


def score(plugin: Metric, case: Case, turn: Turn) -> tuple[float, str | None]:
    scorer = plugin.build(Models(EncoderEmbedding(WordEncoder())))
    assert plugin.due(case)
    assert plugin.applies(case, turn)
    shown = columns(CaseResult(case, turn, 0.0, turns=(turn,)), turn)
    wanted = {name: shown[name] for name in signature(scorer.ascore).parameters}

    async def run() -> tuple[float, str | None]:
        result = await scorer.ascore(**wanted)
        return result.value, result.reason

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("fact", "text", "holds"),
    [
        ("within 30 days", "We refund within **30 days** of delivery.", True),
        ("within 30 days", "We refund within 14 days of delivery.", False),
        ("We refund the full price", REFUND, True),
        ("We don't refund the full price", REFUND, False),
    ],
)
def test_a_fact_is_told_in_its_words_or_in_close_ones(fact: str, text: str, holds: bool) -> None:
    assert told(fact, text) is holds


def test_required_facts_are_counted_and_the_missing_ones_named() -> None:
    case = replace(answer_case("a"), says=("within 30 days", "shipping is free"))
    assert score(required_facts, case, answer()) == (0.5, "does not say: shipping is free")


def test_a_handover_tells_none_of_the_facts_that_are_due() -> None:
    case = replace(answer_case("a"), says=("within 30 days",))
    assert score(required_facts, case, handoff())[0] == 0.0


def test_a_forbidden_fact_or_article_is_named() -> None:
    case = replace(answer_case("a"), never_says=("within 30 days",), not_articles=("refunds.md",))
    value, why = score(forbidden_facts, case, answer())
    assert value == 0.0
    assert why == "says or cites: within 30 days; refunds.md"
    assert score(forbidden_facts, case, handoff()) == (1.0, None)


def test_a_citation_that_nothing_stands_on_lowers_its_precision() -> None:
    idle = cite("Parcels are sent on working days.", "shipping.md")
    turn = answer()
    both = replace(turn, citations=(*turn.citations, idle))
    assert score(citation_precision, answer_case("a"), turn) == (1.0, None)
    assert score(citation_precision, answer_case("a"), both)[0] == 0.5


def test_the_rank_of_the_first_reference_article_counts() -> None:
    case = answer_case("a")
    assert score(reciprocal_rank, case, answer())[0] == 1.0
    second = answer(retrieved=("shipping.md", "refunds.md"))
    assert score(reciprocal_rank, case, second)[0] == 0.5
    assert score(reciprocal_rank, case, answer(retrieved=("shipping.md",)))[0] == 0.0
