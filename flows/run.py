"""Runs the release flow in this process."""

from collections.abc import Sequence
from pathlib import Path

from agent.assets import collect
from flows.outcome import Outcome
from flows.procedures import require_procedures
from kb.configuration import load
from kb.environment import contain_prefect, quiet_libraries
from kb.home import Home


def run_release(
    paths: Sequence[Path] | None,
    home: Path | None,
    config: Path | None,
    *,
    promoting: bool = True,
) -> Outcome:
    """Raises what the steps of the flow raise. Bad settings, procedures that do not compile,
    and a home that can't be used, are refused before Prefect starts, which takes seconds."""
    settings = load(config, home)
    require_procedures(collect(settings), settings.procedures.path)
    state = Home(settings.home)
    quiet_libraries()
    contain_prefect(state.path)
    from flows.release import release

    return release(
        paths=[str(path) for path in paths or []],
        home=str(state.path),
        config=str(config) if config else None,
        promoting=promoting,
    )
