"""What the whole help center knows, and what it says of each article."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from kb.staleness.age import Ages
from kb.staleness.dated import as_of, dated_title, passed_event
from kb.staleness.discontinued import discontinued
from kb.staleness.facts import Facts, Lead, Topic
from kb.staleness.newest import newest_versions
from kb.staleness.old_interface import old_interface
from kb.staleness.outdated import outdated
from kb.staleness.pinned import pinned
from kb.staleness.promised_dates import promised_dates
from kb.staleness.promises import promises, released
from kb.staleness.removed import changes, removed
from kb.staleness.screenshots import old_screenshots
from kb.staleness.signal import Signal, Statement
from kb.types import Article


class Center:
    """Evidence from all articles; `notes` are the ids of the release notes."""

    def __init__(
        self,
        articles: Sequence[Article],
        facts: Mapping[str, Facts],
        notes: Collection[str],
        today: date,
    ) -> None:
        self._today = today
        self._facts = facts
        self._ages = Ages(articles, today)
        of_notes = [article for article in articles if article.id in notes]
        self._newest = newest_versions(((a, facts[a.id].versions) for a in articles), of_notes)
        self._changes = changes((a, a.id in notes, facts[a.id].gone) for a in articles)
        self._newer = {kind for a in articles for kind in facts[a.id].newer}
        self._released = released(of_notes)

    def signals(self, article: Article) -> list[Signal]:
        """At most one for a sentence, the strongest, in order of position; of signals of one rule
        about one thing, such as one old version named in many places, the first."""
        best: dict[int, Signal] = {}
        for signal in self._of(article):
            known = best.get(signal.statement.start)
            if known is None or _rank(signal) > _rank(known):
                best[signal.statement.start] = signal
        first: dict[tuple[str, str], Signal] = {}
        for start in sorted(best):
            signal = best[start]
            first.setdefault((signal.name, signal.about or str(start)), signal)
        return list(first.values())

    def _of(self, article: Article) -> Iterator[Signal]:
        facts = self._facts[article.id]
        for lead in facts.leads:
            yield from self._of_lead(article, lead)
        known = [
            change
            for word in self._changes.keys() & set(facts.names)
            for change in self._changes[word]
        ]
        yield from removed(article, known)
        for pin in facts.pins:
            yield from pinned(article, pin, self._newest)
        yield from old_screenshots(article, facts.images, self._ages, self._today)
        yield from dated_title(article, self._today)

    def _of_lead(self, article: Article, lead: Lead) -> Iterator[Signal]:
        statement = Statement(article, lead.start, lead.end, lead.text)
        match lead.topic:
            case Topic.PROMISED_DATE:
                yield from promised_dates(statement, self._ages, self._today)
            case Topic.VERSION:
                yield from outdated(statement, self._newest, self._ages, self._today)
            case Topic.WORDING:
                yield from promises(statement, self._ages, self._released)
            case Topic.OLD_INTERFACE:
                yield from old_interface(statement, self._newer)
            case Topic.AS_OF:
                yield from as_of(statement, self._today)
            case Topic.NOTICE:
                yield from passed_event(statement)
            case Topic.DISCONTINUED:
                yield from discontinued(statement, self._today)


def _rank(signal: Signal) -> tuple[int, float, str]:
    return signal.severity, signal.confidence, signal.name
