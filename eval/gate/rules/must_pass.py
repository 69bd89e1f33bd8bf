"""Cases that no release may get wrong."""

from eval.gate.rules.naming import name
from eval.gate.rules.right import mistakes
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule
from eval.interval import mean_interval

MUST_PASS = "must_pass"  # noqa: S105 no secret: a field of a case


def check_must_pass(trial: Trial) -> Check:
    """Refuses when a case marked `must_pass` is not right: its decision, facts, grounding, source,
    actions and end state, whichever apply. Names it with all that is wrong."""
    rows = [row for row in trial.rows if row["must_pass"]]
    wrong = {row["id"]: found for row in rows if (found := list(mistakes(row)))}
    right = [float(row["id"] not in wrong) for row in rows]
    rule = Rule(
        MUST_PASS,
        passed=not wrong,
        reason=_reason(len(wrong), len(rows)),
        score=sum(right) / len(right) if right else None,
        threshold=1.0,
        n=len(rows),
        interval=mean_interval(right, [1.0] * len(right)) if right else None,
        group="cases",
    )
    failing = [
        name(trial, MUST_PASS, row, "; ".join(wrong[row["id"]]), 0.0)
        for row in rows
        if row["id"] in wrong
    ]
    return Check(rule, tuple(failing))


def _reason(wrong: int, n: int) -> str:
    if not n:
        return "no case is marked must_pass"
    return f"{wrong} of {n} that must pass are wrong" if wrong else ""
