"""What may become of a finding, and what it was before.

    open -> accepted, snoozed until a time, dismissed with a reason; any of them -> open
    open, accepted, snoozed -> fixed, when a run does not find it any more
    fixed -> open, when a run finds it again; snoozed -> open, when its time has come

A dismissed finding stays so, whether it is found or not.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from difflib import SequenceMatcher

from kb.errors import Permanent
from kb.findings import Finding, FindingStatus, StatusChange

# Quotes that share this much of their words, in order, are the same statement with another value.
_SAME_STATEMENT = 0.6
_SUBJECT = "subject"
# Words of the quotes that are compared: whole articles would take seconds.
_COMPARED = 300


class UnknownFinding(Permanent):
    """There is no finding with this id."""


class ImpossibleChange(Permanent):
    """The finding can't get this status from the one that it has."""


def require_sense(finding: Finding, change: StatusChange) -> None:
    """Raises `ImpossibleChange` where the finding's status does not allow the change, and
    `Permanent` where the change lacks something or has too much."""
    _require_complete(change)
    if finding.status is FindingStatus.FIXED:
        raise ImpossibleChange(
            f"finding {finding.id} is fixed; it opens by itself when it is found again"
        )
    if change.status is FindingStatus.OPEN is finding.status:
        raise ImpossibleChange(f"finding {finding.id} is open already")


def _require_complete(change: StatusChange) -> None:
    if not change.by.strip():
        raise Permanent("say who changes the finding")
    if change.status is FindingStatus.FIXED:
        raise Permanent("a finding is fixed when its text is mended; the next release closes it")
    if change.status is FindingStatus.DISMISSED and not change.reason.strip():
        raise Permanent("say why the finding is dismissed: a reason is required")
    if (change.status is FindingStatus.SNOOZED) != (change.until is not None):
        raise Permanent("a snoozed finding needs a time to wake at, and no other has one")
    if change.until is not None and change.until <= change.at:
        raise Permanent(
            f"a finding can't be snoozed until {change.until:%Y-%m-%d}: it must be in the future"
        )


def predecessor(finding: Finding, gone: Iterable[Finding]) -> Finding | None:
    """The one of `gone` that was about the same: of the same kind and articles, and on nearly the
    same subject where both name one, else in nearly the same words. None when it can't be told."""
    articles = {item.article_id for item in finding.evidence}
    alike = [
        (likeness, item.id, item)
        for item in gone
        if item.kind is finding.kind
        and articles
        and {quote.article_id for quote in item.evidence} == articles
        and (likeness := _likeness(finding, item)) >= _SAME_STATEMENT
    ]
    return max(alike)[2] if alike else None


def _likeness(one: Finding, other: Finding) -> float:
    """Share of the subjects' words, or else of the quotes', that both have, in [0, 1]."""
    subjects = [set(item.details.get(_SUBJECT, "").split()) for item in (one, other)]
    if all(subjects):
        return len(subjects[0] & subjects[1]) / len(subjects[0] | subjects[1])
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _words(finding: Finding) -> list[str]:
    return " ".join(item.quote for item in finding.evidence).casefold().split()[:_COMPARED]


def wakes_at(day: date) -> datetime:
    """When what is snoozed until a day wakes: as the day begins, in UTC."""
    return datetime.combine(day, time.min, tzinfo=UTC)
