"""Drift: what moved between two evaluations of the same release.

The articles, procedures and settings are pinned, so that what moves comes from elsewhere: another
model behind the same name, a judge that judges otherwise, a backend, a slower machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from eval.gate.comparison import Comparison, Row, compare, key
from eval.gate.regression import describe
from eval.gate.verdict import Verdict
from eval.runs.store import EvaluationRecord
from kb.settings import GateSettings

# What the name of a part ends in that is as its endpoint tells.
REPORTED = "as reported"
VERDICT, SCORE, JUDGE, LATENCY, MODEL = "verdict", "score", "judge", "latency", "model"
# The level of all tests together where the gate's own is switched off.
_LEVEL = 0.05
# A median that doubled is slower by more than a busy machine explains.
_FACTOR = 2.0


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that moved: of which `kind`, said in a sentence, and the cases that show it."""

    kind: str
    text: str
    cases: tuple[str, ...] = ()


def drift(
    before: EvaluationRecord, after: EvaluationRecord, settings: GateSettings
) -> tuple[Moved, ...]:
    """What moved for the worse since `before`, the gravest first; and whatever a judge says
    otherwise of the same words, for the better too. Scores by the tests of the release's gate (the
    paired bootstrap's interval and McNemar's test, at `regression_p` over all metrics), over the
    cases that are the same in both."""
    was, now = before.cases, after.cases
    level = settings.regression_p or _LEVEL
    judged = _judged(after)
    return (
        *_verdict(before, after),
        *_models(before, after),
        *_judge(was, now, judged, level),
        *_scores(was, now, judged, level),
        *_latency(was, now, settings.slower_ms),
    )


def _verdict(before: EvaluationRecord, after: EvaluationRecord) -> Iterator[Moved]:
    if not before.verdict.get("passed") or after.verdict.get("passed"):
        return
    verdict = Verdict.from_json(after.verdict)
    broken = {rule.metric for rule in verdict.broken}
    reasons = "; ".join(
        f"{rule.metric.replace('_', ' ')}: {rule.reason}" for rule in verdict.broken
    )
    cases = dict.fromkeys(item.case_id for item in verdict.failing if item.metric in broken)
    yield Moved(VERDICT, f"it would be refused now ({reasons})", tuple(cases))


def _models(before: EvaluationRecord, after: EvaluationRecord) -> Iterator[Moved]:
    was, now = before.details.get("models"), after.details.get("models")
    for text in changed_models(was or {}, now or {}):
        yield Moved(MODEL, text)


def changed_models(was: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """A sentence for each model that is another one. What one side does not know of is no change,
    and neither is what an endpoint did not tell once."""
    return [
        f"the {part} was {was[part] or 'none'} and is {value or 'none'}"
        for part, value in now.items()
        if part in was and was[part] != value and not _untold(part, was[part], value)
    ]


def _untold(part: str, *told: object) -> bool:
    return part.endswith(REPORTED) and None in told


def _judge(
    was: Sequence[Row], now: Sequence[Row], judged: frozenset[str], level: float
) -> Iterator[Moved]:
    """Other verdicts on the same words: the judge is another, whatever it is called."""
    known = {key(row): row for row in was}
    same = [row for row in now if _says_the_same(known.get(key(row)), row)]
    for item in _moved(was, same, judged, level):
        yield Moved(JUDGE, f"on the same answers {describe(item)}", item.worse)
    for item in _moved(same, was, judged, level):
        name = item.metric.replace("_", " ")
        risen = f"{name} rose from {item.after:.3f} to {item.before:.3f}"
        yield Moved(JUDGE, f"on the same answers {risen}: the judge is milder", item.worse)


def _scores(
    was: Sequence[Row], now: Sequence[Row], judged: frozenset[str], level: float
) -> Iterator[Moved]:
    metrics = {name for row in now for name in row["scores"]} - judged
    for item in _moved(was, now, metrics, level):
        yield Moved(SCORE, describe(item), item.worse)


def _moved(
    was: Sequence[Row], now: Sequence[Row], metrics: frozenset[str] | set[str], level: float
) -> list[Comparison]:
    found = [item for item in compare(was, now) if item.metric in metrics]
    tested = max(1, sum(bool(item.worse or item.better) for item in found))
    return [item for item in found if item.is_regression(level / tested)]


def _latency(was: Sequence[Row], now: Sequence[Row], slower_ms: float) -> Iterator[Moved]:
    pairs = _timed(was, now)
    if not pairs or not slower_ms:
        return
    before, after = (median(times) for times in zip(*pairs, strict=True))
    if after > before + slower_ms and after > before * _FACTOR:
        yield Moved(LATENCY, f"the median answer took {before:.0f} ms and takes {after:.0f} ms")


def _timed(was: Sequence[Row], now: Sequence[Row]) -> list[tuple[float, float]]:
    known = {key(row): row["answer_ms"] for row in was if row.get("decision")}
    return [
        (known[key(row)], row["answer_ms"])
        for row in now
        if row.get("decision") and key(row) in known
    ]


def _judged(record: EvaluationRecord) -> frozenset[str]:
    judge = record.details.get("judge") or {}
    return frozenset(judge.get("metrics") or ())


def _says_the_same(old: Row | None, new: Row) -> bool:
    return old is not None and (old["decision"], old["text"]) == (new["decision"], new["text"])
