"""Runs the release flow in this process."""

from collections.abc import Sequence
from pathlib import Path

from flows.outcome import Outcome
from kb.configuration import load
from kb.environment import contain_prefect, quiet_libraries
from kb.home import Home


def run_release(paths: Sequence[Path] | None, home: Path | None, config: Path | None) -> Outcome:
    """Raises what the steps of the flow raise. Bad settings, and a home that can't be used, are
    refused before Prefect starts."""
    settings = load(config, home)
    state = Home(settings.home)
    quiet_libraries()
    contain_prefect(state.path)
    from flows.release import release

    return release(
        paths=[str(path) for path in paths or []],
        home=str(state.path),
        config=str(config) if config else None,
    )
