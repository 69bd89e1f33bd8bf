"""Every metric computed wherever it applies, and no mean under its floor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eval.gate.rules.naming import name
from eval.gate.rules.size import has_few
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Failing, Rule
from eval.scoring.evaluation import Aggregate
from kb.settings import GateSettings

# What holds for a single sentence, however few there are.
_ALWAYS = frozenset({"grounding"})
# Settings that are numbers and no floors of a metric.
_NO_FLOORS = frozenset({"regression_p", "answer_p95_ms", "slower_ms", "cost_per_case"})
# Sums of shares miss a floor such as 0.8 by rounding.
_TOLERANCE = 1e-9


def floors_of(settings: GateSettings) -> dict[str, float]:
    """Metric name to floor, in the order of the settings, those of `[gate.floors]` last."""
    named = {
        name: value
        for name, value in settings
        if isinstance(value, float) and name not in _NO_FLOORS
    }
    return {**named, **settings.floors}


def check_floors(trial: Trial) -> list[Check]:
    """One rule a metric: those with floors in the order of the settings, then the others, which
    only must have been computed. Of too few drafted questions the floors only inform, except
    grounding's; a judged metric without standing informs too."""
    floors = floors_of(trial.settings)
    if has_few(trial.evaluation, trial.settings.min_cases):
        floors = {name: floor for name, floor in floors.items() if name in _ALWAYS}
    known = {found.metric: found for found in trial.evaluation.aggregates}
    rules = [
        *(_judge(trial, name, floor, known) for name, floor in floors.items()),
        *(_judge_floorless(found) for name, found in known.items() if name not in floors),
    ]
    return [_check(trial, _weighed(trial, rule)) for rule in rules]


def is_below(value: float, threshold: float | None) -> bool:
    """Whether it misses the floor, by more than rounding explains."""
    return threshold is not None and value < threshold - _TOLERANCE


def _judge(trial: Trial, name: str, floor: float, known: Mapping[str, Aggregate]) -> Rule:
    skipped = trial.evaluation.skipped
    if name in skipped:
        return Rule(name, passed=True, reason=f"not tried: {skipped[name]}", threshold=floor)
    if name not in known:
        return Rule(name, passed=False, reason="was not computed", threshold=floor)
    found = known[name]
    if found.failed:
        return _refuse(found, floor, _could_not(found))
    if found.score is None and found.due:
        return _refuse(found, floor, f"no case has a score, and {found.due} should have one")
    if found.score is None:
        return _pass(found, floor, "applies to no case")
    if is_below(found.score, floor):
        return _refuse(found, floor, f"{found.score:.3f} is below {floor:g}")
    return _pass(found, floor, "")


def _judge_floorless(found: Aggregate) -> Rule:
    if found.failed:
        return _refuse(found, None, _could_not(found))
    return _pass(found, None, "has no floor" if found.n else "applies to no case")


def _weighed(trial: Trial, rule: Rule) -> Rule:
    """With what the live release reached, and whether it may refuse at all."""
    change = trial.changes.get(rule.metric)
    if change is not None:
        rule = replace(rule, before=change.before, change=change.interval)
    why = trial.standing.get(rule.metric)
    # A judge that failed is no verdict, whatever its verdicts weigh.
    if why is None or rule.failed or rule.metric in trial.evaluation.skipped:
        return rule
    reason = f"{rule.reason}; informs only: {why}" if rule.reason else f"informs only: {why}"
    return replace(rule, informs=True, reason=reason)


def _check(trial: Trial, rule: Rule) -> Check:
    failing, fell = worse_first(trial, rule.metric, list(_failing(trial, rule)))
    if rule.passed or not trial.was or not failing:
        return Check(rule, failing)
    told = f"{fell} of the {len(failing)} cases are new or worse than in the live release"
    return Check(replace(rule, reason=f"{rule.reason}; {told}"), failing)


def worse_first(
    trial: Trial, metric: str, failing: Sequence[Failing]
) -> tuple[tuple[Failing, ...], int]:
    """Those that the live release did better in, or was never asked, before those that it missed
    just the same; and how many the former are."""

    def fell(item: Failing) -> bool:
        before = trial.was.get(item.case_id)
        was = before["scores"].get(metric) if before else None
        return was is None or item.score is None or item.score < was - _TOLERANCE

    ordered = sorted(failing, key=lambda item: not fell(item))
    return tuple(ordered), sum(map(fell, failing))


def _failing(trial: Trial, rule: Rule) -> Iterator[Failing]:
    for row in trial.rows:
        score = row["scores"].get(rule.metric)
        if rule.metric in row["failures"]:
            why = f"could not be computed: {row['failures'][rule.metric]}"
            yield name(trial, rule.metric, row, why)
        elif score is not None and is_below(score, rule.threshold):
            why = row["reasons"].get(rule.metric) or row["decided"]
            yield name(trial, rule.metric, row, why, score)


def _could_not(found: Aggregate) -> str:
    return f"could not be computed for {found.failed} of {found.failed + found.n} cases"


def _pass(found: Aggregate, floor: float | None, reason: str) -> Rule:
    return _rule(found, floor, reason, passed=True)


def _refuse(found: Aggregate, floor: float | None, reason: str) -> Rule:
    return _rule(found, floor, reason, passed=False)


def _rule(found: Aggregate, floor: float | None, reason: str, *, passed: bool) -> Rule:
    return Rule(
        metric=found.metric,
        passed=passed,
        reason=reason,
        score=found.score,
        threshold=floor,
        n=found.n,
        interval=found.interval,
        failed=found.failed,
        not_applicable=found.not_applicable,
    )
