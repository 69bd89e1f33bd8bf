from collections.abc import Sequence

from kb.findings import Evidence, Finding, FindingKind, Opinion, Severity, Verdict
from kb.opinions import consulted


class Says:
    """A second judge that has its opinions by the title of a finding."""

    name = "tester"

    def __init__(self, **opinions: Opinion | None) -> None:
        self._opinions = opinions
        self.asked: list[str] = []

    def __call__(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        self.asked = [finding.title for finding in findings]
        return [self._opinions.get(finding.title) for finding in findings]


def make(
    title: str,
    confidence: float = 0.8,
    kind: FindingKind = FindingKind.CONTRADICTION,
    severity: Severity = Severity.HIGH,
) -> Finding:
    quote = Evidence("a", "a.md", "A", "It takes 3 days.", 0, 16)
    return Finding(title, kind, severity, confidence, title, "e", "s", (quote,))


def opinion(verdict: Verdict, confidence: float) -> Opinion:
    return Opinion(verdict, confidence, "They speak of two plans.", "tester")


def test_a_confirmed_contradiction_keeps_its_confidence_however_sure_the_judge_is() -> None:
    found, unjudged = consulted([make("x", 0.6)], Says(x=opinion(Verdict.CONFIRMED, 0.99)))
    assert (found[0].confidence, found[0].severity, unjudged) == (0.6, Severity.HIGH, 0)
    assert found[0].details["judge_verdict"] == "confirmed"


def test_a_lowered_one_stands_last_and_tells_why() -> None:
    (found,), _ = consulted([make("x", 0.9)], Says(x=opinion(Verdict.LOWERED, 0.2)))
    assert (found.confidence, found.severity) == (0.2, Severity.LOW)
    assert found.details["judge"] == "tester"
    assert found.details["judge_reason"] == "They speak of two plans."


def test_lowering_never_raises() -> None:
    (found,), _ = consulted([make("x", 0.5)], Says(x=opinion(Verdict.LOWERED, 0.9)))
    assert found.confidence == 0.5


def test_where_the_judge_says_nothing_the_finding_is_as_the_rules_made_it() -> None:
    assert consulted([make("x")], Says(x=None)) == ([make("x")], 1)


def test_only_contradictions_are_judged_the_gravest_first_and_the_order_stays() -> None:
    findings = [
        make("mild", 0.9, severity=Severity.LOW),
        make("stale", kind=FindingKind.STALE),
        make("unsure", 0.5),
        make("sure", 0.9),
    ]
    judge = Says()
    found, unjudged = consulted(findings, judge)
    assert judge.asked == ["sure", "unsure", "mild"]
    assert (found, unjudged) == (findings, 3)
