"""Where the articles of a help center stand, and what a link leads to.

Help centers write links as files (`../billing.md`), as routes without an extension (`billing`,
`/docs/billing`), and with addresses that the front matter sets. A route is a path without
extension, without `index` or `README` at its end, in lower case.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, process

from kb.types import Article

ARTICLE_SUFFIXES = (".md", ".mdx", ".markdown", ".html", ".htm", ".txt", ".rst")
FOLDER_PAGES = ("index", "readme", "_index")
ADDRESS_KEYS = ("slug", "permalink", "url", "id", "aliases", "redirect_from")
NUMBER_PREFIX = re.compile(r"(^|/)\d+[-_.](?=\w)")
NEAREST = 80.0
# Docusaurus looks for a linked file beside the article, then from the folder of all articles.
ROOT_RELATIVE = re.compile(r"@docusaurus/|@theme/")


def route(path: str) -> str:
    """The path as a site would serve it: no extension, no folder page, lower case."""
    path = unquote(path).strip("/").casefold()
    stem, suffix = posixpath.splitext(path)
    path = stem if suffix in ARTICLE_SUFFIXES else path
    head, _, last = path.rpartition("/")
    return head if last in FOLDER_PAGES else path


def routes_of(article: Article) -> Iterable[str]:
    """Every route that leads to an article: its path, its addresses, its published URL."""
    own = route(article.path)
    yield own
    yield NUMBER_PREFIX.sub(r"\1", own)
    folder = posixpath.dirname(own)
    for key in ADDRESS_KEYS:
        for address in re.split(r"[\s,\[\]'\"]+", article.extra.get(key, "")):
            if address:
                named = route(urlsplit(address).path)
                yield named
                yield posixpath.join(folder, named)
    if article.url:
        yield route(urlsplit(article.url).path)


class SiteMap:
    """Routes of all articles of one source, and the other files beside them."""

    def __init__(self, articles: Sequence[Article], assets: frozenset[str] | None) -> None:
        self.assets = None if assets is None else frozenset(a.casefold() for a in assets)
        self._articles: dict[str, Article] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for article in sorted(articles, key=lambda a: a.id):
            for path in routes_of(article):
                self._articles.setdefault(path, article)
        for path in self._articles:
            self._by_name[posixpath.basename(path)].append(path)
        self._folders = {folder for path in self._articles for folder in _ancestors(path)}
        self._assets_by_name: defaultdict[str, list[str]] = defaultdict(list)
        for asset in self.assets or ():
            self._assets_by_name[posixpath.basename(asset)].append(asset)
        self._asset_folders = {posixpath.dirname(a) for a in self.assets or ()}
        self._root_relative = any(ROOT_RELATIVE.search(a.text) for a in articles)

    def candidates(self, article: Article, path: str) -> list[str]:
        """Routes that a link of an article may mean, likeliest first: from the site's root, from
        the article's folder, or from the article's own route, as sites that end their addresses
        in a slash resolve it. A route that leaves the root begins with `..`."""
        if path.startswith("/"):
            return [route(path)]
        folder = posixpath.dirname(article.path)
        bases = [folder, posixpath.splitext(article.path)[0]]
        if self._root_relative and not path.startswith("."):
            bases.extend(_ancestors(folder))
        return [route(posixpath.normpath(posixpath.join(base, path))) for base in bases]

    def article(self, candidates: Iterable[str]) -> Article | None:
        """The article at the first candidate route that leads to one."""
        return next((self._articles[c] for c in candidates if c in self._articles), None)

    def ending_in(self, path: str) -> Article | None:
        """The article whose route ends in these segments."""
        for known in self._by_name.get(posixpath.basename(path), ()):
            if known == path or known.endswith("/" + path):
                return self._articles[known]
        return None

    def holds_folder(self, path: str) -> bool:
        """Whether articles stand in or below this folder (a listing page may be served there)."""
        return path in self._folders

    def knows_folder_of(self, path: str) -> bool:
        """Whether other articles stand in the folder that this path would stand in."""
        return posixpath.dirname(path) in self._folders

    def asset(self, paths: Iterable[str]) -> bool:
        """Whether one of the files is there; absolute paths may lie below any folder."""
        return any(
            known == path or known.endswith("/" + path)
            for path in paths
            for known in self._assets_by_name.get(posixpath.basename(path), ())
        )

    def knows_asset_folder_of(self, paths: Iterable[str]) -> bool:
        """Whether other files stand in the folder that one of the paths would stand in."""
        return any(posixpath.dirname(path) in self._asset_folders for path in paths)

    def nearest(self, path: str) -> Article | None:
        """The article with the most similar route; None when none is similar."""
        name = posixpath.basename(path)
        if self._by_name.get(name):
            options = self._by_name[name]
            best = max(options, key=lambda known: (fuzz.ratio(known, path), known))
            return self._articles[best]
        found = process.extractOne(
            path, sorted(self._articles), scorer=fuzz.ratio, score_cutoff=NEAREST
        )
        return self._articles[found[0]] if found else None


def _ancestors(path: str) -> Iterable[str]:
    while path:
        path = posixpath.dirname(path)
        yield path
