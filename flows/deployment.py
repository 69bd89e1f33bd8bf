"""Registers the flows with a Prefect server: `python -m flows.deployment`."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from prefect import Flow, flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, Schedule

POOL = "wellkept"
NAME = "wellkept"


@dataclass(frozen=True)
class _Deployment:
    entrypoint: str
    schedules: Sequence[Schedule] = ()


# In UTC. The release comes after the night's look at what it takes the place of.
_DEPLOYMENTS = (
    _Deployment("flows/release.py:release", [Cron("0 4 * * *", slug="daily")]),
    _Deployment("flows/gate.py:gate"),
    _Deployment(
        "flows/nightly.py:nightly",
        [
            Cron("0 2 * * *", slug="nightly"),
            Cron("30 * * * *", slug="models", parameters={"when_models_change": True}),
        ],
    ),
)


def deploy() -> None:
    """Makes the work pool, and in it the deployments `release/wellkept` (at 04:00 UTC),
    `gate/wellkept` (on demand) and `nightly/wellkept` (at 02:00 UTC, and hourly where a model has
    changed). Each also runs on demand (`prefect deployment run release/wellkept`). What is there
    already is updated."""
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    source = str(Path(__file__).parent.parent)
    for item in _DEPLOYMENTS:
        found = flow.from_source(source=source, entrypoint=item.entrypoint)
        assert isinstance(found, Flow)  # the coroutine is for callers inside an event loop
        found.deploy(
            name=NAME,
            work_pool_name=POOL,
            schedules=list(item.schedules),
            build=False,
            push=False,
            print_next_steps=False,
        )


if __name__ == "__main__":
    deploy()
