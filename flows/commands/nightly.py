"""`wellkept eval nightly`: the live release, tried again."""

from typing import Annotated

import typer

from flows.options import Config, Home, Json, settings_of


def nightly(
    when_models_change: Annotated[
        bool,
        typer.Option(
            "--when-models-change", help="Only when a model is another one than last time."
        ),
    ] = False,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Try the live release again, nothing reused; exit 1 when it has drifted since it was
    promoted or since last time. Tells the addresses of \\[notify] what moved, and decides on a
    canary. What is live stays live."""
    from flows.output import print_json, progress_bars, results, say
    from flows.reevaluation import MODEL, NIGHTLY, describe, models_changed, reevaluate
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    settings = settings_of(home, config)
    quiet_libraries()
    work = Workspace(settings)
    changed = models_changed(work) if when_models_change else []
    if when_models_change and not changed:
        say("No model is another one; nothing was tried.")
        return
    with progress_bars() as progress:
        night = reevaluate(work, progress, MODEL if changed else NIGHTLY)
    if as_json:
        print_json(night.to_json())
    else:
        results.print(describe(night), markup=False)
        for service, failure in night.told:
            say(f"{service}: {failure or 'told'}")
    raise typer.Exit(1 if night.has_drifted else 0)
