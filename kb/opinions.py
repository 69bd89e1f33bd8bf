"""What a second judge says of contradictions, applied: it confirms or lowers, and never raises."""

from collections.abc import Sequence
from dataclasses import replace

from kb.findings import Finding, FindingKind, Opinion, Severity, Verdict
from kb.ports import SecondJudge


def consulted(findings: Sequence[Finding], judge: SecondJudge) -> tuple[list[Finding], int]:
    """The findings in their order, each contradiction as the judge left it, and how many
    contradictions it said nothing of.

    The gravest are asked about first, so that a budget goes to them. A lowered one gets the
    judge's confidence and the lowest severity, and stays, so that its owner can see why. Where
    the judge says nothing the finding is as it was. `details` gets judge, judge_verdict,
    judge_confidence and judge_reason.
    """
    asked = sorted((f for f in findings if f.kind is FindingKind.CONTRADICTION), key=_gravest_first)
    opinions = dict(zip((f.id for f in asked), judge(asked), strict=True))
    judged = [_applied(finding, opinions.get(finding.id)) for finding in findings]
    return judged, sum(1 for opinion in opinions.values() if opinion is None)


def _gravest_first(finding: Finding) -> tuple[int, float, str]:
    return -finding.severity, -finding.confidence, finding.id


def _applied(finding: Finding, opinion: Opinion | None) -> Finding:
    if opinion is None:
        return finding
    details = {
        **finding.details,
        "judge": opinion.judge,
        "judge_verdict": opinion.verdict.value,
        "judge_confidence": f"{opinion.confidence:.2f}",
        "judge_reason": opinion.reason,
    }
    if opinion.verdict is Verdict.CONFIRMED:
        return replace(finding, details=details)
    lower = min(finding.confidence, opinion.confidence)
    return replace(finding, details=details, confidence=lower, severity=Severity.LOW)
