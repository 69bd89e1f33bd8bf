"""Articles that nothing links to, and articles without owner.

`details["signal"]` is "unlinked" or "unowned", `details["evidence"]` the proof in a line. A missing
link says something only where a center links its articles at all and has no navigation of its own:
then each such article is a finding, and all of them together are one where they are many. Articles
without owner make one finding for each folder, and a single one where nobody is named in the whole
center, or where the folders are many. Of several articles `details["count"]` tells the number and
`details["articles"]` the first paths. All are of the lowest severity.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kb.changelog import NAME as NOTES
from kb.corpus import Corpus
from kb.evidence import fingerprint, quote
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.outgoing import web_address
from kb.patterns import matches
from kb.published import Published
from kb.settings import CenterSettings
from kb.sitemap import FOLDER_PAGES, SiteMap, route
from kb.types import Article

# Files by which site builders lay out what readers see at the side: what they list is not read.
NAVIGATION = frozenset(
    {
        "_category_.json",
        "_category_.yml",
        "_category_.yaml",
        "_meta.json",
        "_meta.js",
        "_meta.ts",
        "meta.json",
        "_sidebar.md",
        "_data/navigation.yml",
        "sidebars.js",
        "sidebars.ts",
        "sidebars.json",
        "mkdocs.yml",
        "docs.json",
        "mint.json",
        "toc.yml",
        ".pages",
        "nav.adoc",
    }
)
# Front matter by which an article takes its place there itself.
IN_NAVIGATION = frozenset(
    {"sidebar_position", "sidebar_label", "nav_order", "nav_title", "weight", "menu", "parent"}
)
LANDING = frozenset(
    {*FOLDER_PAGES, "home", "summary", "toc", "404", "welcome", "overview", "intro"}
)
LEAST_LINKED = 0.5
# More than these, and than this part of all, are no exceptions: they are how the center is made.
MANY, MANY_PART = 10, 0.25
SHOWN, LISTED = 10, 20
UNOWNED = ("", str(CenterSettings.model_fields["owner"].default))


class Orphans:
    """One finding for an article without links to it, one for many without owner."""

    kind = FindingKind.ORPHAN

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        """What nothing links to, by article id; then what nobody owns, by folder."""
        articles = sorted(corpus.articles, key=lambda a: a.id)
        yield from self._unlinked(articles, corpus)
        yield from self._unowned(articles)

    def _unlinked(self, articles: Sequence[Article], corpus: Corpus) -> Iterator[Finding]:
        linked = linked_ids(articles, corpus.assets)
        notes = corpus.settings.release_notes
        inner = [a for a in articles if not _is_entry(a) and not matches(a.path, notes)]
        reached = sum(article.id in linked for article in inner)
        if not reached or reached < LEAST_LINKED * len(inner):
            return
        navigated = _navigated_folders(corpus.assets)
        lost = [a for a in inner if a.id not in linked and not _is_navigated(a, navigated)]
        evidence = f"{reached} of {len(inner)} articles are linked to"
        if len(lost) > max(MANY, MANY_PART * len(inner)):
            yield self._of_unlinked(lost, evidence, [])
            return
        for article in lost:
            yield self._of_unlinked([article], evidence, [article.id])

    def _of_unlinked(self, lost: Sequence[Article], evidence: str, names: Sequence[str]) -> Finding:
        many = len(lost) > 1
        return self._finding(
            ["unlinked", *names],
            lost,
            title=f"Nothing links to {_counted(lost)}",
            explanation=f"No other article links to {'them' if many else 'it'}, so that readers "
            f"come upon {'them' if many else 'it'} by search alone.",
            suggestion="Link to it from an article on the same topic, or retire it.",
            details={"signal": "unlinked", "evidence": evidence},
        )

    def _unowned(self, articles: Sequence[Article]) -> Iterator[Finding]:
        nobodys = [a for a in articles if a.owner in UNOWNED]
        if len(nobodys) == len(articles):
            if nobodys:
                yield self._of_nobody(nobodys, "the help center", [])
            return
        folders: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
        for article in nobodys:
            folders[article.source, posixpath.dirname(article.path)].append(article)
        if len(folders) > SHOWN:
            yield self._of_nobody(nobodys, "the help center", ["many"])
            return
        for (source, folder), inside in sorted(folders.items()):
            yield self._of_nobody(inside, f"'{folder or source}'", [source, folder])

    def _of_nobody(self, articles: Sequence[Article], where: str, names: Sequence[str]) -> Finding:
        have = "have" if len(articles) > 1 else "has"
        return self._finding(
            ["unowned", *names],
            articles,
            title=f"{_counted(articles)} of {where} {have} no owner",
            explanation="Nobody is named who keeps them true, so that findings about them reach "
            "nobody.",
            suggestion="Name an owner in the front matter, by a path pattern in [owners] rules, "
            "or for the source.",
            details={
                "signal": "unowned",
                "evidence": "neither the front matter nor the settings name an owner",
            },
        )

    def _finding(
        self,
        claimed: Sequence[str],
        articles: Sequence[Article],
        *,
        title: str,
        explanation: str,
        suggestion: str,
        details: dict[str, str],
    ) -> Finding:
        return Finding(
            id=fingerprint(self.kind, *claimed),
            kind=self.kind,
            severity=Severity.LOW,
            confidence=0.6,
            title=title,
            explanation=explanation,
            suggestion=suggestion,
            evidence=tuple(_title(article) for article in articles[:SHOWN]),
            owner=articles[0].owner,
            details=details | _of_several(articles),
        )


def linked_ids(articles: Sequence[Article], assets: frozenset[str] | None) -> set[str]:
    """Ids of the articles that another one links to."""
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_source[article.source].append(article)
    published = Published(articles)
    linked: set[str] = set()
    for inside in by_source.values():
        site = SiteMap(inside, assets)
        for article in inside:
            for target in {link.target for link in article.links if not link.image}:
                url = web_address(target)
                found = published.article(url) if url else site.target(article, target)
                if found and found.id != article.id:
                    linked.add(found.id)
    return linked


def _is_entry(article: Article) -> bool:
    """Whether readers come there without a link: the first page of a folder or of the site, and
    release notes."""
    own = posixpath.splitext(posixpath.basename(article.path))[0].casefold()
    # An article named like its folder is the folder's page.
    above = posixpath.basename(posixpath.dirname(article.path)).casefold()
    return own in LANDING or own == above or not route(article.path) or bool(NOTES.search(own))


def _navigated_folders(assets: frozenset[str] | None) -> frozenset[str]:
    return frozenset(
        posixpath.dirname(path)
        for path in assets or ()
        if posixpath.basename(path).casefold() in NAVIGATION
    )


def _is_navigated(article: Article, folders: frozenset[str]) -> bool:
    """Whether the article stands in a navigation that is laid out beside the articles."""
    if IN_NAVIGATION & article.extra.keys():
        return True
    folder = posixpath.dirname(article.path)
    while folder not in folders:
        if not folder:
            return False
        folder = posixpath.dirname(folder)
    return True


def _counted(articles: Sequence[Article]) -> str:
    return f"{len(articles)} articles" if len(articles) > 1 else f"'{articles[0].title}'"


def _of_several(articles: Sequence[Article]) -> dict[str, str]:
    paths = [article.path for article in articles[:LISTED]]
    more = len(articles) - len(paths)
    told = ", ".join(paths) + (f" and {more} more" if more else "")
    return {"count": str(len(articles)), "articles": told} if len(articles) > 1 else {}


def _title(article: Article) -> Evidence:
    """The title where it stands in the text, else an empty quote at the beginning."""
    at = article.text.find(article.title)
    return quote(article, at, at + len(article.title)) if at >= 0 else quote(article, 0, 0)


plugin = Orphans()
