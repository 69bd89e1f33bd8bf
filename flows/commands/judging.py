"""`wellkept eval calibrate-judge`: how far the judge agrees with people."""

import json
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
from kb.errors import ConfigError


def calibrate_judge(
    labels: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Labelled cases (JSONL) to put the judge to.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write, for \\[evaluation] judge_calibration.", show_default=False
        ),
    ] = None,
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Score from which on the judge lets a case pass.")
    ] = 0.5,
    draw: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Instead, write so many cases of the last evaluation for a person to label.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Measure how far the judge agrees with labelled cases (Cohen's kappa with its interval): a
    judged metric refuses releases only where it does."""
    if (labels is None) == (draw is None):
        raise ConfigError("name either --labels FILE, or --draw N for cases to label")
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    settings = settings_of(home, config)
    if out:
        require_folder_of(out)
    quiet_libraries()
    work = Workspace(settings)
    from eval.judging.calibrate import render_text
    from flows.judging import calibrated, drawn

    if labels is None:
        lines = drawn(work, draw or 1)
        deliver("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), out)
        say(f"{len(lines)} cases; set each `label` to pass or fail, then use --labels.")
        return
    with progress_bars() as progress:
        found = calibrated(work, labels, threshold, progress)
    if as_json:
        print_json(found.to_json())
    else:
        results.print(render_text(found, settings.evaluation.judge_kappa), markup=False)
    if out:
        deliver(json_text(found.to_json()), out)
        say(f"Written to {out}; [evaluation] judge_calibration names it.")
