"""One finding as a report shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kb.findings import Evidence, Finding, FindingKind, FindingStatus, StatusChange
from kb.report.marks import Piece, compared, pieces_of

LABELS = {
    FindingKind.CONTRADICTION: ("Contradiction", "Contradictions"),
    FindingKind.STALE: ("Stale passage", "Stale passages"),
    FindingKind.DUPLICATE: ("Duplicate", "Duplicates"),
    FindingKind.BROKEN_LINK: ("Broken link", "Broken links"),
    FindingKind.GAP: ("Gap", "Gaps"),
    FindingKind.ORPHAN: ("Orphan", "Orphans"),
}
UNOWNED = "Nobody"
_COMPARED = (FindingKind.CONTRADICTION, FindingKind.DUPLICATE)
# In words, from this confidence on.
_SURE = ((0.85, "Very likely"), (0.65, "Likely"), (0.0, "Possible"))
_DONE = {
    FindingStatus.ACCEPTED: "accepted",
    FindingStatus.SNOOZED: "snoozed",
    FindingStatus.FIXED: "fixed",
}
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote of a finding, in pieces. `link` is where its article can be read, empty where
    that is no web address."""

    evidence: Evidence
    pieces: tuple[Piece, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Item:
    """A finding, its place in its list from 1, and what is known of it in words: how sure it is,
    how long it is open, what became of it. `before` and `after` are the sentence to be mended,
    with the words that change marked; `commands` settle it."""

    number: int
    finding: Finding
    kind: str
    sure: str
    age: str
    settled: str
    quotes: tuple[Quote, ...]
    why: tuple[tuple[str, str], ...]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    commands: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether it was seen first within the last seven days."""
        return self.age == "new"


def item_of(number: int, finding: Finding, last: StatusChange | None, now: datetime) -> Item:
    """`last` is the last change of its status."""
    pieces = pieces_of(finding.evidence, alike=finding.kind in _COMPARED)
    details = finding.details
    edit = compared([details["before"], details["after"]]) if "after" in details else [[], []]
    return Item(
        number=number,
        finding=finding,
        kind=LABELS[finding.kind][0],
        sure=next(word for least, word in _SURE if finding.confidence >= least),
        age=_age(finding, now),
        settled=_settled(finding, last),
        quotes=tuple(
            Quote(item, tuple(run), _link(item.url))
            for item, run in zip(finding.evidence, pieces, strict=True)
        ),
        why=tuple(_why(finding)),
        before=tuple(edit[0]),
        after=tuple(edit[1]),
        commands=tuple(_commands(finding, now)),
    )


def _why(finding: Finding) -> list[tuple[str, str]]:
    """What a finding says, as (label, sentence); the label of the first is empty."""
    details = finding.details
    lines = [("", finding.explanation)]
    if "disagree_on" in details and "scope" in details:
        lines = [("", details["disagree_on"]), ("Why both apply", details["scope"])]
    if "likelier" in details and "because" in details:
        likelier = f"{details['likelier']}, because {details['because']}."
        lines.append(("Likelier right", likelier))
    if details.get("judge_reason"):
        verdict = details.get("judge_verdict", "")
        lines.append(("Second judge", f"{verdict.capitalize()}: {details['judge_reason']}"))
    todo = details.get("edit") or finding.suggestion
    return [*lines, ("To do", todo)] if todo else lines


def _age(finding: Finding, now: datetime) -> str:
    """How long it is open, in whole days; empty where nobody knows."""
    if finding.first_seen_at is None:
        return ""
    days = (now - finding.first_seen_at) // timedelta(days=1)
    return "new" if days < 7 else f"open for {days} days"


def _settled(finding: Finding, last: StatusChange | None) -> str:
    """Such as "snoozed until 3 May 2026 by Ann on 1 March 2026: after the launch"."""
    if finding.status not in _DONE:
        return ""
    text = _DONE[finding.status]
    if finding.snoozed_until:
        text += f" until {finding.snoozed_until:%-d %B %Y}"
    if last is None:
        return text
    by = "" if finding.status is FindingStatus.FIXED else f" by {last.by}"
    why = f": {last.reason}" if last.reason and by else ""
    return f"{text}{by} on {last.at:%-d %B %Y}{why}"


def _commands(finding: Finding, now: datetime) -> list[str]:
    if finding.status is not FindingStatus.OPEN:
        return [f"wellkept findings reopen {finding.id}"]
    until = now.date() + timedelta(days=30)
    return [
        f"wellkept findings accept {finding.id}",
        f'wellkept findings dismiss {finding.id} --reason "…"',
        f"wellkept findings snooze {finding.id} --until {until}",
    ]


def _link(url: str | None) -> str:
    """The address when a browser can safely open it."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in _WEB and parts.netloc else ""
