"""Links of articles to other sites."""

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from ipaddress import ip_address
from urllib.parse import urlsplit

from kb.types import Article

WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
PLACEHOLDER = re.compile(r"[{}<>$\s|]|\.\.\.|…|%7B|%3C", re.IGNORECASE)
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local)$")
"""Names that are set aside for examples and for one's own network (RFC 2606, 6761, 6762)."""


def web_address(target: str) -> str | None:
    """The URL that a link leads to; None when it leads to no web page or shows a placeholder."""
    target = target.strip()
    if not WEB.match(target) or PLACEHOLDER.search(target):
        return None
    return f"https:{target}" if target.startswith("//") else target


def outgoing(articles: Iterable[Article], ignore: Sequence[str] = ()) -> list[str]:
    """Every different URL that is worth trying, sorted: none of the names that stand for examples,
    and none that a glob of `ignore` matches."""
    written = {link.target for article in articles for link in article.links}
    found = {url for target in written if (url := web_address(target))}
    return sorted(url for url in found if _is_named(url) and not _matches(url, ignore))


def _is_named(url: str) -> bool:
    """Whether the host can be one of the open internet's."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return _is_number(host) or ("." in host and not _RESERVED.search(host))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _matches(url: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(url, pattern) for pattern in patterns)
