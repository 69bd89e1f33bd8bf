"""Articles that say the same, and sections that were copied from one article into others.

Pages that share a template and differ in what they are about (one for each platform, partner or
version) are not duplicates, nor are listings, nor are a few sentences of boilerplate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.changelog import is_changelog
from kb.corpus import Corpus
from kb.drift import Drift, compare
from kb.evidence import fingerprint, quote
from kb.shingles import Likeness, alike, groups, shingles, words
from kb.subject import different_subjects
from kb.types import Article, Block, BlockKind, Finding, FindingKind, Section, Severity

# Measured on real help centers: below these, pairs were templates or shared footers.
ARTICLE_WORDS, ARTICLE_LIKENESS = 60, 0.55
SECTION_WORDS, SECTION_LIKENESS = 80, 0.7
SHOWN = 6


@dataclass(frozen=True)
class Text:
    """An article, or one section of it, as what it says."""

    article: Article
    sections: tuple[Section, ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What is compared: neither listings nor headings."""
        skipped = (BlockKind.CODE, BlockKind.HEADING)
        return tuple(b for s in self.sections for b in s.blocks if b.kind not in skipped)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(" ".join(block.text for block in self.blocks)))

    @property
    def name(self) -> str:
        heading = self.sections[0].path
        return heading[-1] if heading else self.article.title


class Duplicates:
    """One finding for each group of articles, whatever the number of pairs in it."""

    kind = FindingKind.DUPLICATE

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Near-identical articles first, then copied sections of articles that are not."""
        articles = [a for a in sorted(corpus.articles, key=lambda a: a.id) if not is_changelog(a)]
        whole = [Text(a, a.sections) for a in articles]
        pairs = list(_likenesses(whole, ARTICLE_WORDS, ARTICLE_LIKENESS))
        found = groups(pairs)
        same = {whole[i].article.id: number for number, group in enumerate(found) for i in group}
        for group in found:
            yield self._of_articles([whole[i] for i in group])
        parts = [Text(a, (section,)) for a in articles for section in a.sections]
        yield from self._of_sections(parts, same)

    def _of_articles(self, texts: Sequence[Text]) -> Finding:
        drift = compare([text.blocks for text in texts])
        titles = _listed([f"'{t.article.title}'" for t in texts])
        return self._finding(
            texts,
            drift,
            title=f"{len(texts)} articles say the same: {titles}",
            explanation=f"{titles} are nearly identical."
            + _told(drift, "A reader who finds one misses what only the other says."),
            suggestion="Keep one, move what only the others say into it, and redirect them.",
            names=[],
        )

    def _of_sections(self, texts: Sequence[Text], same: dict[str, int]) -> Iterator[Finding]:
        pairs = [
            pair
            for pair in _likenesses(texts, SECTION_WORDS, SECTION_LIKENESS)
            if not _together(texts[pair.first], texts[pair.second], same)
        ]
        by_articles: defaultdict[tuple[str, ...], list[list[Text]]] = defaultdict(list)
        for group in groups(pairs):
            copies = _one_an_article([texts[i] for i in group])
            by_articles[tuple(text.article.id for text in copies)].append(copies)
        for copied in by_articles.values():
            yield self._of_copies(copied)

    def _of_copies(self, copied: Sequence[Sequence[Text]]) -> Finding:
        drifts = [compare([text.blocks for text in copies]) for copies in copied]
        best = max(range(len(copied)), key=lambda i: (len(drifts[i].changes), -i))
        names = sorted({copies[0].name for copies in copied})
        titles = _listed([f"'{text.article.title}'" for text in copied[best]])
        said = (
            f"The section '{names[0]}' stands"
            if len(names) == 1
            else (f"The sections {_listed([repr(name) for name in names])} stand")
        )
        return self._finding(
            copied[best],
            drifts[best],
            title=f"'{names[0]}' stands in {len(copied[best])} articles: {titles}",
            explanation=f"{said} in {titles}."
            + _told(drifts[best], "An edit of one leaves the other behind."),
            suggestion="Keep the section in one article and link to it from the others.",
            names=names,
        )

    def _finding(
        self,
        texts: Sequence[Text],
        drift: Drift,
        *,
        title: str,
        explanation: str,
        suggestion: str,
        names: Sequence[str],
    ) -> Finding:
        evidence = tuple(
            quote(text.article, block.start, block.end)
            for text, block in zip(texts, drift.blocks, strict=True)
            if block is not None
        )
        return Finding(
            id=fingerprint(self.kind, *(text.article.id for text in texts), *names),
            kind=self.kind,
            severity=Severity.MEDIUM if drift.changes else Severity.LOW,
            confidence=0.85 if drift.changes else 0.8,
            title=title,
            explanation=explanation,
            suggestion=suggestion,
            evidence=evidence[:SHOWN],
            owner=texts[0].article.owner,
        )


def _likenesses(texts: Sequence[Text], least_words: int, least: float) -> Iterator[Likeness]:
    """Pairs of texts of different articles in one language that are about the same."""
    long = [i for i, text in enumerate(texts) if len(text.words) >= least_words]
    for pair in alike([shingles(texts[i].words) for i in long], least):
        first, second = texts[long[pair.first]], texts[long[pair.second]]
        if first.article.id == second.article.id or first.article.locale != second.article.locale:
            continue
        if not different_subjects(first.article, second.article, first.blocks, second.blocks):
            yield Likeness(long[pair.first], long[pair.second], pair.jaccard)


def _together(one: Text, other: Text, same: dict[str, int]) -> bool:
    """Whether the two articles are already reported as near-identical."""
    first, second = same.get(one.article.id), same.get(other.article.id)
    return first is not None and first == second


def _one_an_article(texts: Sequence[Text]) -> list[Text]:
    first: dict[str, Text] = {}
    for text in texts:
        first.setdefault(text.article.id, text)
    return list(first.values())


def _listed(names: Sequence[str]) -> str:
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _told(drift: Drift, otherwise: str) -> str:
    if not drift.changes:
        return f" {otherwise}"
    shown = "; ".join(f"'{before}' against '{after}'" for before, after in drift.changes[:3])
    return f" They have drifted apart: {shown}."


plugin = Duplicates()
