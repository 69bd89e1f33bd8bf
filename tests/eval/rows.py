"""Runs as they are kept, for tests of what reads them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from eval.gate.verdict import Failing, Rule, Verdict
from eval.interval import mean_interval
from eval.runs.store import EvaluationRecord

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(name: str, score: float | None = 1.0, **changes: Any) -> dict[str, Any]:
    """A case that was answered from `refunds.md`; `score` is that of its decision."""
    return {
        "id": name,
        "question": f"How long is window {name}?",
        "earlier": [],
        "who": {"audience": [], "plan": "", "locale": "", "identity": "anonymous"},
        "expected": "answer",
        "articles": ["refunds.md"],
        "owners": ["Ada"],
        "locales": ["en"],
        "tags": ["refund"],
        "weight": 1.0,
        "reference": "30 days.",
        "says": [],
        "never_says": [],
        "not_articles": [],
        "expected_calls": None,
        "must_pass": False,
        "decision": "answer" if score else "handoff",
        "text": "We refund within 30 days." if score else "A person will help you.",
        "error": "",
        "decided": "confidence 0.80",
        "confidence": 0.8,
        "evidence": [{"article": "refunds.md", "heading": "Refunds", "quote": "Within 30 days."}],
        "retrieved": ["refunds.md"],
        "struck": [],
        "handoff": None,
        "conversation": [["customer", f"How long is window {name}?"], ["agent", "30 days."]],
        "calls": [],
        "end_state_differences": None,
        "answer_ms": 12.5,
        "cost": 0.0,
        "tokens": 0,
        "reused": False,
        "scores": {"decision_accuracy": score, "grounding": 1.0 if score else None},
        "reasons": {},
        "failures": {},
        **changes,
    }


def record(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    release: str = "",
    **details: Any,
) -> EvaluationRecord:
    """A run of these cases; the floor of decisions is 0.75, and those below it are named."""
    scores = [it["scores"]["decision_accuracy"] for it in rows]
    known = [score for score in scores if score is not None]
    mean = sum(known) / len(known) if known else None
    rule = Rule(
        "decision_accuracy",
        passed=mean is None or mean >= 0.75,
        reason="" if mean is None or mean >= 0.75 else f"{mean:.3f} is below 0.75",
        score=mean,
        threshold=0.75,
        n=len(known),
        interval=mean_interval(known, [1.0] * len(known)) if known else None,
    )
    failing = tuple(
        Failing(
            "decision_accuracy", it["id"], it["question"], "answer", "handoff", "not found", 0.0
        )
        for it, score in zip(rows, scores, strict=True)
        if score == 0.0
    )
    verdict = Verdict(rule.passed, len(rows), drafted=False, rules=(rule,), failing=failing)
    return EvaluationRecord(
        name, release or name, "f", NOON, verdict.to_json(), list(rows), details
    )
