"""The gate: may this release go live? A pure decision on an evaluation."""

from collections.abc import Iterator, Mapping, Sequence

from agent.types import Decision
from eval.evaluation import Aggregate, CaseResult, Evaluation, MetricFailure, Score
from eval.verdict import Check, Failing, Rule, Verdict
from kb.settings import GateSettings

CASES = "cases"
ANSWERING = "answering"
DRAFTED_NOTE = (
    "The questions were drafted from the articles' headings and are easier than customers' own. "
    "Write a golden set to be sure: a JSONL file with one {id, question, decision: "
    "answer|handoff|clarify, reference, articles: [path]} a line, named by [sources] golden."
)
FEW_NOTE = (
    "The headings gave too few questions to judge by, so floors only inform, grounding's apart: "
    "a golden set makes them hold."
)
# What holds for a single sentence, however few there are.
_ALWAYS = frozenset({"grounding"})
# Settings that are numbers and no floors of a metric.
_NO_FLOORS = frozenset({"regression_p", "answer_p95_ms", "slower_ms", "cost_per_case"})
# Sums of shares miss a floor such as 0.8 by rounding.
_TOLERANCE = 1e-9
_SHOWN_CHARS = 300


def judge(evaluation: Evaluation, settings: GateSettings, checks: Sequence[Check] = ()) -> Verdict:
    """Passes when every rule does: enough cases, no crash, every metric computed wherever it
    applies, every mean at or above its floor, and every one of `checks`. Of fewer than
    `min_cases` drafted questions the floors only inform. The same evaluation gives the same
    verdict."""
    floors = floors_of(settings)
    if _has_few(evaluation, settings.min_cases):
        floors = {name: floor for name, floor in floors.items() if name in _ALWAYS}
    known = {found.metric: found for found in evaluation.aggregates}
    rules = [
        _judge_size(evaluation, settings.min_cases),
        _judge_answering(evaluation),
        *(_judge_floor(name, floor, known, evaluation) for name, floor in floors.items()),
        *(_judge_floorless(found) for name, found in known.items() if name not in floors),
        *(check.rule for check in checks),
    ]
    failing = [item for rule in rules for item in _failing(rule, evaluation)]
    failing += [item for check in checks for item in check.failing]
    return Verdict(
        passed=all(rule.passed for rule in rules),
        cases=len(evaluation.results),
        drafted=evaluation.drafted,
        rules=tuple(rules),
        failing=tuple(failing),
        notes=tuple(_notes(evaluation, settings.min_cases)),
    )


def floors_of(settings: GateSettings) -> dict[str, float]:
    """Metric name to floor, in the order of the settings."""
    return {
        name: value
        for name, value in settings
        if isinstance(value, float) and name not in _NO_FLOORS
    }


def _judge_size(evaluation: Evaluation, least: int) -> Rule:
    """Of a drafted set the questions from headings count: there may be no more headings."""
    results = evaluation.results
    if not evaluation.drafted:
        n, passed = len(results), len(results) >= least
        reason = "" if passed else "the golden set is empty" if not n else "too few cases"
        return Rule(CASES, passed, reason, float(n), float(least), n)
    n = _due_answers(evaluation)
    few = n < least
    reason = f"the headings gave {n} questions" if few else ""
    floor = None if few else float(least)
    return Rule(CASES, passed=True, reason=reason, score=float(n), threshold=floor, n=n)


def _due_answers(evaluation: Evaluation) -> int:
    return sum(it.case.decision is not Decision.HANDOFF for it in evaluation.results)


def _has_few(evaluation: Evaluation, least: int) -> bool:
    return evaluation.drafted and _due_answers(evaluation) < least


def _judge_answering(evaluation: Evaluation) -> Rule:
    n = len(evaluation.results)
    crashed = [result for result in evaluation.results if result.turn is None]
    reason = f"{len(crashed)} of {n} crashed: {crashed[0].error}" if crashed else ""
    score = (n - len(crashed)) / n if n else None
    return Rule(ANSWERING, not crashed, reason, score, 1.0, n, failed=len(crashed))


def _judge_floor(
    name: str, floor: float, known: Mapping[str, Aggregate], evaluation: Evaluation
) -> Rule:
    if name in evaluation.skipped:
        reason = f"not tried: {evaluation.skipped[name]}"
        return Rule(name, passed=True, reason=reason, threshold=floor)
    if name not in known:
        return Rule(name, passed=False, reason="was not computed", threshold=floor)
    found = known[name]
    if found.failed:
        return _refuse(found, floor, _could_not(found))
    if found.score is None and found.due:
        return _refuse(found, floor, f"no case has a score, and {found.due} should have one")
    if found.score is None:
        return _pass(found, floor, "applies to no case")
    if _is_below(found.score, floor):
        return _refuse(found, floor, f"{found.score:.3f} is below {floor:g}")
    return _pass(found, floor, "")


def _judge_floorless(found: Aggregate) -> Rule:
    if found.failed:
        return _refuse(found, None, _could_not(found))
    return _pass(found, None, "has no floor" if found.n else "applies to no case")


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


def _failing(rule: Rule, evaluation: Evaluation) -> Iterator[Failing]:
    for result in evaluation.results:
        outcome = result.outcomes.get(rule.metric)
        if rule.metric == ANSWERING and result.turn is None:
            yield _name(rule, result, f"answering crashed: {result.error}")
        elif isinstance(outcome, MetricFailure):
            yield _name(rule, result, f"could not be computed: {outcome.reason}")
        elif isinstance(outcome, Score) and _is_below(outcome.value, rule.threshold):
            why = outcome.why or (result.turn.reason if result.turn else "")
            yield _name(rule, result, why, outcome.value)


def _is_below(value: float, threshold: float | None) -> bool:
    return threshold is not None and value < threshold - _TOLERANCE


def _name(rule: Rule, result: CaseResult, why: str, score: float | None = None) -> Failing:
    case, turn = result.case, result.turn
    articles = f" from {', '.join(case.articles)}" if case.articles else ""
    got = f"{turn.decision.value}: {turn.text}" if turn else "nothing"
    return Failing(
        metric=rule.metric,
        case_id=case.id,
        question=_shorten(case.question),
        expected=f"{case.decision.value}{articles}",
        got=_shorten(got),
        why=_shorten(why),
        score=score,
    )


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else f"{flat[: _SHOWN_CHARS - 1]}…"


def _notes(evaluation: Evaluation, least: int) -> Iterator[str]:
    if evaluation.drafted:
        yield DRAFTED_NOTE
    if _has_few(evaluation, least):
        yield FEW_NOTE
    for reason in dict.fromkeys(evaluation.skipped.values()):
        names = [name for name, why in evaluation.skipped.items() if why == reason]
        yield f"Not tried, since {reason}: {', '.join(names)}."
    yield from evaluation.notes
