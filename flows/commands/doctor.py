"""`wellkept doctor`."""

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results


def doctor(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """Say what is installed, configured and reachable, each line with what to do."""
    from flows.diagnosis import diagnose

    lines = list(diagnose(settings_of(home, config)))
    if as_json:
        print_json(
            [{"name": x.name, "ok": x.ok, "detail": x.detail, "todo": x.todo} for x in lines]
        )
    else:
        for item in lines:
            results.print(
                f"{'ok  ' if item.ok else 'FAIL'}  {item.name}: {item.detail}", markup=False
            )
            if item.todo:
                results.print(f"      → {item.todo}", markup=False)
    raise typer.Exit(0 if all(item.ok for item in lines) else 2)
