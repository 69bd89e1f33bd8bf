"""`wellkept release`: the whole flow."""

from typing import Annotated

import typer

from flows.options import Config, Home, Json, Paths

Hold = Annotated[
    bool,
    typer.Option("--hold", help="Do not promote what passes: `wellkept canary start` tries it."),
]


def release(
    paths: Paths = None,
    hold: Hold = False,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Sync, check, index, evaluate and promote: nothing goes live untested."""
    from flows.output import print_json, results
    from flows.run import run_release
    from flows.summary import describe_outcome, outcome_to_json

    outcome = run_release(paths, home, config, promoting=not hold)
    if as_json:
        print_json(outcome_to_json(outcome))
    else:
        results.print(describe_outcome(outcome), markup=False)
    raise typer.Exit(0 if outcome.passed else 1)
