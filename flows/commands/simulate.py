"""`wellkept simulate`: customers who are not there, on backends that may break."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import deliver, json_text, print_json, progress_bars, results, say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.build import Workspace

_MODES = "give either --faults or --model: a fault is tried with the same words every time"


def simulate(
    scenario: Annotated[
        list[str] | None,
        typer.Argument(help="Ids or files of scenarios; default: all.", show_default=False),
    ] = None,
    scenarios: Annotated[
        Path | None,
        typer.Option(help="Folder of scenarios; default: \\[simulation] path.", show_default=False),
    ] = None,
    trials: Annotated[int, typer.Option(min=1, help="How often each scenario is tried.")] = 4,
    tag: Annotated[list[str] | None, typer.Option(help="Only scenarios with one of these.")] = None,
    faults: Annotated[
        bool, typer.Option("--faults", help="Fail every call of every scenario in every way.")
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help="Let the model of \\[llm] play the customers.")
    ] = False,
    release: Annotated[
        str | None, typer.Option(help="Which one; default: the live one.", show_default=False)
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(help="Try a running server instead of a release.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Let simulated customers try the agent; exit 1 when a scenario fails."""
    from eval.simulation.build import open_server, open_stage
    from eval.simulation.reading import read_scenarios
    from eval.simulation.report import render_text, to_json
    from eval.simulation.trials import try_all, try_faults
    from kb.build import Workspace
    from kb.environment import quiet_libraries

    if faults and model:
        raise ConfigError(_MODES)
    settings = settings_of(home, config)
    folder = scenarios or settings.simulation.path
    if folder is None:
        raise ConfigError("no scenarios; [simulation] path or --scenarios names their folder")
    chosen = read_scenarios(folder, scenario or (), tag or ())
    quiet_libraries()
    # What backends do wrong on purpose is no news; the transcripts show it.
    logging.getLogger("wellkept").setLevel(logging.CRITICAL)
    work = Workspace(settings)
    if url:
        key = settings.server.api_key
        opened = open_server(
            work, folder, url, key.get_secret_value() if key else None, model=model
        )
    else:
        opened = open_stage(work, folder, release_id=release, model=model)
    with opened as stage, progress_bars() as progress:
        if faults:
            outcome = try_faults(stage, chosen, progress)
        else:
            outcome = try_all(stage, chosen, trials, progress)
    found = to_json(outcome)
    kept = _keep(work, found)
    if as_json:
        print_json(found)
    else:
        results.print(render_text(outcome), markup=False)
    say(f"kept in {kept}")
    raise typer.Exit(1 if outcome.failed else 0)


def _keep(work: "Workspace", found: dict[str, Any]) -> Path:
    """In the home, by time."""
    folder = work.home.path / "simulations"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
    deliver(json_text(found), file)
    return file
