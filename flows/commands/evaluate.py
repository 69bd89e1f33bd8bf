"""`wellkept eval`: the suite on a release."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.formats import Format
from flows.commands import calibrate, drafting, judging, nightly, runs
from flows.commands import golden as golden_sets
from flows.options import Config, Home, Json, settings_of
from flows.output import deliver, progress_bars, require_folder_of, say

if TYPE_CHECKING:
    from eval.gate.verdict import Verdict
    from kb.build import Workspace
    from kb.types import Release

_NEWEST = "newest"

app = typer.Typer(
    invoke_without_command=True,
    help="Run the evaluation suite on a release; calibrate on it; lint a golden set.",
)
app.command("calibrate")(calibrate.calibrate)
app.command("calibrate-judge")(judging.calibrate_judge)
app.command("draft")(drafting.draft)
app.command("review")(drafting.review)
app.command("lint")(golden_sets.lint)
app.command("nightly")(nightly.nightly)
app.command("schema")(golden_sets.schema)
app.command("runs")(runs.runs)
app.command("show")(runs.show)
app.command("compare")(runs.compare)
app.command("export")(runs.export)


@app.callback()
def evaluate(
    context: typer.Context,
    release: Annotated[
        str | None,
        typer.Option(
            help="Which one, or `newest`, live or not; default: the live one.", show_default=False
        ),
    ] = None,
    golden: Annotated[
        Path | None,
        typer.Option(help="Golden set (JSONL); default: \\[sources] golden.", show_default=False),
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option("--tag", help="Only cases with this tag; repeatable.", show_default=False),
    ] = None,
    cases: Annotated[
        list[str] | None,
        typer.Option("--case", help="Only the case with this id; repeatable.", show_default=False),
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit 1 when a rule of the gate is broken.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Ask every case anew, whatever is known of it.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="What the verdict is written as.")
    ] = Format.TEXT,
    out: Annotated[
        Path | None,
        typer.Option(help="Write to this file instead of stdout.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Run the evaluation suite on a release.

    Exit 1 when it could not be computed (a question crashed, a metric failed, there are no cases)
    and, with --gate, when any rule of the gate is broken. With --tag or --case only a part is
    tried, which tells nothing of the release as a whole and never promotes it.
    """
    if context.invoked_subcommand:
        return
    from flows.evaluated import rendered
    from flows.evaluation import assess_release
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    if out:
        require_folder_of(out)
    settings = settings_of(home, config)
    quiet_libraries()
    work = Workspace(settings)
    tried = _release(work, release)
    with progress_bars() as progress:
        found = assess_release(
            work,
            tried,
            golden,
            progress,
            tags=tags or (),
            cases=cases or (),
            fresh=fresh,
            trigger="eval",
        )
    chosen = Format.JSON if as_json else form
    deliver(rendered(work, found.record, found.before, chosen, golden, found.page), out)
    say(f"Case by case: {found.page}")
    raise typer.Exit(_code(found.verdict, gate=gate))


def _release(work: "Workspace", name: str | None) -> "Release":
    """Raises `Permanent` without any."""
    known = work.releases.all() if name == _NEWEST else []
    return known[0] if known else work.release(None if name == _NEWEST else name)


def _code(verdict: "Verdict", *, gate: bool) -> int:
    if verdict.passed:
        return 0
    if gate or verdict.uncomputed or not verdict.cases:
        return 1
    say("The gate would refuse this release; --gate makes that the exit code.")
    return 0
