"""Quotes and fingerprints: what every finding is made of."""

from hashlib import sha256

from kb.types import Article, Evidence, FindingKind, Section

SEPARATOR = "\x1f"


def fingerprint(kind: FindingKind, *parts: str) -> str:
    """20 hex digits of the SHA-256 over the kind and the parts; the order of parts matters."""
    return sha256(SEPARATOR.join([kind.value, *parts]).encode()).hexdigest()[:20]


def quote(article: Article, start: int, end: int) -> Evidence:
    """The words at [start, end), with the innermost heading that they stand under."""
    return Evidence(
        article_id=article.id,
        path=article.path,
        title=article.title,
        quote=article.text[start:end],
        start=start,
        end=end,
        heading=heading_at(article, start),
    )


def heading_at(article: Article, position: int) -> str:
    """The innermost heading over a position, empty before the first."""
    section = section_at(article, position)
    return section.path[-1] if section and section.path else ""


def section_at(article: Article, position: int) -> Section | None:
    """The section that holds a position."""
    return next((s for s in article.sections if s.start <= position < s.end), None)
