"""Internal links that lead nowhere: to no article, no heading, no image.

A link is reported only where the export shows the place it points at: a folder that holds other
articles, or an article that has no such heading. Links into areas that were not ingested, and
links to other sites, are left alone.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from rapidfuzz import fuzz, process

from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.sitemap import ARTICLE_SUFFIXES, SiteMap
from kb.types import Article, Finding, FindingKind, Link, Severity

EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
UNREADABLE = re.compile(r"[{}<>$\s]|\.\.\.|…")
UNCHECKED_ANCHOR = re.compile(r"$|top$|[:/!]", re.IGNORECASE)
FILE = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
DECLARED = r"""(?:\b(?:id|name)\s*=\s*\{{?["']{0}["']|\{{#{0}\}})"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one link."""

    severity: Severity
    title: str
    explanation: str
    suggestion: str
    confidence: float = 0.9


class BrokenLinks:
    """One finding for each article and target, whatever the number of links to it."""

    kind = FindingKind.BROKEN_LINK

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """In order of article id, then of position."""
        by_source: defaultdict[str, list[Article]] = defaultdict(list)
        for article in sorted(corpus.articles, key=lambda a: a.id):
            by_source[article.source].append(article)
        for articles in by_source.values():
            site = SiteMap(articles, corpus.assets)
            for article in articles:
                yield from self._of_article(article, site)

    def _of_article(self, article: Article, site: SiteMap) -> Iterator[Finding]:
        links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in sorted(article.links, key=lambda item: (item.start, item.end)):
            links[link.target.strip()].append(link)
        for target, same in links.items():
            fault = judge(article, same[0], site)
            if fault:
                yield Finding(
                    id=fingerprint(self.kind, article.id, target),
                    kind=self.kind,
                    severity=fault.severity,
                    confidence=fault.confidence,
                    title=fault.title,
                    explanation=fault.explanation,
                    suggestion=fault.suggestion,
                    evidence=tuple(quote(article, link.start, link.end) for link in same[:3]),
                    owner=article.owner,
                )


def judge(article: Article, link: Link, site: SiteMap) -> Fault | None:
    """What is wrong with a link; None when it works or can't be judged."""
    target = link.target.strip()
    if not target or EXTERNAL.match(target) or UNREADABLE.search(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return _missing_anchor(article, article, anchor)
    if link.image or (FILE.search(path) and not path.lower().endswith(ARTICLE_SUFFIXES)):
        return _missing_file(article, path, link, site)
    found = _find(article, path, site)
    if found:
        return _missing_anchor(article, found, anchor)
    return _missing_page(article, path, site)


def _find(article: Article, path: str, site: SiteMap) -> Article | None:
    candidates = site.candidates(article, path)
    found = site.article(candidates)
    if found or not path.startswith("/"):
        return found
    whole = candidates[0]
    return site.ending_in(whole) or site.article([whole.partition("/")[2]])


def _missing_page(article: Article, path: str, site: SiteMap) -> Fault | None:
    candidates = [c for c in site.candidates(article, path) if c and not c.startswith("..")]
    if not candidates or any(site.holds_folder(c) for c in candidates):
        return None
    wanted = candidates[0]
    nearest = site.nearest(wanted)
    judged = site.knows_folder_of(wanted)
    if path.startswith("/"):
        judged = judged and ("/" in wanted or path.lower().endswith(ARTICLE_SUFFIXES))
    if not judged and not nearest:
        return None
    suggestion = (
        f"Did it move? The nearest article is '{nearest.title}' ({nearest.path})."
        if nearest
        else "Link to the article that took its place, or remove the link."
    )
    return Fault(
        severity=Severity.MEDIUM,
        title=f"Link to '{path}', which does not exist",
        explanation=f"'{article.title}' links to '{path}', and no article stands there.",
        suggestion=suggestion,
        confidence=0.95 if judged else 0.75,
    )


def _missing_anchor(article: Article, target: Article, anchor: str) -> Fault | None:
    anchor = unquote(anchor)
    if UNCHECKED_ANCHOR.match(anchor) or not target.anchors or _declares(target, anchor):
        return None
    place = "itself" if target.id == article.id else f"'{target.title}' ({target.path})"
    near = process.extractOne(anchor, sorted(target.anchors), scorer=fuzz.ratio, score_cutoff=60)
    return Fault(
        severity=Severity.LOW,
        title=f"Link to '#{anchor}', a heading that does not exist",
        explanation=f"'{article.title}' links to the heading '#{anchor}' of {place}, "
        "which has no such heading: the reader lands at the top.",
        suggestion=f"The nearest heading is '#{near[0]}'."
        if near
        else "Link to a heading of that article, or to the article as a whole.",
        confidence=0.9,
    )


def _declares(article: Article, anchor: str) -> bool:
    """Whether an article has the anchor; slug rules differ between sites, letters do not."""
    if _letters(anchor) in {_letters(known) for known in article.anchors}:
        return True
    return bool(re.search(DECLARED.format(re.escape(anchor)), article.text))


def _letters(anchor: str) -> str:
    return re.sub(r"[\W_]+", "", anchor.casefold())


def _missing_file(article: Article, path: str, link: Link, site: SiteMap) -> Fault | None:
    if not site.assets:
        return None
    if path.startswith("/"):
        paths = [path.strip("/").casefold()]
    else:
        folder = posixpath.dirname(article.path)
        paths = [posixpath.normpath(posixpath.join(folder, path)).casefold()]
    if site.asset(paths) or not site.knows_asset_folder_of(paths):
        return None
    what = "Image" if link.image else "Download"
    return Fault(
        severity=Severity.LOW,
        title=f"{what} '{path}' does not exist",
        explanation=f"'{article.title}' refers to the file '{path}', which is not there.",
        suggestion="Add the file, or remove the reference.",
    )


plugin = BrokenLinks()
