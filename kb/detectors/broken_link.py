"""Links that lead nowhere: to no article, no heading, no file, no page of another site.

A link is reported only where the export shows the place it points at: a folder that holds other
articles, an article that has no such heading, or an address below which articles are published.
Links into areas that were not ingested are left alone. Links to other sites are reported when
they were tried and their pages are gone; what refused, timed out or failed is no finding.

`details` of a finding: `target`, the link as written; `external`, "true" for another site's; and
`status`, HTTP's, where there was an answer.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from rapidfuzz import fuzz, process

from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.findings import Fetched, Finding, FindingKind, Reach, Severity
from kb.outgoing import PLACEHOLDER, web_address
from kb.published import Published
from kb.sitemap import ARTICLE_SUFFIXES, SiteMap
from kb.types import Article, Link

NOT_A_PATH = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
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
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What links are judged by: the articles of one source, the published ones of all, and what
    came of links that were tried."""

    site: SiteMap
    published: Published
    fetched: Mapping[str, Fetched]


class BrokenLinks:
    """One finding for each article and target, whatever the number of links to it."""

    kind = FindingKind.BROKEN_LINK

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """In order of article id, then of position."""
        by_source: defaultdict[str, list[Article]] = defaultdict(list)
        for article in sorted(corpus.articles, key=lambda a: a.id):
            by_source[article.source].append(article)
        published = Published(corpus.articles)
        for articles in by_source.values():
            place = Place(SiteMap(articles, corpus.assets), published, corpus.fetched)
            for article in articles:
                yield from self._of_article(article, place)

    def _of_article(self, article: Article, place: Place) -> Iterator[Finding]:
        links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in sorted(article.links, key=lambda item: (item.start, item.end)):
            links[link.target.strip()].append(link)
        for target, same in links.items():
            fault = judge(article, same[0], place)
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
                    details={"target": target, **fault.details},
                )


def judge(article: Article, link: Link, place: Place) -> Fault | None:
    """What is wrong with a link; None when it works or can't be judged."""
    target = link.target.strip()
    url = web_address(target)
    if url:
        return _judge_web(article, url, place)
    if not target or NOT_A_PATH.match(target) or PLACEHOLDER.search(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return _missing_anchor(article, article, anchor)
    if link.image or (FILE.search(path) and not path.lower().endswith(ARTICLE_SUFFIXES)):
        return _missing_file(article, path, link, place.site)
    found = place.site.at(article, path)
    if found:
        return _missing_anchor(article, found, anchor) or _other_case(article, found, path)
    return _missing_page(article, path, link, anchor, place.site)


def _judge_web(article: Article, url: str, place: Place) -> Fault | None:
    found = place.published.article(url)
    if found:
        return _missing_anchor(article, found, url.partition("#")[2])
    answer = place.fetched.get(url)
    if answer:
        return _gone(article, answer) if answer.reach is Reach.GONE else None
    if not place.published.misses(url):
        return None
    nearest = place.published.nearest(url)
    return Fault(
        severity=Severity.MEDIUM,
        title=f"Link to '{url}', where no article is published",
        explanation=f"'{article.title}' links to '{url}' on this help center's own site, and no "
        "article is published there.",
        suggestion=_move_to(nearest),
        confidence=0.75,
    )


def _gone(article: Article, answer: Fetched) -> Fault:
    status = {"status": str(answer.status)} if answer.status else {}
    moved = f" Its address moved to {answer.moved_to}." if answer.moved_to else ""
    return Fault(
        severity=Severity.MEDIUM,
        title=f"Link to '{answer.url}', which is gone",
        explanation=f"'{article.title}' links to '{answer.url}', which gave: {answer.reason}."
        + moved,
        suggestion="Link to the page that took its place, or remove the link.",
        confidence=0.95 if answer.status else 0.85,
        details={"external": "true", **status},
    )


def _missing_page(
    article: Article, path: str, link: Link, anchor: str, site: SiteMap
) -> Fault | None:
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
    return Fault(
        severity=Severity.MEDIUM,
        title=f"Link to '{path}', which does not exist",
        explanation=f"'{article.title}' links to '{path}', and no article stands there.",
        suggestion=_move_to(nearest or site.meant(link.text, unquote(anchor))),
        confidence=0.95 if judged else 0.75,
    )


def _move_to(nearest: Article | None) -> str:
    if nearest is None:
        return "Link to the article that took its place, or remove the link."
    return f"Did it move? The nearest article is '{nearest.title}' ({nearest.path})."


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
    )


def _declares(article: Article, anchor: str) -> bool:
    """Whether an article has the anchor; slug rules differ between sites, letters do not."""
    if anchor in article.anchors:
        return True
    if _letters(anchor) in map(_letters, article.anchors):
        return True
    # A plain search first: few texts have the words at all.
    declared = DECLARED.format(re.escape(anchor))
    return any(re.search(declared, line) for line in article.text.splitlines() if anchor in line)


def _letters(anchor: str) -> str:
    return re.sub(r"[\W_]+", "", anchor.casefold())


def _other_case(article: Article, found: Article, path: str) -> Fault | None:
    """A link to a file by name, which only systems that ignore the case of letters find."""
    named = _beside(article, path)
    if found.path == named or found.path.casefold() != named.casefold():
        return None
    return _case_fault(article, path, found.path)


def _missing_file(article: Article, path: str, link: Link, site: SiteMap) -> Fault | None:
    named = path if path.startswith("/") else _beside(article, path)
    files = site.files(named)
    if files:
        exact = any(known.endswith(named.strip("/")) for known in files)
        return None if exact else _case_fault(article, path, files[0])
    if not site.knows_file_folder_of(named):
        return None
    what = "Image" if link.image else "Download"
    nearest = site.nearest_file(named)
    return Fault(
        severity=Severity.LOW,
        title=f"{what} '{path}' does not exist",
        explanation=f"'{article.title}' refers to the file '{path}', which is not there.",
        suggestion=f"Add the file, or did you mean '{nearest}'?"
        if nearest
        else "Add the file, or remove the reference.",
    )


def _beside(article: Article, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))


def _case_fault(article: Article, path: str, known: str) -> Fault:
    return Fault(
        severity=Severity.LOW,
        title=f"Link to '{path}', written in another case than the file",
        explanation=f"'{article.title}' refers to '{path}', and the file is '{known}': most web "
        "servers tell capital letters from small ones.",
        suggestion=f"Write it as the file is named: '{posixpath.basename(known)}'.",
        confidence=0.7,
    )


plugin = BrokenLinks()
