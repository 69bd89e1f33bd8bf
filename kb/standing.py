"""The faults of a help center that still stand, as far as they concern one release's text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kb.evidence import place_of
from kb.findings import Evidence, Finding, FindingKind
from kb.ports import FindingStore
from kb.types import Article

Read = Callable[[str], Article | None]
_SIDES = 2
# How many pieces of evidence, from the first on, are stale; the rest is proof.
_STALE = "stale_quotes"


class Standing:
    """What the store has open or accepted now. It is read again when something has changed, so
    that whoever asks never has to be started again; safe for many threads."""

    def __init__(self, store: FindingStore, read: Read) -> None:
        self._store = store
        self._read = read
        self._known: tuple[str, Mapping[str, list[Finding]]] = ("", {})

    def of(self, article_id: str) -> list[Finding]:
        """Findings that quote the article, most harmful first, with their evidence at its places
        in the release's own text. One whose words do not stand there is left out: it is about
        another version."""
        found = self._now().get(article_id, [])
        return [placed for finding in found if (placed := in_release(finding, self._read))]

    def _now(self) -> Mapping[str, list[Finding]]:
        # The stamp is read first: what changes in between is then read again, never missed.
        stamp = self._store.stamp()
        known, by_article = self._known
        if known != stamp:
            active = (item for item in self._store.all() if item.status.is_active)
            by_article = _by_article(active)
            self._known = stamp, by_article
        return by_article


def in_release(finding: Finding, read: Read) -> Finding | None:
    """The finding with the evidence that stands in the articles that `read` knows; None without
    any, and for a contradiction without two sides."""
    places = [_placed(item, read) for item in finding.evidence]
    evidence = tuple(item for item in places if item)
    needed = _SIDES if finding.kind is FindingKind.CONTRADICTION else 1
    if len(evidence) < needed:
        return None
    details = dict(finding.details)
    stale = details.get(_STALE, "")
    if stale.isdecimal():
        details[_STALE] = str(sum(item is not None for item in places[: int(stale)]))
    return replace(finding, evidence=evidence, details=details)


def _placed(item: Evidence, read: Read) -> Evidence | None:
    article = read(item.article_id)
    place = place_of(item.quote, item.start, article.text) if article else None
    if article is None or place is None:
        return None
    if place == (item.start, item.end):
        return item
    line = article.text.count("\n", 0, place[0]) + 1
    return replace(item, start=place[0], end=place[1], line=line)


def _by_article(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for article_id in dict.fromkeys(item.article_id for item in finding.evidence):
            found[article_id].append(finding)
    return found
