"""The live release, tried again each night and when a model changed, as a Prefect flow.

COMPLETED either way, as the gate: the state is named `Drifted` when something moved, `Steady` when
nothing did, and `Unchanged` when no model is another one and so nothing was tried.
"""

from pathlib import Path
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.gate import FLOW, STEP
from flows.output import progress_bars
from flows.reevaluation import MODEL, NIGHTLY, Night, describe, models_changed, reevaluate
from kb.build import Workspace
from kb.configuration import load
from kb.ports import Progress

DRIFTED, STEADY, UNCHANGED = "Drifted", "Steady", "Unchanged"


@flow(name="nightly", flow_run_name="nightly", **FLOW)
def nightly(
    home: str | None = None, config: str | None = None, *, when_models_change: bool = False
) -> Night | None:
    """Tries the live release again, compares, alerts, and decides on a canary; None where that is
    asked for `when_models_change`, and none did. Raises what the evaluation raises."""
    # A flow that returns a state ends in it, and whoever calls the flow gets what the state holds.
    return cast("Night | None", _tried(home, config, when_models_change=when_models_change))


def _tried(home: str | None, config: str | None, *, when_models_change: bool) -> State[Any]:
    settings = load(Path(config) if config else None, Path(home) if home else None)
    work = Workspace(settings)
    trigger = NIGHTLY
    if when_models_change:
        changed = models_changed(work)
        if not changed:
            return Completed(name=UNCHANGED, message="No model is another one.", data=None)
        trigger = MODEL
    with progress_bars() as progress:
        night = again(work, progress, trigger)
    create_markdown_artifact(
        key="drift", markdown=describe(night), description=f"Release {night.release.id}"
    )
    name = DRIFTED if night.has_drifted else STEADY
    return Completed(name=name, message=f"Release {night.release.id}: {name.lower()}", data=night)


@task(name="reevaluate", **STEP)
def again(work: Workspace, progress: Progress, trigger: str) -> Night:
    """The suite on the live release, and what moved."""
    return reevaluate(work, progress, trigger)
