"""How old an article is known to be."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kb.types import Article

LEAST_TOGETHER = 3


class Ages:
    """When somebody last vouched for each article, as far as that is known."""

    def __init__(self, articles: Sequence[Article], today: date) -> None:
        self._today = today
        days = Counter(a.updated_at.date() for a in articles if a.updated_at)
        many = max(LEAST_TOGETHER, len(articles) / 2)
        self._checkouts = {day for day, count in days.items() if count >= many}

    def vouched(self, article: Article) -> date | None:
        """The later of the review and the last change; None when neither is known. A day on
        which half of all articles changed, and three at least, is the day of a checkout, not of
        an edit."""
        known = [article.reviewed_on] if article.reviewed_on else []
        if article.updated_at:
            day = article.updated_at.date()
            if day not in self._checkouts and day <= self._today:
                known.append(day)
        return max(known) if known else None

    def days(self, article: Article) -> int | None:
        """Days since then; None when it is not known."""
        day = self.vouched(article)
        return None if day is None else (self._today - day).days
