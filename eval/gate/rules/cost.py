"""What a case costs: under a ceiling."""

from dataclasses import replace

from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule
from eval.interval import mean_interval

COST_PER_CASE = "cost_per_case"
_NAMED = 5


def check_cost(trial: Trial) -> Check:
    """The mean cost of a case, one that was not asked again at what it cost before; refuses over
    `[gate] cost_per_case`. The cases that cost most are named."""
    ceiling = trial.settings.cost_per_case
    costs = [row["cost"] for row in trial.rows]
    if not costs or (ceiling is None and not any(costs)):
        why = "nothing was spent" if costs else "there are no cases"
        rule = Rule(COST_PER_CASE, passed=True, reason=why, threshold=ceiling, group="cost")
        return Check(replace(rule, n=len(costs)))
    mean = sum(costs) / len(costs)
    over = ceiling is not None and mean > ceiling
    rule = Rule(
        COST_PER_CASE,
        passed=not over,
        reason=f"{mean:g} is over {ceiling:g}" if over else "" if ceiling else "has no ceiling",
        score=mean,
        threshold=ceiling,
        n=len(costs),
        interval=mean_interval(costs, [1.0] * len(costs)),
        group="cost",
    )
    dearest = sorted(trial.rows, key=lambda row: -row["cost"])[:_NAMED] if over else []
    failing = [
        name(trial, COST_PER_CASE, row, f"{row['cost']:g}, {row['tokens']} tokens")
        for row in dearest
    ]
    return Check(rule, tuple(failing))
