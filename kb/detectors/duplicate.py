"""Articles that say the same, and sections that were copied from one article into others.

Pages that share a template and differ in what they are about (one for each platform, partner or
version) are not duplicates, nor are listings, nor are a few sentences of boilerplate. What copies
differ in is told in `details["drift"]`, and the differing words are marked in the quotes;
`details["copied"]` is "article" or "section".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.changelog import is_changelog
from kb.corpus import Corpus
from kb.drift import Drift, compare
from kb.evidence import fingerprint, quote
from kb.facts import recalled
from kb.patterns import matches
from kb.shingles import Likeness, Sketch, alike, groups, jaccard, shingles, sketch, words
from kb.subject import are_parallel, different_subjects
from kb.types import Article, Block, BlockKind, Finding, FindingKind, Section, Severity

# Measured on real help centers: below these, pairs were templates or shared footers.
ARTICLE_WORDS, ARTICLE_LIKENESS = 60, 0.55
SECTION_WORDS, SECTION_LIKENESS = 80, 0.7
SHOWN, TOLD = 6, 3
QUOTED_CHARS = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compared of one article: all of it, and its long sections by number; None where
    there is too little."""

    is_notes: bool
    whole: Sketch | None
    sections: tuple[tuple[int, Sketch], ...]


@dataclass(frozen=True)
class Text:
    """An article, or one section of it by number, as what it says."""

    article: Article
    number: int | None = None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        every = self.article.sections
        return every if self.number is None else every[self.number : self.number + 1]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What is compared: neither listings nor headings."""
        skipped = (BlockKind.CODE, BlockKind.HEADING)
        return tuple(b for s in self.sections for b in s.blocks if b.kind not in skipped)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(" ".join(block.text for block in self.blocks)))

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles(self.words)

    @property
    def name(self) -> str:
        heading = self.sections[0].path
        return heading[-1] if heading else self.article.title


class Duplicates:
    """One finding for each group of articles, whatever the number of pairs in it."""

    kind = FindingKind.DUPLICATE

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Near-identical articles first, then copied sections of articles that are not."""
        shapes = recalled(corpus, "duplicates", shape_of, Shape)
        articles = [
            article
            for article in sorted(corpus.articles, key=lambda a: a.id)
            if not shapes[article.id].is_notes
            and not matches(article.path, corpus.settings.release_notes)
        ]
        whole = [(Text(a), known) for a in articles if (known := shapes[a.id].whole)]
        texts = [text for text, _ in whole]
        found = groups(list(_likenesses(whole, ARTICLE_LIKENESS)))
        same = {texts[i].article.id: number for number, group in enumerate(found) for i in group}
        for group in found:
            yield self._of_articles([texts[i] for i in group])
        parts = [(Text(a, n), known) for a in articles for n, known in shapes[a.id].sections]
        yield from self._of_sections(parts, same)

    def _of_articles(self, texts: Sequence[Text]) -> Finding:
        titles = _listed([f"'{t.article.title}'" for t in texts])
        return self._finding(
            texts,
            _drift(texts),
            title=f"{len(texts)} articles say the same: {titles}",
            explanation=f"{titles} are nearly identical.",
            harm="A reader who finds one misses what only the other says.",
            suggestion="Keep one, move what only the others say into it, and redirect them.",
            names=[],
        )

    def _of_sections(
        self, parts: Sequence[tuple[Text, Sketch]], same: Mapping[str, int]
    ) -> Iterator[Finding]:
        texts = [text for text, _ in parts]
        pairs = [
            pair
            for pair in _likenesses(parts, SECTION_LIKENESS)
            if not _together(texts[pair.first], texts[pair.second], same)
        ]
        by_articles: defaultdict[tuple[str, ...], list[list[Text]]] = defaultdict(list)
        for group in groups(pairs):
            copies = _one_an_article([texts[i] for i in group])
            by_articles[tuple(text.article.id for text in copies)].append(copies)
        for copied in by_articles.values():
            yield self._of_copies(copied)

    def _of_copies(self, copied: Sequence[Sequence[Text]]) -> Finding:
        drifts = [_drift(copies) for copies in copied]
        best = max(range(len(copied)), key=lambda i: (len(drifts[i].changes), -i))
        names = sorted({copies[0].name for copies in copied})
        titles = _listed([f"'{text.article.title}'" for text in copied[best]])
        said = (
            f"The section '{names[0]}' stands"
            if len(names) == 1
            else f"The sections {_listed([repr(name) for name in names])} stand"
        )
        return self._finding(
            copied[best],
            drifts[best],
            title=f"'{names[0]}' stands in {len(copied[best])} articles: {titles}",
            explanation=f"{said} in {titles}.",
            harm="An edit of one leaves the other behind.",
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
        harm: str,
        suggestion: str,
        names: Sequence[str],
    ) -> Finding:
        evidence = tuple(
            quote(text.article, block.start, block.end, marks)
            for text, block, marks in zip(texts, drift.blocks, drift.marks, strict=True)
            if block is not None
        )
        grave = bool(drift.changes) and not _is_reuse(texts)
        told = _told(drift, texts)
        return Finding(
            id=fingerprint(self.kind, *(text.article.id for text in texts), *names),
            kind=self.kind,
            severity=Severity.MEDIUM if grave else Severity.LOW,
            confidence=0.85 if grave else 0.8,
            title=title,
            explanation=f"{explanation} {told or harm}",
            suggestion=suggestion,
            evidence=evidence[:SHOWN],
            owner=texts[0].article.owner,
            details={"copied": "section" if names else "article", "drift": told},
        )


def shape_of(article: Article) -> Shape:
    """Depends on the article alone."""
    whole = Text(article)
    parts = [(n, Text(article, n)) for n in range(len(article.sections))]
    return Shape(
        is_notes=is_changelog(article),
        whole=sketch(whole.shingles) if len(whole.words) >= ARTICLE_WORDS else None,
        sections=tuple(
            (n, sketch(part.shingles)) for n, part in parts if len(part.words) >= SECTION_WORDS
        ),
    )


def _likenesses(texts: Sequence[tuple[Text, Sketch]], least: float) -> Iterator[Likeness]:
    """Pairs of texts of different articles in one language that are about the same."""

    def likeness(first: int, second: int) -> float:
        one, other = texts[first][0], texts[second][0]
        if one.article.id == other.article.id or one.article.locale != other.article.locale:
            return 0.0
        return jaccard(one.shingles, other.shingles)

    for pair in alike([known for _, known in texts], least, likeness):
        one, other = texts[pair.first][0], texts[pair.second][0]
        if not different_subjects(one.article, other.article, one.blocks, other.blocks):
            yield pair


def _is_reuse(texts: Sequence[Text]) -> bool:
    """Whether the copies stand in articles of one pattern, as one for each platform."""
    first = texts[0].article
    return all(are_parallel(first.title, text.article.title) for text in texts[1:])


def _drift(texts: Sequence[Text]) -> Drift:
    return compare([text.article for text in texts], [text.blocks for text in texts])


def _together(one: Text, other: Text, same: Mapping[str, int]) -> bool:
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


def _told(drift: Drift, texts: Sequence[Text]) -> str:
    """How the copies have drifted apart, in sentences; empty where they have not."""
    pairs = [f"'{one}' against '{other}'" for one, other in drift.changes if one and other]
    pairs += [
        f"only one says '{one or other}'" for one, other in drift.changes if not (one and other)
    ]
    told = [f"They have drifted apart: {'; '.join(pairs[:TOLD])}."] if pairs else []
    for number, block in drift.alone[:TOLD]:
        said = " ".join(block.text.split())
        short = said if len(said) <= QUOTED_CHARS else said[:QUOTED_CHARS].rsplit(" ", 1)[0] + " …"
        told.append(f"Only '{texts[number].article.title}' says: '{short}'")
    return " ".join(told)


plugin = Duplicates()
