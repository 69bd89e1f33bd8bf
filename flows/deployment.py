"""Registers the release flow with a Prefect server: `python -m flows.deployment`."""

from contextlib import suppress
from pathlib import Path

from prefect import Flow, flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

POOL = "wellkept"


def deploy() -> None:
    """Makes the work pool, and the deployment `release/wellkept` in it: run at 04:00 UTC and on
    demand (`prefect deployment run release/wellkept`). What is there already is updated."""
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    source = Path(__file__).parent.parent
    release = flow.from_source(source=str(source), entrypoint="flows/release.py:release")
    assert isinstance(release, Flow)  # the coroutine is for callers inside an event loop
    release.deploy(
        name="wellkept",
        work_pool_name=POOL,
        cron="0 4 * * *",
        build=False,
        push=False,
        print_next_steps=False,
    )


if __name__ == "__main__":
    deploy()
