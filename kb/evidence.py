"""Quotes and fingerprints: what every finding is made of."""

from collections.abc import Iterable
from hashlib import sha256

from kb.findings import Evidence, FindingKind
from kb.types import Article, Section

SEPARATOR = "\x1f"
Span = tuple[int, int]


def fingerprint(kind: FindingKind, *parts: str) -> str:
    """20 hex digits of the SHA-256 over the kind and the parts; the order of parts matters."""
    return sha256(SEPARATOR.join([kind.value, *parts]).encode()).hexdigest()[:20]


def quote(article: Article, start: int, end: int, marks: Iterable[Span] = ()) -> Evidence:
    """The words at [start, end), with the innermost heading that they stand under. `marks` are
    spans of the article's text; what of them lies in the quote is kept."""
    inside = sorted({(max(a, start), min(b, end)) for a, b in marks if a < end and start < b})
    return Evidence(
        article_id=article.id,
        path=article.path,
        title=article.title,
        quote=article.text[start:end],
        start=start,
        end=end,
        heading=heading_at(article, start),
        line=article.text.count("\n", 0, start) + 1,
        url=article.url,
        marks=tuple((a - start, b - start) for a, b in inside),
    )


def place_of(words: str, near: int, text: str) -> Span | None:
    """Where the words stand in another version of their article: at `near`, else the nearest place
    to it, the earlier of two equally near ones; None where they do not stand any more."""
    before = text.rfind(words, 0, near + len(words))
    after = text.find(words, near)
    places = [start for start in (before, after) if start >= 0]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    return start, start + len(words)


def heading_at(article: Article, position: int) -> str:
    """The innermost heading over a position, empty before the first."""
    section = section_at(article, position)
    return section.path[-1] if section and section.path else ""


def section_at(article: Article, position: int) -> Section | None:
    """The section that holds a position."""
    return next((s for s in article.sections if s.start <= position < s.end), None)
