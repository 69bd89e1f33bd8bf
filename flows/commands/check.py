"""`wellkept check`: hygiene."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, Json, Paths, settings_of
from flows.output import deliver, json_text, progress_bars, require_folder_of, say

if TYPE_CHECKING:
    from flows.hygiene import Checked
    from kb.build import Workspace


class FailOn(StrEnum):
    """The severity from which findings make the exit code 1."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    NEVER = "never"


class Format(StrEnum):
    """What findings are written as."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    paths: Paths = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit 1 when there is a finding this severe.")
    ] = FailOn.NEVER,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Findings as of this date.", show_default=False),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Only findings that are new since this branch left the git revision REV.",
            show_default=False,
        ),
    ] = None,
    external_links: Annotated[
        bool, typer.Option("--external-links", help="Try links to other sites too.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="SARIF and GitHub's annotations point at lines.")
    ] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(help="Write to this file instead of stdout.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Find contradictions, stale articles, duplicates, broken links and gaps."""
    from flows.links import describe_links
    from kb.build import Workspace
    from kb.findings import Severity

    if output:
        require_folder_of(output)
    settings = settings_of(home, config)
    if external_links:
        links = settings.links.model_copy(update={"external": True})
        settings = settings.model_copy(update={"links": links})
    work = Workspace(settings)
    checked = _checked(work, paths, today, changed_since)
    if settings.links.external:
        say(describe_links(checked.corpus.fetched))
    for error in checked.unread:
        say(f"could not read {error.path}: {error.reason}")
    for name, why in checked.report.errors:
        say(f"{name}: {why}")
    text = _rendered(work, paths, checked, Format.JSON if as_json else form)
    deliver(text, output)
    limit = None if fail_on is FailOn.NEVER else Severity[fail_on.name]
    failed = limit is not None and any(item.severity >= limit for item in checked.report.findings)
    # A detector that crashed may have hidden what the run was to fail on.
    raise typer.Exit(1 if failed or checked.report.unseen else 0)


def _checked(
    work: "Workspace", paths: Sequence[Path] | None, today: datetime | None, revision: str | None
) -> "Checked":
    from flows.change import check_change
    from flows.hygiene import check_paths

    day = today.date() if today else None
    with progress_bars() as progress:
        if revision is not None:
            return check_change(work, paths, revision, day, progress)
        return check_paths(work, paths, day, progress)


def _rendered(
    work: "Workspace", paths: Sequence[Path] | None, checked: "Checked", form: Format
) -> str:
    from importlib.metadata import version

    from flows.ingestion import roots_of
    from flows.summary import describe_findings
    from kb.annotations import locator, to_github, to_sarif
    from kb.report.wire import to_json
    from kb.snapshot import place_in_repository

    report = checked.report
    if form is Format.TEXT:
        return describe_findings(report.findings)
    if form is Format.JSON:
        return json_text([to_json(item) for item in report.findings])
    roots = roots_of(work, paths)
    places = {
        source.name: place_in_repository(root)
        for source, root in zip(work.sources(roots), roots, strict=True)
    }
    locate = locator(checked.corpus.articles, places)
    if form is Format.GITHUB:
        return "\n".join(to_github(report.findings, locate, checked.changed))
    log = to_sarif(
        report.findings,
        locate,
        version("wellkept"),
        checked.unread,
        report.errors,
        checked.changed,
    )
    return json_text(log)
