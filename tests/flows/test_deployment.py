"""What is registered with a Prefect server can be run by it."""

from inspect import signature

import pytest
from prefect.flows import Flow, load_flow_from_entrypoint

from flows.deployment import _DEPLOYMENTS, _Deployment
from tests.test_compose import ROOT, SERVICES


@pytest.mark.parametrize("item", _DEPLOYMENTS, ids=lambda it: it.entrypoint)
def test_each_deployment_leads_to_a_flow_that_takes_what_its_schedules_give(
    item: _Deployment,
) -> None:
    found: Flow[..., object] = load_flow_from_entrypoint(str(ROOT / item.entrypoint))
    assert found.name == item.entrypoint.partition(":")[2]
    for schedule in item.schedules:
        assert set(schedule.parameters) <= set(signature(found.fn).parameters)


def test_the_release_and_the_look_at_what_is_live_are_scheduled_and_the_gate_is_on_demand() -> None:
    slugs = {it.entrypoint.partition(":")[2]: [s.slug for s in it.schedules] for it in _DEPLOYMENTS}
    assert slugs == {"release": ["daily"], "gate": [], "nightly": ["nightly", "models"]}


def test_the_worker_registers_them_before_it_starts() -> None:
    (_, _, command) = SERVICES["prefect-worker"]["command"]
    assert command.startswith("python -m flows.deployment && ")
