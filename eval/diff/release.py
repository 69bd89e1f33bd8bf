"""What differs between two releases: what they hold, what they answer, and how they scored."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.diff.articles import ArticleChange, diff_articles
from eval.diff.assets import AssetChange, SettingChange, diff_assets, diff_settings
from eval.diff.runs import RunDiff, diff_runs
from eval.runs.store import EvaluationRecord
from kb.types import Article, Asset, Release


@dataclass(frozen=True)
class Held:
    """A release with all that it holds, and its last evaluation, None where it has none."""

    release: Release
    articles: Sequence[Article]
    assets: Sequence[Asset]
    evaluation: EvaluationRecord | None = None


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """`settings` is None where one of them was built before settings were pinned; `runs` is None
    where `unevaluated` names one of them."""

    before: Release
    after: Release
    articles: tuple[ArticleChange, ...]
    assets: tuple[AssetChange, ...]
    settings: tuple[SettingChange, ...] | None
    runs: RunDiff | None
    unevaluated: tuple[str, ...] = ()

    @property
    def identical(self) -> bool:
        """Whether both hold the same under the same settings."""
        return self.before.fingerprint == self.after.fingerprint


def diff_releases(before: Held, after: Held) -> ReleaseDiff:
    """Whatever differs, from the one to the other."""
    settings = diff_settings(before.assets, after.assets)
    return ReleaseDiff(
        before=before.release,
        after=after.release,
        articles=tuple(diff_articles(before.articles, after.articles)),
        assets=tuple(diff_assets(before.assets, after.assets)),
        settings=None if settings is None else tuple(settings),
        runs=diff_runs(before.evaluation, after.evaluation)
        if before.evaluation and after.evaluation
        else None,
        unevaluated=tuple(it.release.id for it in (before, after) if it.evaluation is None),
    )
