"""Articles that say the same, and sections that were copied from one article into others.

Pages that share a template and differ in what they are about (one for each platform, partner or
version) are not duplicates, nor are listings, nor are a few sentences of boilerplate. What copies
differ in is told in `details["drift"]`, and the differing words are marked in the quotes;
`details["copied"]` is "article" or "section".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from kb.copies import ARTICLE_LIKENESS, SECTION_LIKENESS, Text, alike, shapes_of
from kb.corpus import Corpus
from kb.drift import Drift, compare
from kb.evidence import fingerprint, quote
from kb.facts import key_of, remembered_as
from kb.findings import Finding, FindingKind, Severity
from kb.patterns import matches
from kb.shingles import Sketch, groups
from kb.subject import are_parallel

SHOWN, TOLD = 6, 3
QUOTED_CHARS = 100


class Duplicates:
    """One finding for each group of articles, whatever the number of pairs in it."""

    kind = FindingKind.DUPLICATE

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """Near-identical articles first, then copied sections of articles that are not."""
        shapes = shapes_of(corpus)
        notes = corpus.settings.release_notes
        articles = [
            (article, key_of(article), shapes[article.id])
            for article in sorted(corpus.articles, key=lambda a: a.id)
            if not shapes[article.id].is_notes and not matches(article.path, notes)
        ]
        whole = [(Text(a, key), shape.whole) for a, key, shape in articles if shape.whole]
        texts = [text for text, _ in whole]
        pairs = alike(corpus, texts, [known for _, known in whole], ARTICLE_LIKENESS)
        found = [[texts[i] for i in group] for group in groups(pairs)]
        same = {text.article.id: number for number, group in enumerate(found) for text in group}
        keys = [_key(texts) for texts in found]
        yield from remembered_as(
            corpus.cache, "duplicates", keys, lambda n: self._of_articles(found[n]), Finding
        )
        parts = [
            (Text(a, f"{key} {n}", n), known)
            for a, key, shape in articles
            for n, known in shape.sections
        ]
        copied = list(_copied_sections(corpus, parts, same))
        keys = [_key(text for copies in some for text in copies) for some in copied]
        yield from remembered_as(
            corpus.cache, "copied sections", keys, lambda n: self._of_copies(copied[n]), Finding
        )

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


def _copied_sections(
    corpus: Corpus, parts: Sequence[tuple[Text, Sketch]], same: Mapping[str, int]
) -> Iterable[list[list[Text]]]:
    """Groups of copies, those of the same articles together."""
    texts = [text for text, _ in parts]
    pairs = alike(corpus, texts, [known for _, known in parts], SECTION_LIKENESS)
    apart = [(i, j) for i, j in pairs if not _together(texts[i], texts[j], same)]
    by_articles: defaultdict[tuple[str, ...], list[list[Text]]] = defaultdict(list)
    for group in groups(apart):
        copies = _one_an_article([texts[i] for i in group])
        by_articles[tuple(text.article.id for text in copies)].append(copies)
    return by_articles.values()


def _key(texts: Iterable[Text]) -> str:
    """Names all that a finding about these is made from."""
    return sha256("\x1f".join(text.key for text in texts).encode()).hexdigest()


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
