"""Runs a suite: asks the agent every question, then scores its turns with ragas metrics."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from inspect import signature
from math import isfinite
from time import perf_counter
from typing import Protocol

from agent.types import Turn
from eval.case import Case
from eval.evaluation import (
    CaseResult,
    Evaluation,
    MetricFailure,
    Outcome,
    Score,
    aggregate,
)
from eval.metric import OpenMetric, RagasResult, columns
from kb.ports import Progress

# Calls to a judge that may be under way at once.
_AT_ONCE = 4
# One failure refuses a release; after this many a broken judge is not waited for any longer.
_GIVE_UP_AFTER = 3
# Cosines of unit vectors miss 1 by rounding.
_TOLERANCE = 1e-5


class Answerer(Protocol):
    """Whatever answers one question from nothing but the release; `agent.agent.Agent` does."""

    def answer(self, question: str) -> Turn: ...


CarryOn = Callable[[Case, Turn], Turn]


@dataclass(frozen=True)
class Suite:
    """Metrics that are ready to score, and name to reason of those that are not tried."""

    metrics: Sequence[OpenMetric]
    skipped: Mapping[str, str] = field(default_factory=dict)


def evaluate(
    agent: Answerer,
    cases: Sequence[Case],
    suite: Suite,
    progress: Progress | None = None,
    notes: Sequence[str] = (),
    carry_on: CarryOn | None = None,
) -> Evaluation:
    """Every case answered and scored, in order; `carry_on` gives the turn that a case ends with
    where the first asks something back. Never raises for a crash of the agent or of a
    metric: both are recorded on the case. Callable from within a running event loop."""
    started = perf_counter()
    results = []
    for done, case in enumerate(cases, start=1):
        results.append(_try(agent, case, carry_on))
        _tell(progress, "answer", done, len(cases))
    answered = perf_counter()
    results = _score(results, suite.metrics, progress)
    return Evaluation(
        results=results,
        aggregates=[
            aggregate(metric.name, results, sum(metric.plugin.due(case) for case in cases))
            for metric in suite.metrics
        ],
        skipped=suite.skipped,
        notes=tuple(notes),
        timings_s={"answering": answered - started, "scoring": perf_counter() - answered},
    )


def _try(agent: Answerer, case: Case, carry_on: CarryOn | None) -> CaseResult:
    started = perf_counter()
    try:
        turn = agent.answer(case.question)
        turn = carry_on(case, turn) if carry_on else turn
    except Exception as error:  # noqa: BLE001 whatever it is, it is what the case came to
        return CaseResult(case, None, _ms_since(started), error=_describe(error))
    return CaseResult(case, turn, _ms_since(started), turns=(turn,))


def _score(
    results: Sequence[CaseResult], metrics: Sequence[OpenMetric], progress: Progress | None
) -> list[CaseResult]:
    """In a thread of its own: the caller's may be running an event loop already."""

    async def score_all() -> list[list[Outcome]]:
        by_metric = []
        for done, metric in enumerate(metrics, start=1):
            by_metric.append(await _score_metric(metric, results))
            _tell(progress, "score", done, len(metrics))
        return by_metric

    with ThreadPoolExecutor(max_workers=1) as thread:
        by_metric = thread.submit(asyncio.run, score_all()).result()
    names = [metric.name for metric in metrics]
    return [
        replace(result, outcomes=dict(zip(names, outcomes, strict=True)))
        for result, outcomes in zip(results, _transpose(by_metric, len(results)), strict=True)
    ]


def _transpose(by_metric: Sequence[Sequence[Outcome]], cases: int) -> list[list[Outcome]]:
    return [[outcomes[index] for outcomes in by_metric] for index in range(cases)]


async def _score_metric(metric: OpenMetric, results: Sequence[CaseResult]) -> list[Outcome]:
    gate = asyncio.Semaphore(_AT_ONCE)
    failures: list[MetricFailure] = []

    async def score(result: CaseResult) -> Outcome:
        if result.turn is None or not metric.plugin.applies(result.case, result.turn):
            return None
        async with gate:
            if len(failures) >= _GIVE_UP_AFTER:
                return MetricFailure(f"not tried after {_GIVE_UP_AFTER} failures of this metric")
            outcome = await _ask(metric, result, result.turn)
        if isinstance(outcome, MetricFailure):
            failures.append(outcome)
        return outcome

    return list(await asyncio.gather(*(score(result) for result in results)))


async def _ask(metric: OpenMetric, tried: CaseResult, turn: Turn) -> Score | MetricFailure:
    shown = columns(tried, turn)
    try:
        wanted = signature(metric.scorer.ascore).parameters
        result = await metric.scorer.ascore(**{name: shown[name] for name in wanted})
    except Exception as error:  # noqa: BLE001 a judge may fail in any way; none may pass for a score
        return MetricFailure(_describe(error))
    return _read(result, metric.scorer.allowed_values)


def _read(result: RagasResult, allowed: tuple[float, float]) -> Score | MetricFailure:
    value, (low, high) = result.value, allowed
    if not isinstance(value, int | float) or not isfinite(value):
        return MetricFailure(result.reason or f"ragas returned {value}")
    if not low - _TOLERANCE <= value <= high + _TOLERANCE:
        return MetricFailure(f"{value} lies outside {low} to {high}")
    return Score(min(max(float(value), low), high), result.reason or "")


def _describe(error: BaseException) -> str:
    """One line: the exception at the root, which says more than those that wrap it."""
    while error.__cause__ is not None:
        error = error.__cause__
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__


def _ms_since(started: float) -> float:
    return (perf_counter() - started) * 1000


def _tell(progress: Progress | None, step: str, done: int, total: int) -> None:
    if progress:
        progress(step, done, total)
