"""Articles that nobody retrieved in a year while their neighbours were."""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kb.findings import Usage
from kb.types import Article

YEAR = timedelta(365)
LEAST_NEIGHBOURS = 2


def unread(
    articles: Sequence[Article], usage: Mapping[str, Usage], today: date
) -> dict[str, tuple[int, int]]:
    """By article id: how many of the others in its folder were retrieved within the year, and how
    many there are. Nothing unless the record of usage spans a year. At least two, and half, of the
    others must have been retrieved; an article younger than a year is left alone."""
    first = min((used.first for used in usage.values() if used.first), default=None)
    if first is None or first > today - YEAR:
        return {}
    folders: defaultdict[tuple[str, str, tuple[str, ...]], list[Article]] = defaultdict(list)
    for article in articles:
        folders[article.source, posixpath.dirname(article.path), article.audience].append(article)
    found: dict[str, tuple[int, int]] = {}
    for neighbours in folders.values():
        read = {a.id for a in neighbours if _was_read(usage.get(a.path), today)}
        if len(read) < LEAST_NEIGHBOURS or len(read) * 2 < len(neighbours) - 1:
            continue
        found |= {
            a.id: (len(read), len(neighbours) - 1)
            for a in neighbours
            if a.id not in read and not _is_new(a, today)
        }
    return found


def _was_read(used: Usage | None, today: date) -> bool:
    return used is not None and used.retrieved > 0 and (used.last or today) > today - YEAR


def _is_new(article: Article, today: date) -> bool:
    return article.created_at is not None and article.created_at.date() > today - YEAR
