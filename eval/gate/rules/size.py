"""Enough cases, and the same that the live release was judged by."""

from agent.types import Decision
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Rule
from eval.scoring.evaluation import Evaluation

CASES = "cases"
_NAMED = 10
# A golden set that lost more than this share of its cases is another one.
_MOST_LOST = 0.5


def check_size(trial: Trial) -> Check:
    """Refuses a golden set that is empty or too small, and one that lost more than half of the
    cases that the live release was judged by; fewer that are gone are noted with their ids. Of a
    drafted set the questions from headings count: there may be no more headings."""
    evaluation, least = trial.evaluation, trial.settings.min_cases
    if evaluation.drafted:
        return Check(_drafted(evaluation, least))
    n = len(evaluation.results)
    gone = _gone(trial)
    known = len(trial.baseline.cases) if trial.baseline else 0
    shrunk = len(gone) > _MOST_LOST * known
    reason = _reason(n, least, len(gone) if shrunk else 0, known)
    passed = trial.part or not reason
    rule = Rule(CASES, passed, reason, float(n), float(least), n, informs=trial.part, group="set")
    if not gone:
        return Check(rule)
    named = ", ".join(gone[:_NAMED]) + (f" and {len(gone) - _NAMED} more" * (len(gone) > _NAMED))
    note = f"Cases that the live release was judged by are gone from the golden set: {named}."
    return Check(rule, notes=(note,))


def has_few(evaluation: Evaluation, least: int) -> bool:
    """Whether there are too few drafted questions for floors to hold."""
    return evaluation.drafted and _due_answers(evaluation) < least


def _reason(n: int, least: int, lost: int, known: int) -> str:
    if not n:
        return "the golden set is empty"
    if n < least:
        return "too few cases"
    if lost:
        return f"{lost} of the {known} cases that the live release was judged by are gone"
    return ""


def _gone(trial: Trial) -> list[str]:
    """Ids alone count: a case may be rewritten."""
    if trial.baseline is None or trial.part:
        return []
    kept = {row["id"] for row in trial.rows}
    return [name for name in trial.baseline.cases if name not in kept]


def _drafted(evaluation: Evaluation, least: int) -> Rule:
    n = _due_answers(evaluation)
    few = n < least
    reason = f"the headings gave {n} questions" if few else ""
    floor = None if few else float(least)
    return Rule(
        CASES, passed=True, reason=reason, score=float(n), threshold=floor, n=n, group="set"
    )


def _due_answers(evaluation: Evaluation) -> int:
    return sum(it.case.decision is not Decision.HANDOFF for it in evaluation.results)
