"""`wellkept check`: hygiene."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from flows.options import Config, Home, Json, Paths, settings_of
from flows.output import print_json, progress_bars, results, say


class FailOn(StrEnum):
    """The severity from which findings make the exit code 1."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    NEVER = "never"


def check(
    paths: Paths = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit 1 when there is a finding this severe.")
    ] = FailOn.NEVER,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Findings as of this date.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Find contradictions, stale articles, duplicates, broken links and gaps."""
    from flows.hygiene import check_paths
    from flows.summary import describe_findings
    from kb.build import Workspace
    from kb.report.wire import to_json
    from kb.types import Severity

    work = Workspace(settings_of(home, config))
    with progress_bars() as progress:
        report, errors = check_paths(work, paths, today.date() if today else None, progress)
    for error in errors:
        say(f"could not read {error.path}: {error.reason}")
    for name, why in report.errors:
        say(f"detector {name} failed: {why}")
    if as_json:
        print_json([to_json(item) for item in report.findings])
    else:
        results.print(describe_findings(report.findings), markup=False)
    limit = None if fail_on is FailOn.NEVER else Severity[fail_on.name]
    failed = limit is not None and any(item.severity >= limit for item in report.findings)
    raise typer.Exit(1 if failed else 0)
