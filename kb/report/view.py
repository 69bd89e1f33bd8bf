"""What a report shows, ready for the templates."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from kb.report.marks import Piece, compared
from kb.types import Evidence, Finding, FindingKind, Severity

LEADING = 10
LABELS = {
    FindingKind.CONTRADICTION: ("Contradiction", "Contradictions"),
    FindingKind.STALE: ("Stale", "Stale passages"),
    FindingKind.DUPLICATE: ("Duplicate", "Duplicates"),
    FindingKind.BROKEN_LINK: ("Broken link", "Broken links"),
    FindingKind.GAP: ("Gap", "Gaps"),
    FindingKind.ORPHAN: ("Orphan", "Orphans"),
}
COMPARED = (FindingKind.CONTRADICTION, FindingKind.DUPLICATE)
KINDS = tuple(LABELS)
UNOWNED = "Nobody"


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote of a finding, in pieces."""

    evidence: Evidence
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A finding and its place in the ranking, from 1."""

    number: int
    finding: Finding
    kind: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the summary: a kind or an owner, counts by severity from high to low."""

    name: str
    counts: tuple[int, ...]
    total: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One page. `leading` are the first ten items, `rest` the others; `owner` is empty on the
    overview, which alone has `owners`."""

    center: str
    owner: str
    generated_at: datetime
    leading: tuple[Item, ...]
    rest: tuple[Item, ...]
    kinds: tuple[Row, ...]
    owners: tuple[Row, ...]

    @property
    def total(self) -> int:
        return len(self.leading) + len(self.rest)

    @property
    def severities(self) -> tuple[Severity, ...]:
        return tuple(sorted(Severity, reverse=True))


def active(findings: Iterable[Finding]) -> list[Finding]:
    """Those that wait for somebody, ranked: severity, confidence, kind, then path."""
    return sorted((f for f in findings if f.status.is_active), key=_rank)


def view(
    findings: Sequence[Finding],
    *,
    center: str,
    owner: str | None,
    generated_at: datetime,
    suffix: str = "",
) -> View:
    """The page of one owner, or of all with a table of owners, linked when `suffix` is given."""
    ranked = active(f for f in findings if owner is None or f.owner == owner)
    items = tuple(_item(number, finding) for number, finding in enumerate(ranked, 1))
    return View(
        center=center,
        owner="" if owner is None else owner or UNOWNED,
        generated_at=generated_at,
        leading=items[:LEADING],
        rest=items[LEADING:],
        kinds=tuple(_kinds(ranked)),
        owners=() if owner is not None else tuple(_owners(ranked, suffix)),
    )


def owners_of(findings: Iterable[Finding]) -> list[str]:
    """Owners of active findings, in order."""
    return sorted({finding.owner for finding in active(findings)})


def slugs(owners: Iterable[str]) -> dict[str, str]:
    """Owner to a file name without extension; two that read alike get a number."""
    found: dict[str, str] = {}
    for owner in sorted(owners):
        plain = normalize("NFKD", owner).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "nobody"
        base = "owner-index" if base == "index" else base
        taken, slug, number = set(found.values()), base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        found[owner] = slug
    return found


def _item(number: int, finding: Finding) -> Item:
    texts = [item.quote for item in finding.evidence]
    if finding.kind in COMPARED:
        pieces = compared(texts)
    else:
        pieces = [compared([text])[0] for text in texts]
    quotes = tuple(
        Quote(item, tuple(run)) for item, run in zip(finding.evidence, pieces, strict=True)
    )
    return Item(number, finding, LABELS[finding.kind][0], quotes)


def _kinds(ranked: Sequence[Finding]) -> Iterable[Row]:
    for kind in KINDS:
        same = [finding for finding in ranked if finding.kind is kind]
        if same:
            yield _row(LABELS[kind][1], same)


def _owners(ranked: Sequence[Finding], suffix: str) -> Iterable[Row]:
    names = slugs({finding.owner for finding in ranked})
    rows = [
        _row(owner or UNOWNED, same, f"{names[owner]}{suffix}" if suffix else "")
        for owner in names
        if (same := [finding for finding in ranked if finding.owner == owner])
    ]
    return sorted(rows, key=lambda row: (*(-count for count in row.counts), row.name))


def _row(name: str, findings: Sequence[Finding], link: str = "") -> Row:
    counts = Counter(finding.severity for finding in findings)
    levels = sorted(Severity, reverse=True)
    return Row(name, tuple(counts[level] for level in levels), len(findings), link)


def _rank(finding: Finding) -> tuple[int, float, int, str, str]:
    path = finding.evidence[0].path if finding.evidence else ""
    order = KINDS.index(finding.kind)
    return -finding.severity, -finding.confidence, order, path, finding.id
