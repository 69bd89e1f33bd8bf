"""Findings as they go over the wire."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from kb.findings import Finding, StatusChange
from kb.report.wire import change_to_json, to_json

Who = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Given = Annotated[Reason, StringConstraints(min_length=1)]

FINDING_EXAMPLE: dict[str, JsonValue] = {
    "id": "6f0e3c1b9a2d4c5e8f70",
    "kind": "contradiction",
    "severity": "high",
    "confidence": 0.93,
    "title": "'Refunds' says 30 days, 'Terms' says 14 days",
    "explanation": "Both are about how long a yearly plan can be paid back.",
    "owner": "billing",
    "status": "open",
    "suggestion": "Settle which one holds, and mend the other.",
    "details": {"subject": "refund of a yearly plan"},
    "harm": 0.41,
    "first_seen_at": "2026-11-02T08:00:00+00:00",
    "snoozed_until": None,
    "evidence": [
        {
            "article": "billing/refunds.md",
            "title": "Refunds",
            "quote": "We refund a yearly plan within 30 days.",
            "start": 120,
            "end": 159,
            "heading": "Yearly plans",
            "line": 9,
            "url": None,
            "marks": [[31, 38]],
        }
    ],
}
CHANGE_EXAMPLE: dict[str, JsonValue] = {
    "by": "ann",
    "reason": "Both are true: one is for resellers",
}


class EvidenceOut(BaseModel):
    """Words of an article: `quote` stands there from `start` to `end`, in code points; `marks` are
    the words of the quote that matter."""

    article: str
    title: str
    quote: str
    start: int
    end: int
    heading: str
    line: int
    url: str | None
    marks: list[tuple[int, int]]


class FindingOut(BaseModel):
    """Something wrong in the help center. `confidence` and `harm`, by which findings are ranked,
    lie in [0, 1]."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [FINDING_EXAMPLE]})

    id: str
    kind: str
    severity: str
    confidence: float
    title: str
    explanation: str
    owner: str
    status: str
    suggestion: str
    details: dict[str, str]
    harm: float
    first_seen_at: datetime | None
    snoozed_until: datetime | None
    evidence: list[EvidenceOut]

    @classmethod
    def of(cls, finding: Finding) -> Self:
        return cls.model_validate(to_json(finding))


class ChangeOut(BaseModel):
    """Who gave a finding this status, when and why; `until` is when a snoozed one wakes."""

    status: str
    by: str
    reason: str
    at: datetime
    until: datetime | None


class FindingCase(FindingOut):
    """A finding with every change of its status, oldest first."""

    history: list[ChangeOut]

    @classmethod
    def told(cls, finding: Finding, history: list[StatusChange]) -> Self:
        changes = [change_to_json(change) for change in history]
        return cls.model_validate({**to_json(finding), "history": changes})


class FindingPage(BaseModel):
    """A stretch of the findings, most harmful first; `total` counts all that match."""

    items: list[FindingOut]
    total: int
    limit: int
    offset: int


class Change(BaseModel):
    """Who changes a finding, and why."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [CHANGE_EXAMPLE]})

    by: Who = Field(description="Who decides this.")
    reason: Reason = Field("", description="Why; it is kept with the finding.")


class Dismissal(Change):
    """Who dismisses a finding, and why it is none."""

    reason: Given = Field(description="Why it is no finding; it is kept with it.")


class Snooze(Change):
    """Who lets a finding wait, and until when."""

    until: date = Field(description="The day on which it is open again, in UTC.")
