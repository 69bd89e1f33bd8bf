"""`wellkept report`: the owners' reports."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.options import Config, Home, settings_of
from flows.output import results, say


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
    send: Annotated[
        bool,
        typer.Option("--send", help="Send them to the addresses of \\[notify], too."),
    ] = False,
    home: Home = None,
    config: Config = None,
) -> None:
    """Write each owner's report from the findings of the last release.

    With --send, exit code 1 when one of the messages could not be delivered.
    """
    from flows.reports import send_reports, write_reports
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    if not send:
        for path in write_reports(work, owner, form.value, out):
            results.print(str(path), markup=False)
        return
    failed = False
    for done in send_reports(work, owner, form.value, out):
        if isinstance(done, Path):
            results.print(str(done), markup=False)
        elif done.failure is None:
            say(f"sent to {done.to} by {done.service}")
        else:
            failed = True
            say(f"not sent to {done.to} by {done.service}: {done.failure}")
    if failed:
        raise typer.Exit(1)
