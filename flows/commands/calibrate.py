"""`wellkept eval calibrate`: thresholds of confidence for this help center."""

from pathlib import Path
from typing import Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import (
    deliver,
    json_text,
    print_json,
    progress_bars,
    require_folder_of,
    results,
    say,
)

Share = Annotated[float, typer.Option(min=0, max=1)]


def calibrate(
    golden: Annotated[
        Path | None,
        typer.Option(help="Golden set (JSONL); default: \\[sources] golden.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="File to write, for \\[agent] calibration.", show_default=False),
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Which one; default: the live one.", show_default=False)
    ] = None,
    answers: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the answers that must be right.")
    ] = 0.9,
    handoffs: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Share of those due a person that must not be answered instead."
        ),
    ] = 0.95,
    sure: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of the handoffs made at once that must be due."),
    ] = 0.9,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Choose from where on to answer, and to ask, on a golden set; the release that follows pins
    the file."""
    from eval.calibrated import render_text, to_json
    from eval.calibration import Targets, calibrate
    from flows.calibration import trials
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    settings = settings_of(home, config)
    if out:
        require_folder_of(out)
    quiet_libraries()
    with progress_bars() as progress:
        found = trials(Workspace(settings), release, golden, progress)
    calibrated = calibrate(found, Targets(answers, handoffs, sure))
    if as_json:
        print_json(to_json(calibrated))
    else:
        results.print(render_text(calibrated), markup=False)
    for warning in calibrated.warnings:
        say(f"Warning: {warning}.")
    if out:
        deliver(json_text(calibrated.calibration.model_dump()), out)
        say(f"Written to {out}; [agent] calibration names it, and the next release pins it.")
