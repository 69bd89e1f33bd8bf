"""How long customers wait: under a ceiling, and not clearly longer than in the live release."""

from collections.abc import Sequence
from statistics import median

import numpy as np

from eval.gate.comparison import Row
from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Failing, Rule
from eval.interval import quantile_interval

ANSWER_P95_MS = "answer_p95_ms"
SLOWER = "slower"
_NAMED = 5
# A busy machine may double a wait of some milliseconds, and a pause may hit a few cases.
_TIMES = 2
_LEAST_CASES = 3


def check_ceiling(trial: Trial) -> Check:
    """The time within which 95 % of the answers came, of the cases that were asked in this run;
    refuses over `[gate] answer_p95_ms`. The slowest cases are named."""
    asked = [row for row in trial.rows if _was_asked(row)]
    ceiling = trial.settings.answer_p95_ms
    if not asked:
        why = "no case was asked anew" if trial.rows else "there are no cases"
        rule = Rule(ANSWER_P95_MS, passed=True, reason=why, threshold=ceiling, group="speed")
        return Check(rule)
    times = [row["answer_ms"] for row in asked]
    p95 = float(np.quantile(times, 0.95))
    slow = ceiling is not None and p95 > ceiling
    reason = f"{p95:.0f} ms is over {ceiling:g} ms" if slow else ""
    rule = Rule(
        ANSWER_P95_MS,
        passed=not slow,
        reason=reason or ("" if ceiling else "has no ceiling"),
        score=p95,
        threshold=ceiling,
        n=len(times),
        interval=quantile_interval(times, 0.95),
        group="speed",
    )
    return Check(rule, tuple(_slowest(trial, ANSWER_P95_MS, asked)) if slow else ())


def check_slower(trial: Trial) -> Check:
    """Refuses when the median answer is slower than the live release's over the same cases, by
    more than `[gate] slower_ms` and at least twice as slow."""
    most = trial.settings.slower_ms
    pairs = [
        (trial.was[row["id"]], row)
        for row in trial.rows
        if _was_asked(row) and _has_was(trial, row)
    ]
    if not most or len(pairs) < _LEAST_CASES:
        why = "switched off" if not most else "too few cases were asked in both to compare"
        return Check(Rule(SLOWER, passed=True, reason=why, n=len(pairs), group="speed"))
    times = [new["answer_ms"] for _, new in pairs]
    before, after = median(old["answer_ms"] for old, _ in pairs), median(times)
    slow = after - before > most and after >= _TIMES * before
    rule = Rule(
        SLOWER,
        passed=not slow,
        reason=f"the median answer went from {before:.0f} ms to {after:.0f} ms",
        score=after,
        threshold=max(before + most, _TIMES * before),
        n=len(pairs),
        interval=quantile_interval(times, 0.5),
        group="speed",
        before=before,
    )
    slowest = _slowest(trial, SLOWER, [new for _, new in pairs]) if slow else []
    return Check(rule, tuple(slowest))


def _was_asked(row: Row) -> bool:
    return row["decision"] is not None and not row["reused"]


def _has_was(trial: Trial, row: Row) -> bool:
    return row["id"] in trial.was and trial.was[row["id"]]["decision"] is not None


def _slowest(trial: Trial, metric: str, rows: Sequence[Row]) -> list[Failing]:
    slowest = sorted(rows, key=lambda row: -row["answer_ms"])[:_NAMED]
    return [name(trial, metric, row, _waited(trial, row)) for row in slowest]


def _waited(trial: Trial, row: Row) -> str:
    now = f"{row['answer_ms']:.0f} ms"
    before = trial.was.get(row["id"])
    return f"{now}, {before['answer_ms']:.0f} ms before" if before else now
