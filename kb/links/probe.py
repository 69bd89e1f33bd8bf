"""The `LinkProbe` over HTTP."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from httpx import codes

from kb.addresses import is_public
from kb.findings import Fetched, Reach
from kb.links.addresses import Allow, Resolve, resolve
from kb.links.answers import Answers
from kb.links.visit import Failed, Visitor
from kb.ports import Cache, Progress
from kb.settings import LinksSettings

_STEP = "external links"
_MOST_REDIRECTS = 5
_PATIENCE = 3
"""Time-outs in a row after which the rest of a host's links are left alone."""
_GONE = frozenset({404, 410})
_UNSETTLED = frozenset({Reach.TIMEOUT, Reach.FAILED})
Tell: TypeAlias = Callable[[Fetched], None]


class HttpProbe:
    """Tries links by HEAD and GET. `allow` says which addresses may be asked: by default those of
    the open internet, so that no article makes this machine ask its own network.

    404 and 410 are gone, and so is a host whose name is unknown twice. Other refusals by a host,
    such as 403 and 429, are forbidden; what gives no answer now is neither.
    """

    def __init__(
        self,
        settings: LinksSettings,
        cache: Cache | None = None,
        allow: Allow = is_public,
        resolve: Resolve = resolve,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._answers = Answers(cache, settings.cache_days)
        self._allow = allow
        self._resolve = resolve
        self._clock = clock

    def __call__(self, urls: Sequence[str], progress: Progress | None = None) -> dict[str, Fetched]:
        pages = {url: _page(url) for url in urls}
        now = self._clock()
        wanted = sorted(set(pages.values()))
        kept, good = self._answers.known(wanted, now)
        missing = [page for page in wanted if page not in good]
        fresh = asyncio.run(self._round(missing, progress)) if missing else {}
        self._answers.keep(fresh, now)
        self._answers.forget_but(wanted)
        known = {page: kept[page] for page in good} | _settled(fresh, kept)
        return {url: replace(known[page], url=url) for url, page in pages.items()}

    async def _round(self, urls: Sequence[str], progress: Progress | None) -> dict[str, Fetched]:
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for url in urls:
            by_host[_host(url)].append(url)
        found: dict[str, Fetched] = {}

        def tell(item: Fetched) -> None:
            found[item.url] = item
            if progress:
                progress(_STEP, len(found), len(urls))

        visitor = Visitor(self._settings, self._allow, self._resolve)
        try:
            async with asyncio.TaskGroup() as group:
                for some in by_host.values():
                    group.create_task(_visit_host(visitor, some, tell))
        finally:
            await visitor.close()
        return found


def _settled(fresh: Mapping[str, Fetched], before: Mapping[str, Fetched]) -> dict[str, Fetched]:
    """An answer that was not renewed, because there was none this time, holds."""
    return {
        url: before[url] if item.reach in _UNSETTLED and url in before else item
        for url, item in fresh.items()
    }


async def _visit_host(visitor: Visitor, urls: Sequence[str], tell: Tell) -> None:
    """One link after the other, until the host does not want or does not answer any more."""
    timeouts = 0
    for number, url in enumerate(urls):
        item = await _follow(visitor, url)
        tell(item)
        timeouts = timeouts + 1 if item.reach is Reach.TIMEOUT else 0
        if timeouts == _PATIENCE or item.status == codes.TOO_MANY_REQUESTS:
            for left in urls[number + 1 :]:
                tell(replace(item, url=left))
            return


async def _follow(visitor: Visitor, url: str) -> Fetched:
    """What the last of a url's redirects came to."""
    at, only_permanent = url, True
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            answer = await visitor.ask(at)
            if not answer.location:
                moved_to = at if only_permanent and at != url else None
                return _judged(url, answer.status, moved_to)
            at = _page(_joined(at, answer.location))
            only_permanent = only_permanent and answer.is_permanent
    except Failed as error:
        return Fetched(url, error.reach, reason=str(error))
    return Fetched(url, Reach.FAILED, reason=f"more than {_MOST_REDIRECTS} redirects")


def _judged(url: str, status: int, moved_to: str | None) -> Fetched:
    reason = f"HTTP {status}"
    if status in _GONE:
        return Fetched(url, Reach.GONE, status, reason, moved_to)
    if status < codes.BAD_REQUEST:
        return Fetched(url, Reach.OK, status, reason, moved_to)
    reach = Reach.FAILED if status >= codes.INTERNAL_SERVER_ERROR else Reach.FORBIDDEN
    return Fetched(url, reach, status, reason, moved_to)


def _page(url: str) -> str:
    return url.partition("#")[0]


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Failed(Reach.FAILED, "it redirects to what is no address") from None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
