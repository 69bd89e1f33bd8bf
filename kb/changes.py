"""Which findings a change brings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from kb.findings import Finding
from kb.types import Article

Said: TypeAlias = tuple[str, str, frozenset[tuple[str, str]]]


def brought(
    now: Sequence[Finding],
    then: Iterable[Finding],
    changed: frozenset[str],
    renamed: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Those of `now` that were not there `then`, in their order.

    A finding was there when one with its id was and no changed article has joined it; one about a
    renamed article, when one that said the same of the old name was. `changed` holds ids of
    articles, `renamed` tells the id then of an article that was renamed.
    """
    before = list(then)
    articles = {finding.id: _articles(finding) for finding in before}
    said = {_said(finding, {}) for finding in before}
    return tuple(
        finding
        for finding in now
        if not _is_known(finding, articles, changed) and not _has_moved(finding, said, renamed)
    )


def changed_articles(now: Iterable[Article], then: Iterable[Article]) -> frozenset[str]:
    """Ids of the articles that are new or another version."""
    versions = {article.id: article.content_hash for article in then}
    return frozenset(item.id for item in now if versions.get(item.id) != item.content_hash)


def _is_known(
    finding: Finding, before: Mapping[str, frozenset[str]], changed: frozenset[str]
) -> bool:
    known = before.get(finding.id)
    return known is not None and not (_articles(finding) - known) & changed


def _has_moved(finding: Finding, said: set[Said], renamed: Mapping[str, str]) -> bool:
    return bool(_articles(finding) & renamed.keys()) and _said(finding, renamed) in said


def _said(finding: Finding, renamed: Mapping[str, str]) -> Said:
    """The kind, the signal that fired and the quotes, by the articles' names then."""
    quotes = ((renamed.get(e.article_id, e.article_id), e.quote) for e in finding.evidence)
    return finding.kind.value, finding.details.get("signal", ""), frozenset(quotes)


def _articles(finding: Finding) -> frozenset[str]:
    return frozenset(item.article_id for item in finding.evidence)
