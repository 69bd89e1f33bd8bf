"""Puts a judge to labelled cases, and tells how far it agrees with the labels."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from eval.judging.agreement import agreement
from eval.judging.calibration import JudgeCalibration
from eval.judging.labels import Labelled, Labels
from eval.judging.pin import JudgePin
from eval.judging.standing import standing
from eval.scoring.evaluation import MetricFailure, Score
from eval.scoring.metric import OpenMetric
from eval.scoring.score import compute, run_apart
from eval.scoring.suite import Suite
from kb.errors import Transient
from kb.ports import Progress

_GIVE_UP_AFTER = 3
_COLUMNS = ("metric", "n", "kappa", "95 % interval", "agree", "both pass", "judge only")
_MORE = ("label only", "both fail", "")
_FEW = 20


def calibrate(
    labels: Labels,
    suite: Suite,
    pin: JudgePin,
    threshold: float,
    progress: Progress | None = None,
) -> JudgeCalibration:
    """How the suite's judge, which is `pin`, agrees with the labels. A score of `threshold` or
    more lets a case pass. What the judge has said to a case before counts.

    Raises `Transient` when it could not be heard on any of the cases: a judge that fails is
    neither of their opinion nor against it.
    """
    metrics = {metric.name: metric for metric in suite.metrics}
    outcomes = run_apart(lambda: _judge(labels.cases, metrics, suite.at_once, progress))
    _require_heard(labels.cases, outcomes)
    judged: dict[str, list[tuple[bool, bool]]] = {}
    for case, outcome in zip(labels.cases, outcomes, strict=True):
        if isinstance(outcome, Score):
            passes = outcome.value >= threshold
            judged.setdefault(case.metric, []).append((passes, case.passed))
    return JudgeCalibration(
        pin=pin,
        threshold=threshold,
        labels=labels.digest,
        metrics={name: agreement(*zip(*pairs, strict=True)) for name, pairs in judged.items()},
    )


async def _judge(
    cases: Sequence[Labelled],
    metrics: Mapping[str, OpenMetric],
    at_once: int,
    progress: Progress | None,
) -> list[Score | MetricFailure]:
    """In the order of the cases."""
    gate = asyncio.Semaphore(at_once)
    done, failed = 0, 0

    async def judge(case: Labelled) -> Score | MetricFailure:
        nonlocal done, failed
        async with gate:
            if failed >= _GIVE_UP_AFTER:
                return MetricFailure("not tried, since the judge failed on others")
            turn = case.result.turns[-1]
            outcome = await compute(metrics[case.metric], case.result, turn)
        done, failed = done + 1, failed + isinstance(outcome, MetricFailure)
        if progress:
            progress("judge", done, len(cases))
        return outcome

    return list(await asyncio.gather(*(judge(case) for case in cases)))


def _require_heard(cases: Sequence[Labelled], outcomes: Sequence[Score | MetricFailure]) -> None:
    failed = [
        (case, outcome.reason)
        for case, outcome in zip(cases, outcomes, strict=True)
        if isinstance(outcome, MetricFailure)
    ]
    if failed:
        case, reason = failed[0]
        raise Transient(
            f"the judge gave no score to {len(failed)} of {len(cases)} labelled cases, first to "
            f"{case.where} ({case.metric}): {reason}. Nothing was written; what it did say is "
            "kept, so that another run asks only for the rest"
        )


def render_text(found: JudgeCalibration, least: float) -> str:
    """Which judge, a table by metric, and what it means under a kappa of `least`."""
    return "\n".join(_lines(found, least))


def _lines(found: JudgeCalibration, least: float) -> Iterator[str]:
    yield _describe(found.pin)
    yield f"A score of {found.threshold:g} or more is a pass."
    yield ""
    rows = [_COLUMNS + _MORE, *(_row(name, found, least) for name in found.metrics)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = row
        cells = [cell.rjust(width) for cell, width in zip(rest[:-1], widths[1:-1], strict=True)]
        yield f"  {first.ljust(widths[0])}  {'  '.join(cells)}  {row[-1]}".rstrip()
    yield ""
    yield f"A metric may refuse from a kappa of {least:g} on ([evaluation] judge_kappa)."
    few = [name for name, it in found.metrics.items() if it.n < _FEW]
    if few:
        yield f"Fewer than {_FEW} cases say little; look at the intervals: {', '.join(few)}."


def _describe(pin: JudgePin) -> str:
    return (
        f"Judge {pin.model} at {pin.endpoint}, temperature {pin.temperature:g}, "
        f"prompts {pin.prompts}"
    )


def _row(name: str, found: JudgeCalibration, least: float) -> tuple[str, ...]:
    it = found.metrics[name]
    interval = " to ".join(_number(end) for end in it.interval) if it.interval else "–"
    kappa = "–" if it.kappa is None else _number(it.kappa)
    blocks = standing(name, found.pin, found, least).blocks
    return (
        name.replace("_", " "),
        str(it.n),
        kappa,
        interval,
        f"{it.share:.0%}",
        str(it.both_pass),
        str(it.judge_only),
        str(it.person_only),
        str(it.both_fail),
        "may refuse" if blocks else "informs only",
    )


def _number(value: float) -> str:
    """Two decimals, and no zero below zero."""
    return f"{round(value, 2) + 0.0:.2f}"
