"""Findings: what is wrong in a help center, what its owner makes of it, what it is weighed by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum


class FindingKind(StrEnum):
    """What can be wrong in a help center."""

    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    STALE = "stale"
    BROKEN_LINK = "broken_link"
    ORPHAN = "orphan"
    GAP = "gap"


class Severity(IntEnum):
    """How much harm a finding does to a customer who is told it."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class FindingStatus(StrEnum):
    """Where a finding stands with its owner."""

    OPEN = "open"
    ACCEPTED = "accepted"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"
    FIXED = "fixed"

    @property
    def is_active(self) -> bool:
        """Whether its owner is still to act on it now."""
        return self in (FindingStatus.OPEN, FindingStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote from an article: `text[start:end] == quote`. `line` counts from 1; `marks` are the
    words that matter, as spans of the quote; `url` is where the article is published."""

    article_id: str
    path: str
    title: str
    quote: str
    start: int
    end: int
    heading: str = ""
    line: int = 1
    url: str | None = None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, with its evidence. `id` is the fingerprint: the kind, the articles and
    what is claimed, never positions or unrelated text. `confidence` and `harm`, by which findings
    are ranked, lie in [0, 1]. `owner` is the first article's. `details` are facts for reading
    machines and for the report, such as the signal that fired, the scope, which side is likelier
    right and what a second judge said; each detector's docstring names its keys."""

    id: str
    kind: FindingKind
    severity: Severity
    confidence: float
    title: str
    explanation: str
    suggestion: str
    evidence: tuple[Evidence, ...]
    owner: str = ""
    status: FindingStatus = FindingStatus.OPEN
    details: Mapping[str, str] = field(default_factory=dict)
    harm: float = 0.0
    first_seen_at: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Who gave a finding this status, when and why; `until` is when a snoozed one wakes."""

    finding_id: str
    status: FindingStatus
    by: str
    reason: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a run could not look at: findings of these kinds, findings that quote the articles with
    these paths, those about these external links and, with `external_links`, about any. That they
    are not found says nothing of them."""

    kinds: frozenset[FindingKind] = frozenset()
    paths: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    external_links: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether the finding may still hold although the run does not have it."""
        return (
            finding.kind in self.kinds
            or (finding.details.get("external") == "true" and self._misses(finding))
            or any(item.path in self.paths for item in finding.evidence)
        )

    def _misses(self, finding: Finding) -> bool:
        return self.external_links or finding.details.get("target") in self.links


@dataclass(frozen=True, slots=True)
class Usage:
    """What conversations made of one article: how often it was retrieved, the spans of its text
    that answers cited, each as often as it was cited, and the days of the first and last use."""

    retrieved: int = 0
    cited: tuple[tuple[int, int], ...] = ()
    first: date | None = None
    last: date | None = None


class Reach(StrEnum):
    """What came of fetching an external link."""

    OK = "ok"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    TIMEOUT = "timeout"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An external link that was tried. `status` is HTTP's, None when there was no answer;
    `reason` is for people; `moved_to` is where a permanent redirect leads."""

    url: str
    reach: Reach
    status: int | None = None
    reason: str = ""
    moved_to: str | None = None


class Verdict(StrEnum):
    """What a second judge makes of a contradiction."""

    CONFIRMED = "confirmed"
    LOWERED = "lowered"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A second judge's verdict. `confidence`, in [0, 1], is how sure it is that the statements
    contradict each other; `judge` names the judge and its version."""

    verdict: Verdict
    confidence: float
    reason: str
    judge: str
