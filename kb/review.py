"""When an article has to be looked at again."""

from collections.abc import Mapping
from datetime import date, timedelta

from kb.patterns import matches
from kb.settings import HygieneSettings
from kb.types import Article

POLICY = ("policy", "policies")
# Front matter by which authors say themselves until when a text is good.
DUE = ("review_by", "next_review", "next_review_date", "review_due", "expires", "expiry_date")


def review_days(article: Article, settings: HygieneSettings) -> int:
    """Days between two reviews: by the most specific path pattern that matches (the one with the
    most characters that are no wildcards, then the fewest days), else by owner, else the default
    for policies (in a folder or with a tag of that name) or for the rest."""
    by_path = _by_path(article.path, settings.review_by_path)
    if by_path is not None:
        return by_path
    by_owner = {owner.casefold(): days for owner, days in settings.review_by_owner.items()}
    default = settings.policy_review_days if is_policy(article) else settings.review_days
    return by_owner.get(article.owner.casefold(), default)


def due_on(article: Article, settings: HygieneSettings) -> date | None:
    """The last day of the review cycle: the day that the front matter names, else the review and
    the days of the cycle. None for an article that nobody ever reviewed."""
    named = (article.extra[key] for key in DUE if key in article.extra)
    day = next((day for text in named if (day := _day(text))), None)
    if day is None and article.reviewed_on:
        return article.reviewed_on + timedelta(days=review_days(article, settings))
    return day


def within_review(article: Article, settings: HygieneSettings, today: date) -> bool:
    """Whether somebody vouches for the article today. One that was never reviewed is not within
    its cycle, however new it is."""
    due = due_on(article, settings)
    return due is not None and today <= due


def is_policy(article: Article) -> bool:
    """Whether a folder of its path or a tag is named policy or policies."""
    folders = article.path.casefold().split("/")[:-1]
    tags = [tag.casefold() for tag in article.tags]
    return any(name in POLICY for name in [*folders, *tags])


def _by_path(path: str, rules: Mapping[str, int]) -> int | None:
    matching = [
        (-_literal(pattern), days, pattern)
        for pattern, days in rules.items()
        if matches(path, [pattern])
    ]
    return min(matching)[1] if matching else None


def _literal(pattern: str) -> int:
    return sum(char not in "*?" for char in pattern)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
