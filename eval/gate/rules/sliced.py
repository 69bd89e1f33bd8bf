"""Floors of a part of the cases: `[gate.slices."tag:refunds"] decision_accuracy = 0.9`."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from eval.gate.comparison import Row, compare
from eval.gate.rules.floors import is_below, worse_first
from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.slices import Slice, in_slice, slice_of
from eval.gate.verdict import Check, Rule
from kb.errors import ConfigError
from kb.settings import GateSettings

_GROUP = "slices"


def require_known(settings: GateSettings, metrics: Collection[str]) -> None:
    """Raises `ConfigError` for a floor of a metric that there is not, of all cases or of some."""
    named = [("[gate.floors]", settings.floors)]
    named += [(f'[gate.slices."{part}"]', floors) for part, floors in settings.slices.items()]
    for section, floors in named:
        for metric in floors:
            if metric not in metrics:
                near = get_close_matches(metric, metrics, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(metrics)}"
                raise ConfigError(f"{section}: no metric {metric!r}; {hint}")


def check_slices(trial: Trial) -> list[Check]:
    """One rule for each metric of each slice, in the order of the settings; one without a scored
    case is noted. That a score could not be computed refuses by the metric's own rule."""
    return [
        _check(trial, part, metric, floor)
        for part, floors in trial.settings.slices.items()
        for metric, floor in floors.items()
    ]


def _check(trial: Trial, part: str, metric: str, floor: float) -> Check:
    rows = [row for row in trial.rows if in_slice(row, part)]
    found = slice_of(rows, part, metric)
    if found is None:
        return _empty(trial, part, metric, floor, "has no score in it" if rows else "has no case")
    rule = _judge(trial, rows, found, metric, floor)
    low = [row for row in rows if is_below(row["scores"].get(metric) or 0.0, floor)]
    failing = [
        name(trial, rule.metric, row, row["reasons"].get(metric) or row["decided"], score)
        for row in low
        if (score := row["scores"].get(metric)) is not None
    ]
    return Check(rule, () if rule.passed else worse_first(trial, metric, failing)[0])


def _empty(trial: Trial, part: str, metric: str, floor: float, why: str) -> Check:
    rule = Rule(f"{metric}@{part}", passed=True, reason=why, threshold=floor, group=_GROUP)
    note = f'[gate.slices."{part}"] {metric} holds nothing: the slice {why}.'
    return Check(rule, notes=() if trial.part else (note,))


def _judge(trial: Trial, rows: Sequence[Row], found: Slice, metric: str, floor: float) -> Rule:
    low = is_below(found.score, floor)
    why = trial.standing.get(metric, "")
    reasons = [f"{found.score:.3f} is below {floor:g}"] if low else []
    reasons += [f"informs only: {why}"] if why else []
    before = trial.baseline.rows if trial.baseline else ()
    change = next(iter(compare(before, rows, [metric])), None)
    return Rule(
        metric=f"{metric}@{found.dimension}:{found.name}",
        passed=not low,
        reason="; ".join(reasons),
        score=found.score,
        threshold=floor,
        n=found.n,
        interval=found.interval,
        not_applicable=len(rows) - found.n,
        informs=bool(why),
        group=_GROUP,
        before=change.before if change else None,
        change=change.interval if change else None,
    )
