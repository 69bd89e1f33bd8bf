"""One metric on one case."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from math import isfinite
from typing import Any, TypeVar

from agent.types import Turn
from eval.judging.reasons import listening, objection
from eval.scoring.evaluation import CaseResult, MetricFailure, Outcome, Score
from eval.scoring.metric import OpenMetric, RagasResult, columns

T = TypeVar("T")

# Cosines of unit vectors miss 1 by rounding.
_TOLERANCE = 1e-5


async def score(metric: OpenMetric, result: CaseResult) -> Outcome:
    """None where the metric does not apply to the case, a `MetricFailure` for whatever goes wrong
    in it or its judge, and for a value that is no number or out of the metric's range."""
    turn = result.turn
    if turn is None or not metric.plugin.applies(result.case, turn):
        return None
    return await compute(metric, result, turn)


async def compute(metric: OpenMetric, result: CaseResult, turn: Turn) -> Score | MetricFailure:
    """The same, whether or not the metric applies to the case."""
    shown = columns(result, turn)
    try:
        wanted = signature(metric.scorer.ascore).parameters
        with listening() as heard:
            found = await metric.scorer.ascore(**{name: shown[name] for name in wanted})
    except Exception as error:  # noqa: BLE001 a judge may fail in any way; none may pass for a score
        return MetricFailure(describe(error))
    return _read(found, metric, heard)


def run_apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """In an event loop and a thread of their own: the caller may be running a loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def describe(error: BaseException) -> str:
    """One line: the exception at the root, which says more than those that wrap it. Of a reply
    over HTTP the status alone: what an endpoint says of a bad key may repeat the key."""
    while error.__cause__ is not None:
        error = error.__cause__
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return f"{type(error).__name__}: HTTP {status}"
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__


def _read(found: RagasResult, metric: OpenMetric, heard: Sequence[Any]) -> Score | MetricFailure:
    value, (low, high) = found.value, metric.scorer.allowed_values
    if not isinstance(value, int | float) or not isfinite(value):
        return MetricFailure(found.reason or f"ragas returned {value}")
    if not low - _TOLERANCE <= value <= high + _TOLERANCE:
        return MetricFailure(f"{value} lies outside {low} to {high}")
    value = min(max(float(value), low), high)
    why = found.reason or ("" if value == high else objection(heard))
    return Score(value, why)
