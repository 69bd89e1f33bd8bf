"""Passages that have outlived their truth, and articles past their review.

Each finding names in `details["signal"]` the signal that fired:

    review            the review cycle has passed
    passed_date       a date that has passed is told as one to come
    promise, status, recent, currently      words that only hold for a while
    as_of, dated_title, passed_event        the text says itself of which time it is
    old_version, latest_version, pre_release, promised_version, pinned_version, end_of_support
    removed, renamed  release notes or another article call it so
    old_interface, old_screenshot
    unread            nobody retrieved it in a year, while its neighbours were
    contradicted      a newer article says otherwise (`kb.staleness.superseded`)

`details["evidence"]` is the proof in a line. The first `details["stale_quotes"]` pieces of evidence
are stale, with the telling words marked; the others prove it. Age alone, a passed review and what
nobody reads are of the lowest severity and confidence. Release notes are evidence here, never
suspects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.facts import recalled
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.patterns import matches
from kb.review import due_on, review_days
from kb.staleness.center import Center
from kb.staleness.facts import Facts, facts_of
from kb.staleness.signal import Signal
from kb.staleness.unread import unread
from kb.types import Article

SHARED = "end_of_support"
SHOWN = 10
# A passed review tells nothing about the text: it stands after everything that does.
DUE_CONFIDENCE, UNREAD_CONFIDENCE = 0.5, 0.55


class Stale:
    """At most one finding for a sentence, by its strongest signal."""

    kind = FindingKind.STALE

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """In order of article id, within an article by position, then the review and the lack of
        readers; last what several articles of one owner share, such as an old platform, one
        finding each."""
        articles = sorted(corpus.articles, key=lambda a: a.id)
        facts = recalled(corpus, "staleness", facts_of, Facts)
        named = corpus.settings.release_notes
        notes = {a.id for a in articles if facts[a.id].is_notes or matches(a.path, named)}
        center = Center(articles, facts, notes, corpus.today)
        lonely = unread(articles, corpus.usage, corpus.today)
        shared: defaultdict[tuple[str, str, str], list[Signal]] = defaultdict(list)
        for article in articles:
            if article.id in notes:
                continue
            for signal in center.signals(article):
                if signal.name == SHARED:
                    shared[signal.name, signal.about, article.owner].append(signal)
                else:
                    yield self._finding([signal], article.id, signal.name, signal.key)
            yield from self._overdue(article, facts[article.id], corpus)
            if article.id in lonely:
                yield self._unread(article, facts[article.id], *lonely[article.id])
        for key, same in sorted(shared.items()):
            yield self._finding(same, *key)

    def _finding(self, same: Sequence[Signal], *claimed: str) -> Finding:
        signal = same[0]
        return Finding(
            id=fingerprint(self.kind, *claimed),
            kind=self.kind,
            severity=signal.severity,
            confidence=signal.confidence,
            title=signal.title,
            explanation=signal.explanation,
            suggestion=signal.suggestion,
            evidence=(*(_quoted(s) for s in same[:SHOWN]), *signal.also),
            owner=signal.statement.article.owner,
            details=_details(signal.name, signal.proof, min(len(same), SHOWN)),
        )

    def _overdue(self, article: Article, facts: Facts, corpus: Corpus) -> Iterator[Finding]:
        due = due_on(article, corpus.settings)
        if due is None or corpus.today <= due:
            return
        days = review_days(article, corpus.settings)
        reviewed = article.reviewed_on or due - timedelta(days)
        late = (corpus.today - due).days
        said = (
            f"It was last reviewed on {reviewed:%B} {reviewed.day}, {reviewed.year}; its review "
            f"cycle is {days} days."
            if article.reviewed_on
            else "The day that its front matter names for the next review has passed."
        )
        yield Finding(
            id=fingerprint(self.kind, article.id, "review", due.isoformat()),
            kind=self.kind,
            severity=Severity.LOW,
            confidence=DUE_CONFIDENCE,
            title=f"'{article.title}' is past its review by {late} days",
            explanation=said,
            suggestion="Read it once, mend what changed, and set the date of the review.",
            evidence=(quote(article, *facts.opening),),
            owner=article.owner,
            details=_details("review", f"the review was due on {due.isoformat()}", 1),
        )

    def _unread(self, article: Article, facts: Facts, read: int, others: int) -> Finding:
        proof = f"{read} of the {others} others in its folder were retrieved within a year"
        return Finding(
            id=fingerprint(self.kind, article.id, "unread"),
            kind=self.kind,
            severity=Severity.LOW,
            confidence=UNREAD_CONFIDENCE,
            title=f"Nobody retrieved '{article.title}' in a year",
            explanation=f"No conversation retrieved it in a year, while {proof}.",
            suggestion="Is it still needed? If so, give it the words that customers use.",
            evidence=(quote(article, *facts.opening),),
            owner=article.owner,
            details=_details("unread", proof, 1),
        )


def _quoted(signal: Signal) -> Evidence:
    said = signal.statement
    return quote(said.article, said.start, said.end, signal.marks)


def _details(signal: str, proof: str, stale_quotes: int) -> dict[str, str]:
    return {"signal": signal, "evidence": proof, "stale_quotes": str(stale_quotes)}


plugin = Stale()
