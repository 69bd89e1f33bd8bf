"""Do the instruments measure? Every metric is tried on cases of known outcome first.

A judge that always agrees, always fails or never agrees, a metric that returns NaN, a check of
facts or of grounding that lets everything pass: their scores of a release would look fine, or like
the release's fault. Here each is told from what it gives for its own controls.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eval.gate.verdict import Check, Failing, Rule
from eval.scoring.control import Control
from eval.scoring.evaluation import MetricFailure, Outcome, Score
from eval.scoring.metric import OpenMetric
from eval.scoring.score import run_apart, score
from eval.scoring.suite import Suite
from kb.ports import Progress

INSTRUMENTS = "instruments"
LEAVE_OUT = (
    "A judged metric that fails its controls refuses whatever it informs of: mend the judge, or "
    "leave the metric out with [evaluation] judge_metrics."
)
_NOT_MEASURING = "it fails its controls"
_TOLERANCE = 1e-5
_SHOWN = 3
# Of one metric.
_CONTROLS = 2


@dataclass(frozen=True)
class Instruments:
    """What became of the controls. `broken` are the metrics that measure nothing, with why."""

    check: Check
    broken: Mapping[str, str] = field(default_factory=dict)

    def usable(self, suite: Suite) -> Suite:
        """The suite without the judged metrics that are broken: no case is put to a judge that
        can't be believed. Others stay, so that the cases show what is the matter."""
        judged = [metric.name for metric in suite.metrics if metric.plugin.judged]
        return suite.without({name: _NOT_MEASURING for name in judged if name in self.broken})


def try_instruments(suite: Suite, progress: Progress | None = None) -> Instruments:
    """Every metric of the suite on its controls, through the very path of real cases; what a
    judge said before counts for nothing. Once a judge could not be heard, no other metric of its
    is tried. Callable from within a running event loop."""
    with suite.anew():
        found = run_apart(lambda: _try_all(suite.metrics, suite.at_once, progress))
    broken = {name: items[0].why for name, items in found.items() if items}
    failing = tuple(item for items in found.values() for item in items)
    judged = any(metric.plugin.judged and metric.name in broken for metric in suite.metrics)
    check = Check(_rule(suite, failing, len(broken)), failing, (LEAVE_OUT,) if judged else ())
    return Instruments(check, broken)


def _rule(suite: Suite, failing: Sequence[Failing], broken: int) -> Rule:
    """Its score is the share of the metrics that measure."""
    controls = sum(len(metric.plugin.controls) for metric in suite.metrics)
    reason = "; ".join(item.why for item in failing[:_SHOWN]) or f"{controls} controls"
    more = len(failing) - _SHOWN
    n = len(suite.metrics)
    return Rule(
        metric=INSTRUMENTS,
        passed=not failing,
        reason=f"{reason}; and {more} more" if more > 0 else reason,
        score=(n - broken) / n if n else None,
        threshold=1.0,
        n=n,
        group=INSTRUMENTS,
    )


async def _try_all(
    metrics: Sequence[OpenMetric], at_once: int, progress: Progress | None
) -> dict[str, list[Failing]]:
    """By metric. The first that asks the judge is tried alone: the others wait for whether the
    judge can be heard at all."""
    gate = asyncio.Semaphore(max(1, at_once // _CONTROLS))
    done, unheard = 0, ""

    async def attempt(metric: OpenMetric) -> list[Failing]:
        nonlocal done, unheard
        async with gate:
            if unheard and metric.plugin.judged:
                return [_untried(metric, unheard)]
            outcomes = await _outcomes(metric)
        if metric.plugin.judged and any(isinstance(it, MetricFailure) for it in outcomes):
            unheard = unheard or metric.name
        done += 1
        if progress:
            progress(INSTRUMENTS, done, len(metrics))
        return _judge(metric, outcomes)

    judged = [metric for metric in metrics if metric.plugin.judged]
    first = [metric for metric in metrics if not metric.plugin.judged] + judged[:1]
    found = [(metric.name, await attempt(metric)) for metric in first]
    rest = await asyncio.gather(*(attempt(metric) for metric in judged[1:]))
    names = [metric.name for metric in judged[1:]]
    return dict([*found, *zip(names, rest, strict=True)])


async def _outcomes(metric: OpenMetric) -> list[Outcome]:
    controls = metric.plugin.controls
    return list(await asyncio.gather(*(score(metric, it.result) for it in controls)))


def _judge(metric: OpenMetric, outcomes: Sequence[Outcome]) -> list[Failing]:
    tried = zip(metric.plugin.controls, outcomes, strict=True)
    return [
        _failing(metric, control, outcome)
        for control, outcome in tried
        if not _is_in_range(control, outcome)
    ]


def _is_in_range(control: Control, outcome: Outcome) -> bool:
    if not isinstance(outcome, Score):
        return False
    return control.low - _TOLERANCE <= outcome.value <= control.high + _TOLERANCE


def _failing(metric: OpenMetric, control: Control, outcome: Outcome) -> Failing:
    due = _range(control)
    name = metric.name.replace("_", " ")
    if isinstance(outcome, Score):
        got, why = f"{outcome.value:.2f}", f"{name} gave {outcome.value:.2f} to {control.told}"
    elif isinstance(outcome, MetricFailure):
        got = outcome.reason
        why = f"{name} could not be computed for {control.told} ({outcome.reason})"
    else:
        got, why = "not applicable", f"{name} does not apply to {control.told}"
    return Failing(
        metric=INSTRUMENTS,
        case_id=metric.name,
        question=control.told,
        expected=due,
        got=got,
        why=f"{why}; due is {due}",
        score=outcome.value if isinstance(outcome, Score) else None,
    )


def _untried(metric: OpenMetric, unheard: str) -> Failing:
    why = f"not tried, since {unheard.replace('_', ' ')} could not be computed"
    return Failing(
        metric=INSTRUMENTS,
        case_id=metric.name,
        question="",
        expected="a score",
        got="nothing",
        why=f"{metric.name.replace('_', ' ')} was {why}",
    )


def _range(control: Control) -> str:
    if control.low == control.high:
        return f"{control.low:.2f}"
    return f"{control.low:.2f} to {control.high:.2f}"
