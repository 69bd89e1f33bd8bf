"""Answers kept between runs."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from kb.findings import Fetched, Reach
from kb.ports import Cache

_KIND = "external links 1"
_LASTING = frozenset({Reach.OK, Reach.GONE, Reach.FORBIDDEN})
_TOO_MANY = 429


class Answers:
    """What came of external links in earlier runs; nothing without a cache."""

    def __init__(self, cache: Cache | None, days: int) -> None:
        self._cache = cache if days else None
        self._lasts = timedelta(days=days)

    def known(self, urls: Collection[str], now: datetime) -> tuple[dict[str, Fetched], set[str]]:
        """Every kept answer, and the urls of those that are still good."""
        if self._cache is None:
            return {}, set()
        found: dict[str, Fetched] = {}
        good: set[str] = set()
        for url, payload in self._cache.get(_KIND, urls).items():
            try:
                found[url], at = _unpacked(url, payload)
            except (ValueError, KeyError, TypeError):
                continue
            if timedelta(0) <= now - at < self._lasts:
                good.add(url)
        return found, good

    def keep(self, answers: Mapping[str, Fetched], now: datetime) -> None:
        if self._cache is not None:
            lasting = {url: _packed(item, now) for url, item in answers.items() if _lasts(item)}
            self._cache.put(_KIND, lasting)

    def forget_but(self, urls: Collection[str]) -> None:
        """Links that no article has any more."""
        if self._cache is not None:
            self._cache.prune(_KIND, urls)


def _lasts(item: Fetched) -> bool:
    """The rest may be over at the next try."""
    return item.reach in _LASTING and item.status != _TOO_MANY


def _packed(item: Fetched, now: datetime) -> bytes:
    values = {
        "at": now.isoformat(),
        "reach": item.reach.value,
        "status": item.status,
        "reason": item.reason,
        "moved_to": item.moved_to,
    }
    return json.dumps(values).encode()


def _unpacked(url: str, payload: bytes) -> tuple[Fetched, datetime]:
    values = json.loads(payload)
    kept = Fetched(
        url, Reach(values["reach"]), values["status"], values["reason"], values["moved_to"]
    )
    return kept, datetime.fromisoformat(values["at"])
