"""`wellkept eval lint`: what is wrong with a golden set."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results, say
from kb.errors import ConfigError

FOUND = 1


def lint(
    golden: Annotated[
        Path | None,
        typer.Option(help="Golden set (JSONL); default: \\[sources] golden.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Tell what is wrong with a golden set, beside the live release's articles; exit 1 when it
    makes scores wrong."""
    from eval.golden import read
    from eval.lint import lint
    from kb.build import Workspace

    settings = settings_of(home, config)
    path = golden or settings.sources.golden
    if path is None:
        raise ConfigError("there is no golden set; name one with --golden or [sources] golden")
    work = Workspace(settings)
    cases = read(path)
    remarks = lint(cases, work.articles.of_release(work.release().id))
    if as_json:
        print_json([asdict(remark) for remark in remarks])
    else:
        for remark in remarks:
            gravity = "error" if remark.error else "warning"
            line = f"{remark.case_id}: {gravity}: {remark.message} [{remark.rule}]"
            results.print(line, markup=False)
        errors = sum(remark.error for remark in remarks)
        say(f"{len(cases)} cases, {errors} errors, {len(remarks) - errors} warnings")
    if any(remark.error for remark in remarks):
        raise typer.Exit(FOUND)
