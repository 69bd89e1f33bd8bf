"""Articles by the addresses at which they are published."""

import posixpath
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from kb.sitemap import NEAREST, route
from kb.types import Article


class Published:
    """All articles of the help center that have an address, whatever their source."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles: dict[str, Article] = {}
        for article in sorted(articles, key=lambda item: item.id):
            if article.url and (address := _address(article.url)):
                self._articles.setdefault(address, article)
        self._folders = {posixpath.dirname(address) for address in self._articles}
        self._listings = {above for folder in self._folders for above in _up(folder)}

    def article(self, url: str) -> Article | None:
        """The article that is published at a URL."""
        return self._articles.get(_address(url)) if self._articles else None

    def misses(self, url: str) -> bool:
        """Whether a URL lies in a folder of published articles and is none of them, nor a listing
        of some. At the top of a site other pages stand too: there it must resemble one."""
        if not self._articles:
            return False
        address = _address(url)
        folder = posixpath.dirname(address)
        is_page = not posixpath.splitext(address)[1] and address not in self._listings
        if not is_page or folder not in self._folders or address in self._articles:
            return False
        return "/" in folder or self.nearest(url) is not None

    def nearest(self, url: str) -> Article | None:
        """The article with the most similar address; None when none is similar."""
        found = process.extractOne(
            _address(url), sorted(self._articles), scorer=fuzz.ratio, score_cutoff=NEAREST
        )
        return self._articles[found[0]] if found else None


@lru_cache(maxsize=65_536)
def _address(url: str) -> str:
    """Host and route, such as `help.acme.com/billing/refunds`; empty for what is no URL."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = route(parts.path)
    return f"{host}/{path}" if host and path else host


def _up(folder: str) -> Iterable[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
