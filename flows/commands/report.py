"""`wellkept report`: the owners' reports."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.options import Config, Home, settings_of
from flows.output import results


class Format(StrEnum):
    """How a report is written."""

    HTML = "html"
    MD = "md"
    CSV = "csv"
    JSON = "json"


def report(
    owner: Annotated[str | None, typer.Option(help="One owner alone.", show_default=False)] = None,
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.HTML,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write to; default: HOME/report.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
) -> None:
    """Write each owner's report from the findings of the last release."""
    from flows.hygiene import write_reports
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    for path in write_reports(work, owner, form.value, out):
        results.print(str(path), markup=False)
