"""`wellkept eval lint` and `wellkept eval schema`: what is wrong with a golden set, and what may
stand in one."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results, say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from eval.golden.case import Case
    from eval.linting.surroundings import Surroundings
    from kb.build import Workspace

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
    from eval.golden.file import read
    from eval.linting.lint import lint
    from kb.build import Workspace

    settings = settings_of(home, config)
    path = golden or settings.sources.golden
    if path is None:
        raise ConfigError("there is no golden set; name one with --golden or [sources] golden")
    work = Workspace(settings)
    cases = read(path)
    if not cases:
        raise ConfigError(f"golden set {path} is empty; `wellkept eval draft` proposes cases")
    articles = work.articles.of_release(work.release().id)
    remarks = lint(cases, articles, _surroundings(work, cases))
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


def schema() -> None:
    """Print the JSON Schema of a line of a golden set, for editors and other tools."""
    from eval.golden.file import schema

    print_json(schema())


def _surroundings(work: "Workspace", cases: Sequence["Case"]) -> "Surroundings":
    """What the live release can do, and how the sandboxed backends begin where cases look at
    them."""
    from agent.execution.catalog import open_catalog
    from eval.linting.surroundings import Surroundings
    from eval.simulation.sandbox import first_state

    settings = work.settings
    folder = settings.simulation.path
    looked_at = any(case.given or case.end_state for case in cases)
    catalog = open_catalog(work.releases.assets(work.release().id))
    try:
        actions = {name: spec.writes for name, spec in catalog.specs.items()}
    finally:
        catalog.close()
    return Surroundings(
        audience=settings.agent.audience,
        actions=actions,
        simulated=folder is not None,
        state=first_state(folder) if folder and looked_at else None,
    )
