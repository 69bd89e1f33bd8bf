"""What a language model writes that grounding must strike, and how often it fails to write."""

from collections.abc import Callable, Sequence

from agent.answers.ground import split_statements
from eval.gate.comparison import Row, compare
from eval.gate.regression import describe
from eval.gate.rules.naming import name
from eval.gate.rules.trial import Trial
from eval.gate.verdict import Check, Failing, Rule
from eval.interval import mean_interval, weighted_mean

WRITTEN = "written_supported"
MODELLED = "written_by_model"
# Who writes when no model does, or when what it wrote can't stand.
QUOTING = "extractive"


def check_writing(trial: Trial) -> list[Check]:
    """Of cases in which a model was to write: the share of its sentences that its sources
    support, and the share of answers that are its own and not quoted in its stead. Grounding
    strikes the others before a customer reads them, which hides a prompt that invents: so each
    refuses when it is significantly below the live release's."""
    if not any(_has_model(row) for row in trial.rows):
        why = "no language model writes"
        rules = [Rule(it, passed=True, reason=why, group="writing") for it in (WRITTEN, MODELLED)]
        return [Check(rule) for rule in rules]
    return [_check(trial, WRITTEN, _supported), _check(trial, MODELLED, _own)]


def _check(trial: Trial, metric: str, score: Callable[[Row], float | None]) -> Check:
    after = _scored(trial.rows, metric, score)
    before = _scored(trial.baseline.rows, metric, score) if trial.baseline else []
    change = next(iter(compare(before, after)), None)
    scored = [row for row in after if row["scores"][metric] is not None]
    values = [row["scores"][metric] for row in scored]
    weights = [row["weight"] for row in scored]
    fell = change is not None and change.is_regression(trial.settings.regression_p)
    rule = Rule(
        metric,
        passed=not fell,
        reason=describe(change) if change and fell else "",
        score=weighted_mean(values, weights) if values else None,
        n=len(values),
        interval=mean_interval(values, weights) if values else None,
        not_applicable=len(after) - len(values),
        group="writing",
        before=change.before if change else None,
        change=change.interval if change else None,
    )
    worse = change.worse if change and fell else ()
    rows = [row for row in after if row["id"] in worse]
    return Check(rule, tuple(_failing(trial, metric, row) for row in rows))


def _failing(trial: Trial, metric: str, row: Row) -> Failing:
    struck = " / ".join(row["struck"]) or "nothing was struck"
    why = f"struck: {struck}" if metric == WRITTEN else f"written by {row['writer'] or 'nobody'}"
    return name(trial, metric, row, why, row["scores"][metric])


def _scored(rows: Sequence[Row], metric: str, score: Callable[[Row], float | None]) -> list[Row]:
    return [{**row, "scores": {metric: score(row)}} for row in rows]


def _has_model(row: Row) -> bool:
    """Whether a language model was there to write."""
    return bool(row.get("modelled"))


def _supported(row: Row) -> float | None:
    if not _has_model(row):
        return None
    struck = len(row["struck"])
    kept = len(split_statements(row["text"] or "")) if row["writer"] not in ("", QUOTING) else 0
    return kept / (kept + struck) if kept + struck else None


def _own(row: Row) -> float | None:
    """Nobody writes what the agent says in words of its own, such as a greeting."""
    if not _has_model(row) or not row["writer"]:
        return None
    return float(row["writer"] != QUOTING)
