"""What is printed of an evaluation: the verdict in any format, with places in files."""

import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from eval.formats import Format
from eval.formats.junit import render_junit
from eval.formats.lines import case_lines
from eval.formats.markdown import render_markdown
from eval.formats.report import Report
from eval.formats.sarif import render_sarif
from eval.formats.text import render_json, render_text
from eval.runs.store import EvaluationRecord
from kb.build import Workspace
from kb.snapshot import place_in_repository

# What a terminal is taken to have that does not say, and the widest that is still read with ease.
_WIDTH, _WIDEST = 98, 160


def rendered(
    work: Workspace,
    record: EvaluationRecord,
    before: EvaluationRecord | None,
    form: Format,
    golden: Path | None = None,
    page: Path | None = None,
) -> str:
    """One run in this format. `golden` is the set that it was tried with, `page` where all of it
    is written."""
    report = report_of(work, record, before, golden, page)
    if form is Format.TEXT:
        return render_text(report.verdict, _terminal_width())
    if form is Format.JSON:
        return render_json(report.verdict)
    if form is Format.JUNIT:
        return render_junit(report)
    if form is Format.MARKDOWN:
        return render_markdown(report)
    return json.dumps(render_sarif(report, version("wellkept")), ensure_ascii=False, indent=2)


def report_of(
    work: Workspace,
    record: EvaluationRecord,
    before: EvaluationRecord | None = None,
    golden: Path | None = None,
    page: Path | None = None,
) -> Report:
    """One run with where its cases and articles stand in the repository."""
    path = golden or work.settings.sources.golden
    known = path is not None and path.exists()
    return Report(
        record=record,
        before=before,
        center=work.settings.center.name,
        page=str(page or ""),
        golden=place_in_repository(path) if path and known else "",
        lines=case_lines(path) if path and known else {},
        articles=_articles(work, record.release_id),
    )


def _articles(work: Workspace, release_id: str) -> dict[str, str]:
    """By an article's path, that from the top of the repository; nothing for sources that are no
    folders."""
    roots = list(work.settings.sources.paths)
    places = {
        source.name: place_in_repository(root)
        for source, root in zip(work.sources(roots), roots, strict=True)
    }
    return {
        article.path: article.path if root == "." else f"{root}/{article.path}"
        for article in work.articles.of_release(release_id)
        if (root := places.get(article.source)) is not None
    }


def _terminal_width() -> int:
    if not sys.stdout.isatty():
        return _WIDTH
    return min(shutil.get_terminal_size((_WIDTH, 24)).columns, _WIDEST)
