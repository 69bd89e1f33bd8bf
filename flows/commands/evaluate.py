"""`wellkept eval`: the suite on a release."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import calibrate
from flows.commands import golden as golden_sets
from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, progress_bars, results, say

app = typer.Typer(
    invoke_without_command=True,
    help="Run the evaluation suite on a release; calibrate on it; lint a golden set.",
)
app.command("calibrate")(calibrate.calibrate)
app.command("lint")(golden_sets.lint)


@app.callback()
def evaluate(
    context: typer.Context,
    release: Annotated[
        str | None, typer.Option(help="Which one; default: the live one.", show_default=False)
    ] = None,
    golden: Annotated[
        Path | None,
        typer.Option(help="Golden set (JSONL); default: \\[sources] golden.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Run the evaluation suite on a release; exit 1 when it does not pass the gate."""
    if context.invoked_subcommand:
        return
    from eval.report import render_text
    from flows.evaluation import assess_release, page_of
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    settings = settings_of(home, config)
    quiet_libraries()
    work = Workspace(settings)
    tried = work.release(release)
    with progress_bars() as progress:
        verdict = assess_release(work, tried, golden, progress).verdict
    if as_json:
        print_json(verdict.to_json())
    else:
        results.print(render_text(verdict), markup=False)
        say(f"Case by case: {page_of(work, tried.id)}")
    raise typer.Exit(0 if verdict.passed else 1)
