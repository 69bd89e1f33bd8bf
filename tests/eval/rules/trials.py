"""Evaluations with given scores, for tests of the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.types import Decision, Turn
from eval.gate.gate import judge
from eval.gate.rules.trial import Baseline
from eval.gate.verdict import Rule, Verdict
from eval.golden.case import Case
from eval.scoring.evaluation import CaseResult, Evaluation, MetricFailure, Outcome, Score, aggregate
from kb.settings import GateSettings
from kb.types import Article
from tests.eval.turns import NOW, REFUND, answer, cite

RIGHT: Mapping[str, float] = {"decision_accuracy": 1.0, "grounding": 1.0, "answer_similarity": 0.9}
# No metric but those that a test gives scores to.
GATE = GateSettings(min_cases=1)


def case(name: str, **fields: Any) -> Case:
    """A case due an answer from `refunds.md`."""
    known: dict[str, Any] = {
        "question": f"How do I get refund {name}?",
        "decision": Decision.ANSWER,
        "reference": REFUND,
        "articles": ("refunds.md",),
    }
    return Case(name, **{**known, **fields})


def result(
    asked: Case, turn: Turn | None = None, answer_ms: float = 20.0, **scores: float | Outcome
) -> CaseResult:
    """Right in everything but in what is given."""
    outcomes: dict[str, Outcome] = {
        name: Score(value, f"{name} says why") if isinstance(value, int | float) else value
        for name, value in {**RIGHT, **scores}.items()
    }
    return CaseResult(asked, turn or answer(asked.question), answer_ms, outcomes=outcomes)


def scored(asked: Case, metric: str, value: float) -> CaseResult:
    """Right but for one metric."""
    right = result(asked)
    return replace(right, outcomes={**right.outcomes, metric: Score(value, f"{metric} says why")})


def citing(turn: Turn, path: str) -> Turn:
    return replace(turn, citations=(cite(REFUND, path),))


def evaluation(results: Sequence[CaseResult]) -> Evaluation:
    names = dict.fromkeys(name for it in results for name in it.outcomes)
    return Evaluation(results, [aggregate(name, results, len(results)) for name in names])


def baseline(results: Sequence[CaseResult], articles: Sequence[Article] = ()) -> Baseline:
    judged_by = [it.case.id for it in results if not it.case.drafted]
    return Baseline(evaluation(results).rows(), articles, NOW, "r1", judged_by)


def verdict(
    results: Sequence[CaseResult],
    live: Sequence[CaseResult] | None = None,
    settings: GateSettings = GATE,
    **others: Any,
) -> Verdict:
    """What the gate says; `live` are the results of the live release."""
    before = None if live is None else baseline(live)
    skipped = {name: "not in this test" for name in _FLOORS if name not in RIGHT}
    tried = replace(evaluation(results), skipped=skipped)
    return judge(tried, settings, **{"baseline": before, **others})


def rule(found: Verdict, metric: str) -> Rule:
    return next(item for item in found.rules if item.metric == metric)


def named(found: Verdict, metric: str) -> list[str]:
    """The cases that are named for a rule."""
    return [item.case_id for item in found.failing if item.metric == metric]


FAILED = MetricFailure("ragas returned nan")
_FLOORS = tuple(name for name, value in GateSettings() if isinstance(value, float))
