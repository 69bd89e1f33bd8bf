"""Whose articles a case stands on, and in which languages they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eval.scoring.evaluation import CaseResult
from kb.types import Article


def owned(results: Sequence[CaseResult], articles: Sequence[Article]) -> list[CaseResult]:
    """With the owners and locales of the articles that each case names."""
    by_path = {article.path: article for article in articles}
    return [_owned(result, by_path) for result in results]


def _owned(result: CaseResult, by_path: Mapping[str, Article]) -> CaseResult:
    named = [by_path[path] for path in result.case.articles if path in by_path]
    return replace(
        result,
        owners=tuple(dict.fromkeys(article.owner for article in named if article.owner)),
        locales=tuple(dict.fromkeys(article.locale for article in named)),
    )
