"""Expected harm: the order in which findings are worth their owner's time.

    harm = S x (1 + C) / 2 x (1 + 3 E) / 4 x (0.85 + 0.15 A)

S, severity of the subject: 1 for high, 0.4 for medium, 0.1 for low. C, confidence in [0, 1].
E, exposure in [0, 1): R / (R + 20), where R is how many times customers met it: each citation of
the quoted words counts 1, each citation of another place in a quoted article 0.2, each retrieval
of a quoted article 0.05, each question of a gap 1. A, age in [0, 1): 1 - exp(-d / 60), d days
since it was first seen.

Harm grows with each of them. The constants are set so that without any usage a graver finding
always stands before a less grave one whatever their confidence and age (the widest range of the
other factors is 1 to 0.425, the steps of S are 1 to 0.4 and 0.4 to 0.1), while one that customers
are told daily can pass a graver one that nobody meets. At R = 20 a finding counts 2.5 times as
much as at R = 0, and never more than 4 times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from math import exp

from kb.findings import Finding, Severity, Usage

SEVERITY = {Severity.HIGH: 1.0, Severity.MEDIUM: 0.4, Severity.LOW: 0.1}
_CITED, _NEAR, _RETRIEVED = 1.0, 0.2, 0.05
_HALF_EXPOSED = 20.0
_LEAST_EXPOSED = 0.25
_NEW, _AGEING_DAYS = 0.85, 60.0
QUESTIONS = "questions"
"""Key of `Finding.details` under which a gap tells how many questions nobody answered."""


def harm(finding: Finding, usage: Mapping[str, Usage], today: date) -> float:
    """In [0, 1], by the formula above. `usage` is by article path."""
    sure = (1 + finding.confidence) / 2
    exposed = _LEAST_EXPOSED + (1 - _LEAST_EXPOSED) * _exposure(finding, usage)
    aged = _NEW + (1 - _NEW) * _age(finding, today)
    return SEVERITY[finding.severity] * sure * exposed * aged


def order(finding: Finding) -> tuple[float, int, float, str, str]:
    """The key that sorts the most harmful first; of equal ones the gravest, then the surest,
    then by path and id. Every list of findings is in this order."""
    path = finding.evidence[0].path if finding.evidence else ""
    # What was stored in single precision must not be told apart from what was not.
    worst = -round(finding.harm, 6)
    return worst, -finding.severity, -finding.confidence, path, finding.id


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Most harmful first, as `order` has it."""
    return tuple(sorted(findings, key=order))


def weighed(
    findings: Iterable[Finding], usage: Mapping[str, Usage], today: date
) -> tuple[Finding, ...]:
    """The findings with their harm, ranked."""
    return rank(replace(item, harm=harm(item, usage, today)) for item in findings)


def _exposure(finding: Finding, usage: Mapping[str, Usage]) -> float:
    reach = sum(
        _reach(finding, path, usage[path])
        for path in {item.path for item in finding.evidence}
        if path in usage
    )
    asked = finding.details.get(QUESTIONS, "")
    reach += float(asked) if asked.isdecimal() else 0.0
    return reach / (reach + _HALF_EXPOSED)


def _reach(finding: Finding, path: str, used: Usage) -> float:
    quoted = [(item.start, item.end) for item in finding.evidence if item.path == path]
    on = sum(
        any(start < end and begin < stop for begin, end in quoted) for start, stop in used.cited
    )
    return _CITED * on + _NEAR * (len(used.cited) - on) + _RETRIEVED * used.retrieved


def _age(finding: Finding, today: date) -> float:
    if finding.first_seen_at is None:
        return 0.0
    days = max(0, (today - finding.first_seen_at.date()).days)
    return 1 - exp(-days / _AGEING_DAYS)
