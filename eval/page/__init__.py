"""Evaluations as HTML: one file a page, no network, readable on a phone, by keyboard and printed.

All that customers, articles and models said is escaped, and the pages' policy lets no script run
but their own.
"""

from eval.diff.release import ReleaseDiff
from eval.diff.release_lines import articles_told, settings_told, unevaluated
from eval.diff.runs import diff_runs
from eval.page.pair import pair_view
from eval.page.template import render
from eval.page.view import view
from eval.runs.store import EvaluationRecord


def render_html(
    record: EvaluationRecord, center: str, before: EvaluationRecord | None = None
) -> str:
    """The page of one run: verdict first, then what changed since `before` where there is one,
    the rules, how sure each number is, and every case with its evidence."""
    return render("page.html", page=view(record, center, before))


def render_comparison(before: EvaluationRecord, after: EvaluationRecord, center: str) -> str:
    """The page of two runs: each metric, and the cases that changed, side by side."""
    return render("compare.html", page=pair_view(diff_runs(before, after), center))


def render_release_diff(diff: ReleaseDiff, center: str) -> str:
    """The page of two releases: what they hold, and what that did to answers and scores."""
    page = pair_view(diff.runs, center) if diff.runs else None
    return render(
        "release.html",
        diff=diff,
        page=page,
        center=center,
        articles_told=articles_told(diff),
        settings_told=settings_told(diff),
        unevaluated=unevaluated(diff),
    )
