"""No question may crash the agent."""

from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule
from eval.interval import mean_interval

ANSWERING = "answering"


def check_answering(trial: Trial) -> Check:
    """Passes when every case has a turn; each that crashed is named with its error."""
    n = len(trial.rows)
    crashed = [row for row in trial.rows if row["decision"] is None]
    reason = f"{len(crashed)} of {n} crashed: {crashed[0]['error']}" if crashed else ""
    rule = Rule(
        ANSWERING,
        passed=not crashed,
        reason=reason,
        score=(n - len(crashed)) / n if n else None,
        threshold=1.0,
        n=n,
        interval=mean_interval([1.0] * (n - len(crashed)) + [0.0] * len(crashed), [1.0] * n)
        if n
        else None,
        failed=len(crashed),
        group="set",
    )
    failing = [name(trial, ANSWERING, row, f"answering crashed: {row['error']}") for row in crashed]
    return Check(rule, tuple(failing))
