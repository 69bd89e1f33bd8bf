"""A refused run beside the live one, with hostile texts in it."""

from dataclasses import replace
from datetime import UTC, datetime

from eval.formats.report import Report
from eval.runs.store import EvaluationRecord
from eval.scoring.evaluation import CaseResult
from kb.settings import GateSettings
from tests.eval.rules.trials import case, evaluation, result, verdict
from tests.eval.turns import answer, handoff

NOON = datetime(2026, 11, 22, 12, 30, 5, tzinfo=UTC)
HOSTILE = (
    "</details></code><script>alert(1)</script> @everyone #1 [x](https://evil.example) | ]]> "
    "\x1b[31m\x00\ud800 ``` **bold** https://evil.example"
)
LINES = {f"g{number:02}": number + 1 for number in range(30)}


def run(results: list[CaseResult], live: list[CaseResult] | None = None) -> EvaluationRecord:
    settings = GateSettings(min_cases=1)
    judged = verdict(results, live, settings)
    rows = evaluation(results).rows()
    return EvaluationRecord("run-1", "r2", "f", NOON, judged.to_json(), rows)


def report(hostile: str = "", failing: int = 12, of: int = 30) -> Report:
    """The first cases invent now and must pass; the live release had all of them right."""
    cases = [
        case(f"g{number:02}", question=f"How long? {hostile}", must_pass=number < 3)
        for number in range(of)
    ]
    live = [result(it) for it in cases]
    wrong = answer(text=f"Within 90 days. {hostile}")
    now = [
        result(it, wrong, grounding=0.0, decision_accuracy=1.0)
        if number < failing
        else live[number]
        for number, it in enumerate(cases)
    ]
    before = run(live)
    return Report(
        record=run(now, live),
        before=replace(before, release_id="r1"),
        center="Fernbank Help",
        page="/tmp/r2.html",
        golden="eval/golden set.jsonl",
        lines=LINES,
        articles={"refunds.md": "docs/refunds.md"},
    )


def passed() -> Report:
    return Report(run([result(case(f"g{number:02}")) for number in range(12)]))


def crashed() -> Report:
    asked = case("g00")
    gone = CaseResult(asked, None, 5.0, error="RuntimeError: no index")
    return Report(run([gone, *(result(case(f"g{it:02}"), handoff()) for it in range(1, 12))]))
