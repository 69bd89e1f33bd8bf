"""Where the articles of a help center stand, and what a link leads to.

Help centers write links as files (`../billing.md`), as routes without an extension (`billing`,
`/docs/billing`), and with addresses that the front matter sets. A route is a path without
extension, without `index` or `README` at its end, in lower case.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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


@lru_cache(maxsize=65_536)
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
        self._articles: dict[str, Article] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._every = sorted(articles, key=lambda a: a.id)
        for article in self._every:
            for path in routes_of(article):
                self._articles.setdefault(path, article)
        for path in self._articles:
            self._by_name[posixpath.basename(path)].append(path)
        self._folders = {folder for path in self._articles for folder in _ancestors(path)}
        self._files_by_name: defaultdict[str, list[str]] = defaultdict(list)
        for file in sorted(assets or ()):
            self._files_by_name[posixpath.basename(file).casefold()].append(file)
        self._file_folders = {posixpath.dirname(file).casefold() for file in assets or ()}
        self._root_relative = any(ROOT_RELATIVE.search(a.text) for a in articles)

    def candidates(self, article: Article, path: str) -> Iterator[str]:
        """Routes that a link of an article may mean, likeliest first: from the site's root, from
        the article's folder, or from the article's own route, as sites that end their addresses
        in a slash resolve it. A route that leaves the root begins with `..`."""
        if path.startswith("/"):
            yield route(path)
            return
        folder = posixpath.dirname(article.path)
        yield route(posixpath.normpath(posixpath.join(folder, path)))
        bases = [posixpath.splitext(article.path)[0]]
        if self._root_relative and not path.startswith("."):
            bases.extend(_ancestors(folder))
        for base in bases:
            yield route(posixpath.normpath(posixpath.join(base, path)))

    def target(self, article: Article, written: str) -> Article | None:
        """The article that an internal link of an article leads to; itself for a mere anchor."""
        path = unquote(written.strip().partition("#")[0].partition("?")[0])
        return self.at(article, path) if path else article

    def at(self, article: Article, path: str) -> Article | None:
        """The article at a path that an article links to, without anchor and query. An absolute
        one may lie below any folder, or above the root of what was read."""
        found = self.article(self.candidates(article, path))
        if found or not path.startswith("/"):
            return found
        whole = route(path)
        return self.ending_in(whole) or self.article([whole.partition("/")[2]])

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

    def files(self, path: str) -> list[str]:
        """Paths of the files that a path leads to in any case of letters; it may lie below any
        folder when it is absolute."""
        wanted = path.strip("/").casefold()
        return [
            known
            for known in self._files_by_name.get(posixpath.basename(wanted), ())
            if known.casefold() == wanted
            or (path.startswith("/") and known.casefold().endswith("/" + wanted))
        ]

    def knows_file_folder_of(self, path: str) -> bool:
        """Whether other files stand in the folder that this path would stand in."""
        return posixpath.dirname(path.strip("/")).casefold() in self._file_folders

    def nearest_file(self, path: str) -> str | None:
        """The file with the most similar name, beside this path first; None when none is."""
        names = sorted(self._files_by_name)
        name = posixpath.basename(path).casefold()
        found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=NEAREST)
        if found is None:
            return None
        options = sorted(self._files_by_name[found[0]])
        return max(options, key=lambda known: fuzz.ratio(known.casefold(), path.casefold()))

    def meant(self, text: str, anchor: str) -> Article | None:
        """The one article that has this heading, or else whose title is the link's text."""
        heading = [item for item in self._every if anchor and anchor in item.anchors]
        title = [item for item in self._every if _same(item.title, text)]
        return next((some[0] for some in (heading, title) if len(some) == 1), None)

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


def _same(title: str, text: str) -> bool:
    return " ".join(title.casefold().split()) == " ".join(text.casefold().split())


def _ancestors(path: str) -> Iterable[str]:
    while path:
        path = posixpath.dirname(path)
        yield path
