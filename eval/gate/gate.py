"""The gate: may this release go live? A pure decision on an evaluation."""

from collections.abc import Iterator, Mapping, Sequence

from eval.gate.confusion import confusion
from eval.gate.regression import check_regression
from eval.gate.rules.answering import ANSWERING, check_answering
from eval.gate.rules.cost import check_cost
from eval.gate.rules.floors import check_floors, floors_of
from eval.gate.rules.lost import check_lost
from eval.gate.rules.must_pass import check_must_pass
from eval.gate.rules.new_findings import check_findings
from eval.gate.rules.obsolete import check_obsolete
from eval.gate.rules.size import CASES, check_size, has_few
from eval.gate.rules.sliced import check_slices
from eval.gate.rules.speed import check_ceiling, check_slower
from eval.gate.rules.trial import Baseline, Trial
from eval.gate.rules.writing import check_writing
from eval.gate.verdict import Check, Verdict
from eval.scoring.evaluation import Evaluation
from kb.findings import Finding
from kb.settings import GateSettings
from kb.types import Article

__all__ = ["ANSWERING", "CASES", "DRAFTED_NOTE", "FEW_NOTE", "floors_of", "judge"]

DRAFTED_NOTE = (
    "The questions were drafted from the articles' headings and are easier than customers' own. "
    "Write a golden set to be sure: a JSONL file with one {id, question, decision: "
    "answer|handoff|clarify, reference, articles: [path]} a line, named by [sources] golden."
)
FEW_NOTE = (
    "The headings gave too few questions to judge by, so floors only inform, grounding's apart: "
    "a golden set makes them hold."
)


def judge(
    evaluation: Evaluation,
    settings: GateSettings,
    checks: Sequence[Check] = (),
    *,
    baseline: Baseline | None = None,
    articles: Sequence[Article] = (),
    findings: Sequence[Finding] = (),
    standing: Mapping[str, str] | None = None,
    part: bool = False,
) -> Verdict:
    """Passes when every rule of `eval.gate.rules` does, and every one of `checks`; those that
    inform are told and refuse nothing. `baseline` is the live release, `articles` those of the
    release that was tried, `findings` all that are known; `standing` says by judged metric why
    it may not block. Of a `part` of the cases the rules on the set only inform. The same
    evaluation gives the same verdict."""
    trial = Trial(evaluation, settings, baseline, articles, findings, standing or {}, part)
    judged = [*_checks(trial), *checks]
    return Verdict(
        passed=all(check.rule.passed or check.rule.informs for check in judged),
        cases=len(evaluation.results),
        drafted=evaluation.drafted,
        rules=tuple(check.rule for check in judged),
        failing=tuple(item for check in judged for item in check.failing),
        notes=(
            *_notes(evaluation, settings.min_cases),
            *(it for one in judged for it in one.notes),
        ),
        confusion=confusion(trial.rows),
    )


def _checks(trial: Trial) -> Iterator[Check]:
    """In the order in which they are read: the set, the scores, then everything beside them."""
    yield check_size(trial)
    yield check_answering(trial)
    yield from check_floors(trial)
    yield from check_slices(trial)
    if trial.baseline and trial.settings.regression_p:
        p, informing = trial.settings.regression_p, trial.standing
        yield check_regression(trial.baseline.rows, trial.rows, p, informing)
    yield check_must_pass(trial)
    yield check_lost(trial)
    yield check_obsolete(trial)
    yield check_findings(trial)
    yield check_ceiling(trial)
    yield check_slower(trial)
    yield check_cost(trial)
    yield from check_writing(trial)


def _notes(evaluation: Evaluation, least: int) -> Iterator[str]:
    if evaluation.drafted:
        yield DRAFTED_NOTE
    if has_few(evaluation, least):
        yield FEW_NOTE
    for reason in dict.fromkeys(evaluation.skipped.values()):
        names = [name for name, why in evaluation.skipped.items() if why == reason]
        yield f"Not tried, since {reason}: {', '.join(names)}."
    yield from evaluation.notes
