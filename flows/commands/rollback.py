"""`wellkept rollback`."""

from typing import Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results


def rollback(
    release_id: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Default: the one before.", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Make an earlier release live again."""
    from kb.build import Workspace
    from kb.releases import rollback as roll_back

    work = Workspace(settings_of(home, config))
    with work.home.lock():
        live = roll_back(work.releases, work.backend, release_id)
    if as_json:
        print_json({"live": live.id})
    else:
        results.print(f"{live.id} is live", markup=False)
