"""What a report shows, ready for the templates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.findings import Finding, FindingStatus, Severity, StatusChange
from kb.harm import order
from kb.report.chart import Chart, chart
from kb.report.coverage import Coverage
from kb.report.item import LABELS, UNOWNED, Item, item_of
from kb.report.timeline import timeline

LEADING = 10
RECENT = timedelta(days=7)
_SHOWN = (FindingStatus.OPEN, FindingStatus.ACCEPTED, FindingStatus.SNOOZED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a kind or an owner, counts by severity from high to low."""

    name: str
    counts: tuple[int, ...]
    total: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One page. `leading` are the first ten open findings, `rest` the other open ones; `accepted`
    and `snoozed` wait, `fixed` are those of the last seven days. `owner` is empty on the overview,
    which alone has `owners`. `chart` is None without history, `coverage` empty where no articles
    are known; `links` are the addresses of owners' pages."""

    center: str
    owner: str
    generated_at: datetime
    leading: tuple[Item, ...]
    rest: tuple[Item, ...]
    accepted: tuple[Item, ...]
    snoozed: tuple[Item, ...]
    fixed: tuple[Item, ...]
    kinds: tuple[Row, ...]
    owners: tuple[Row, ...]
    chart: Chart | None
    coverage: tuple[Coverage, ...]
    links: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many are open."""
        return len(self.leading) + len(self.rest)

    @property
    def severities(self) -> tuple[Severity, ...]:
        return tuple(sorted(Severity, reverse=True))

    @property
    def rest_by_kind(self) -> str:
        """Such as "4 contradictions, 1 gap"."""
        counts = Counter(item.finding.kind for item in self.rest)
        return ", ".join(
            f"{counts[kind]} {names[counts[kind] > 1].lower()}"
            for kind, names in LABELS.items()
            if counts[kind]
        )

    @property
    def waiting(self) -> str:
        """What else there is, in a sentence; empty when nothing is."""
        parts = [
            f"{len(items)} {word}"
            for items, word in ((self.accepted, "accepted"), (self.snoozed, "snoozed"))
            if items
        ]
        return " and ".join(parts)


def shown(findings: Iterable[Finding]) -> list[Finding]:
    """Those that are not settled: open ones first, most harmful first, then accepted, then
    snoozed ones."""
    unsettled = [finding for finding in findings if finding.status in _SHOWN]
    return sorted(unsettled, key=lambda f: (_SHOWN.index(f.status), *order(f)))


def view(
    findings: Sequence[Finding],
    *,
    center: str,
    owner: str | None,
    generated_at: datetime,
    links: Mapping[str, str] | None = None,
    changes: Sequence[StatusChange] = (),
    coverage: Sequence[Coverage] = (),
) -> View:
    """The page of one owner, or of all with a table of owners. `links` are the addresses of
    their pages, `changes` those of all findings, oldest first."""
    own = [finding for finding in findings if owner is None or finding.owner == owner]
    last = {change.finding_id: change for change in changes}
    ranked = shown(own)
    opened = _items(ranked, FindingStatus.OPEN, last, generated_at)
    wanting = [finding for finding in ranked if finding.status.is_active]
    periods = timeline(changes, {finding.id for finding in own}, generated_at.date())
    return View(
        center=center,
        owner="" if owner is None else owner or UNOWNED,
        generated_at=generated_at,
        leading=opened[:LEADING],
        rest=opened[LEADING:],
        accepted=_items(ranked, FindingStatus.ACCEPTED, last, generated_at),
        snoozed=_items(ranked, FindingStatus.SNOOZED, last, generated_at),
        fixed=_items(_mended(own, last, generated_at), FindingStatus.FIXED, last, generated_at),
        kinds=tuple(_kinds(wanting)),
        owners=() if owner is not None else tuple(_owners(wanting, links or {})),
        chart=chart(periods),
        coverage=tuple(item for item in coverage if owner is None or item.owner == owner),
        links=links or {},
    )


def _items(
    findings: Iterable[Finding],
    status: FindingStatus,
    last: Mapping[str, StatusChange],
    now: datetime,
) -> tuple[Item, ...]:
    chosen = [finding for finding in findings if finding.status is status]
    return tuple(item_of(n, one, last.get(one.id), now) for n, one in enumerate(chosen, 1))


def _mended(
    findings: Iterable[Finding], last: Mapping[str, StatusChange], now: datetime
) -> list[Finding]:
    """Those that were fixed lately, the latest first."""
    recent = [
        finding
        for finding in findings
        if finding.status is FindingStatus.FIXED
        and finding.id in last
        and now - last[finding.id].at <= RECENT
    ]
    return sorted(recent, key=lambda f: (-last[f.id].at.timestamp(), *order(f)))


def _kinds(ranked: Sequence[Finding]) -> Iterable[Row]:
    for kind, (_, plural) in LABELS.items():
        same = [finding for finding in ranked if finding.kind is kind]
        if same:
            yield _row(plural, same)


def _owners(ranked: Sequence[Finding], links: Mapping[str, str]) -> Iterable[Row]:
    rows = [
        _row(owner or UNOWNED, same, links.get(owner, ""))
        for owner in {finding.owner for finding in ranked}
        if (same := [finding for finding in ranked if finding.owner == owner])
    ]
    return sorted(rows, key=lambda row: (*(-count for count in row.counts), row.name))


def _row(name: str, findings: Sequence[Finding], link: str = "") -> Row:
    counts = Counter(finding.severity for finding in findings)
    levels = sorted(Severity, reverse=True)
    return Row(name, tuple(counts[level] for level in levels), len(findings), link)
