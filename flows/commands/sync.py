"""`wellkept sync`: sources into articles."""

from flows.options import Config, Home, Json, Paths, settings_of
from flows.output import print_json, progress_bars, results


def sync(
    paths: Paths = None, home: Home = None, config: Config = None, as_json: Json = False
) -> None:
    """Read what changed in the sources; deleted articles leave."""
    from flows.ingestion import sync_sources
    from flows.summary import describe_sync, sync_to_json
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    with work.home.lock(), progress_bars() as progress:
        report = sync_sources(work, paths, progress)
    if as_json:
        print_json(sync_to_json(report))
    else:
        results.print(describe_sync(report), markup=False)
