"""Articles for the detectors' tests, read by the real parser."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from kb.corpus import Corpus
from kb.parse import Defaults, parse
from kb.settings import HygieneSettings
from kb.types import Article, Document

TODAY = date(2026, 11, 20)


def article(path: str, text: str, updated: date | None = None) -> Article:
    """A Markdown article; a path without a title gets one from its name."""
    changed = datetime(updated.year, updated.month, updated.day, tzinfo=UTC) if updated else None
    return parse(
        Document(
            f"help:{path}",
            "help",
            path,
            "text/markdown",
            text.encode(),
            "1",
            updated_at=changed,
        ),
        Defaults(owner="docs@example.com"),
    )


def corpus(articles: Sequence[Article], assets: frozenset[str] | None = None) -> Corpus:
    """As of 20 November 2026, with default settings."""
    return Corpus(articles, TODAY, HygieneSettings(), assets=assets)
