"""Passages that have outlived their truth, and articles past their review.

Each finding names the signal that fired, quotes the sentence, and gives the evidence. Age alone is
of the lowest severity. Release notes are evidence here, never suspects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kb.changelog import is_changelog
from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.settings import HygieneSettings
from kb.staleness.age import Ages
from kb.staleness.old_interface import newer_kinds, old_interface
from kb.staleness.outdated import newest_versions, outdated
from kb.staleness.pinned import pinned
from kb.staleness.promised_dates import promised_dates
from kb.staleness.promises import promises
from kb.staleness.removed import changes, removed
from kb.staleness.signal import Signal, Statement, statements
from kb.types import Article, BlockKind, Evidence, Finding, FindingKind, Severity

SHARED = "end_of_support"
SHOWN = 10
POLICY = ("policy", "policies")


class Stale:
    """At most one finding for a sentence, by its strongest signal."""

    kind = FindingKind.STALE

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """In order of article id, within an article by position, the review last; then what
        several articles of one owner share, such as an old platform, one finding each."""
        articles = sorted(corpus.articles, key=lambda a: a.id)
        signals = Signals(articles, corpus.today)
        shared: defaultdict[tuple[str, str], list[Signal]] = defaultdict(list)
        for article in articles:
            if is_changelog(article):
                continue
            for signal in _strongest(signals.of(article)):
                if signal.name.startswith(SHARED):
                    shared[signal.name, article.owner].append(signal)
                else:
                    yield self._finding([signal], article.id, signal.name, signal.key)
            overdue = self._overdue(article, corpus.today, corpus.settings)
            if overdue:
                yield overdue
        for (name, owner), same in sorted(shared.items()):
            yield self._finding(same, name, owner)

    def _finding(self, same: Sequence[Signal], *claimed: str) -> Finding:
        signal = same[0]
        quotes = [_quoted(s.statement) for s in same[:SHOWN]]
        return Finding(
            id=fingerprint(self.kind, *claimed),
            kind=self.kind,
            severity=signal.severity,
            confidence=signal.confidence,
            title=signal.title,
            explanation=signal.explanation,
            suggestion=signal.suggestion,
            evidence=(*quotes, *signal.also),
            owner=signal.statement.article.owner,
        )

    def _overdue(self, article: Article, today: date, settings: HygieneSettings) -> Finding | None:
        limit = settings.policy_review_days if _is_policy(article) else settings.review_days
        if article.reviewed_on is None or (today - article.reviewed_on).days <= limit:
            return None
        days = (today - article.reviewed_on).days
        return Finding(
            id=fingerprint(self.kind, article.id, "review", article.reviewed_on.isoformat()),
            kind=self.kind,
            severity=Severity.LOW,
            confidence=0.95,
            title=f"'{article.title}' is past its review by {days - limit} days",
            explanation=f"It was last reviewed on {article.reviewed_on:%-d %B %Y}, {days} days "
            f"ago; its review cycle is {limit} days.",
            suggestion="Read it once, mend what changed, and set the date of the review.",
            evidence=(_opening(article),),
            owner=article.owner,
        )


class Signals:
    """What the whole help center knows, and what it says about each article."""

    def __init__(self, articles: Sequence[Article], today: date) -> None:
        self._today = today
        self._ages = Ages(articles, today)
        self._newest = newest_versions(articles)
        self._changes = changes(articles)
        self._newer = newer_kinds(articles)
        notes = [article for article in articles if is_changelog(article)]
        self._released = [statement for note in notes for statement in statements(note)]

    def of(self, article: Article) -> Iterator[Signal]:
        """Every signal: sentences in order of position, then listings."""
        for statement in statements(article):
            yield from self._of_statement(statement)
        yield from pinned(article, self._newest)

    def _of_statement(self, statement: Statement) -> Iterator[Signal]:
        yield from promised_dates(statement, self._ages, self._today)
        yield from outdated(statement, self._newest, self._ages, self._today)
        yield from removed(statement, self._changes)
        yield from promises(statement, self._ages, self._released)
        yield from old_interface(statement, self._newer)


def _strongest(signals: Iterable[Signal]) -> Iterator[Signal]:
    """One signal a sentence; of signals of one name in an article, such as one old version said
    in many places, the first."""
    best: dict[int, Signal] = {}
    for signal in signals:
        start = signal.statement.sentence.start
        known = best.get(start)
        if known is None or _rank(signal) > _rank(known):
            best[start] = signal
    named: set[str] = set()
    for start in sorted(best):
        signal = best[start]
        if " " not in signal.name or signal.name not in named:
            named.add(signal.name)
            yield signal


def _quoted(statement: Statement) -> Evidence:
    return quote(statement.article, statement.sentence.start, statement.sentence.end)


def _rank(signal: Signal) -> tuple[int, float]:
    return signal.severity, signal.confidence


def _is_policy(article: Article) -> bool:
    folders = article.path.casefold().split("/")[:-1]
    tags = [tag.casefold() for tag in article.tags]
    return any(name in POLICY for name in [*folders, *tags])


def _opening(article: Article) -> Evidence:
    """The first sentence, or the first heading, or an empty quote."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind is not BlockKind.CODE:
                first = block.sentences[0] if block.sentences else block
                return quote(article, first.start, first.end)
    return quote(article, 0, 0)


plugin = Stale()
