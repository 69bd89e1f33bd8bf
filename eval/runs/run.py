"""Runs a suite: plays every case that is not known yet, then scores all with ragas metrics."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from agent.types import Decision
from eval.golden.case import Case
from eval.playing.player import Player
from eval.runs.reuse import Kept, Known
from eval.scoring.evaluation import CaseResult, Evaluation, MetricFailure, Outcome, aggregate
from eval.scoring.metric import OpenMetric
from eval.scoring.score import run_apart, score
from eval.scoring.suite import Suite
from kb.clock import Clock
from kb.ports import Progress

# One failure refuses a release; after this many a broken judge is not waited for any longer.
_GIVE_UP_AFTER = 3

Play = Callable[[Case], CaseResult]


def evaluate(
    player: Player,
    cases: Sequence[Case],
    suite: Suite,
    progress: Progress | None = None,
    notes: Sequence[str] = (),
    kept: Kept | None = None,
    at_once: int = 1,
) -> Evaluation:
    """Every case played and scored, in order. What `kept` knows of is not played again, and what
    is played is kept; `at_once` cases are played together. Never raises for a crash of the agent
    or of a metric: both are recorded on the case. Callable from within a running event loop."""
    clock = Clock()
    with clock("answering"):
        known = kept.known(cases) if kept else Known()
        results = play_all(player, cases, known, progress, kept, at_once)
    with clock("scoring"):
        results = score_all(results, suite, progress)
    shares = [metric for metric in suite.metrics if not metric.plugin.unit]
    return Evaluation(
        results=results,
        aggregates=[
            aggregate(metric.name, results, sum(metric.plugin.due(case) for case in cases))
            for metric in shares
        ],
        skipped=suite.skipped,
        notes=(*known.notes, *notes, *suite.notes),
        timings_s=clock.timings_s,
        units={it.name: it.plugin.unit for it in suite.metrics if it.plugin.unit},
    )


def play_all(
    player: Player,
    cases: Sequence[Case],
    known: Known,
    progress: Progress | None = None,
    kept: Kept | None = None,
    at_once: int = 1,
) -> list[CaseResult]:
    """What became of every case, in order, without scores. Those that are `known` are not played;
    progress counts them as done."""
    asked = [case for case in cases if case.id not in known.results]
    played: dict[str, CaseResult] = {}
    done = len(cases) - len(asked)
    if done:
        _tell(progress, "answer", done, len(cases))
    for result in _played(asked, lambda case: _play(player, case, kept), at_once):
        played[result.case.id] = result
        _tell(progress, "answer", done + len(played), len(cases))
    return [known.results.get(case.id) or played[case.id] for case in cases]


def score_all(
    results: Sequence[CaseResult], suite: Suite, progress: Progress | None = None
) -> list[CaseResult]:
    """The same with the scores of every metric of the suite."""
    _learn(results, suite)

    async def score_each() -> list[list[Outcome]]:
        by_metric = []
        for done, metric in enumerate(suite.metrics, start=1):
            by_metric.append(await _score(metric, results, suite.at_once))
            _tell(progress, "score", done, len(suite.metrics))
        return by_metric

    by_metric = run_apart(score_each)
    return [
        _with(result, [outcomes[place] for outcomes in by_metric], suite)
        for place, result in enumerate(results)
    ]


def _play(player: Player, case: Case, kept: Kept | None) -> CaseResult:
    return kept.play(player, case) if kept else player.play(case)


def _played(cases: Sequence[Case], play: Play, at_once: int) -> Iterator[CaseResult]:
    """As they are done, in order. When this is interrupted, what is under way comes to its end,
    and the rest is not begun."""
    if at_once == 1:
        yield from map(play, cases)
        return
    with ThreadPoolExecutor(at_once) as threads:
        yield from threads.map(play, cases)


def _learn(results: Sequence[CaseResult], suite: Suite) -> None:
    """Answers are compared with references by their meaning: encoded in one go they take a
    fraction of the time."""
    if suite.embeddings is None:
        return
    answered = [
        (result.turn.text, result.case.reference)
        for result in results
        if result.turn and result.turn.decision is Decision.ANSWER and result.case.reference
    ]
    suite.embeddings.learn([text for pair in answered for text in pair if text])


async def _score(metric: OpenMetric, results: Sequence[CaseResult], at_once: int) -> list[Outcome]:
    gate = asyncio.Semaphore(at_once)
    failures: list[MetricFailure] = []

    async def score_one(result: CaseResult) -> Outcome:
        if result.turn is None or not metric.plugin.applies(result.case, result.turn):
            return None
        async with gate:
            if len(failures) >= _GIVE_UP_AFTER:
                return MetricFailure(f"not tried after {_GIVE_UP_AFTER} failures of this metric")
            outcome = await score(metric, result)
        if isinstance(outcome, MetricFailure):
            failures.append(outcome)
        return outcome

    return list(await asyncio.gather(*(score_one(result) for result in results)))


def _with(result: CaseResult, outcomes: Sequence[Outcome], suite: Suite) -> CaseResult:
    """With an outcome of each metric of the suite, in its order."""
    found = list(zip(suite.metrics, outcomes, strict=True))
    return replace(
        result,
        outcomes={it.name: outcome for it, outcome in found if not it.plugin.unit},
        measured={it.name: outcome for it, outcome in found if it.plugin.unit},
    )


def _tell(progress: Progress | None, step: str, done: int, total: int) -> None:
    if progress:
        progress(step, done, total)
