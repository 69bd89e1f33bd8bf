"""Which share of the articles is within its review cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.review import within_review
from kb.settings import HygieneSettings
from kb.types import Article


@dataclass(frozen=True, slots=True)
class Coverage:
    """One owner's articles, and how many of them are within their review cycle."""

    owner: str
    articles: int
    reviewed: int

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return self.reviewed / self.articles


def coverage(
    articles: Sequence[Article], settings: HygieneSettings, today: date
) -> tuple[Coverage, ...]:
    """For each owner, by name."""
    found = []
    for owner in sorted({article.owner for article in articles}):
        own = [article for article in articles if article.owner == owner]
        reviewed = sum(within_review(article, settings, today) for article in own)
        found.append(Coverage(owner, len(own), reviewed))
    return tuple(found)
