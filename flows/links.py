"""External links of articles, tried where the settings ask for it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kb.build import Workspace
from kb.findings import Fetched, Reach
from kb.outgoing import outgoing
from kb.ports import Progress
from kb.published import Published
from kb.types import Article

_WORDS = {
    Reach.OK: "work",
    Reach.GONE: "are gone",
    Reach.FORBIDDEN: "turn machines away",
    Reach.TIMEOUT: "did not answer in time",
    Reach.FAILED: "failed for now",
    Reach.REFUSED: "lead to private networks and were not tried",
}


def try_links(
    work: Workspace, articles: Sequence[Article], progress: Progress
) -> Mapping[str, Fetched]:
    """What came of each external link, by URL; nothing where the settings do not ask for it.
    Links to articles on the help center's own site need no trying."""
    if work.probe is None:
        return {}
    published = Published(articles)
    urls = outgoing(articles, work.settings.links.ignore)
    return work.probe([url for url in urls if published.article(url) is None], progress)


def describe_links(fetched: Mapping[str, Fetched]) -> str:
    """One line that counts what came of the links."""
    counts = Counter(item.reach for item in fetched.values())
    parts = [f"{counts[reach]} {words}" for reach, words in _WORDS.items() if counts[reach]]
    return f"external links: {', '.join(parts) or 'none'}"
