"""docker-compose.yml: what can be held without an engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def test_the_stack_is_whole() -> None:
    assert set(SERVICES) == {
        "qdrant",
        "postgres",
        "prefect-server",
        "prefect-worker",
        "sample-shop",
        "api",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned(name: str) -> None:
    tag = SERVICES[name]["image"].partition(":")[2]
    assert any(character.isdigit() for character in tag)
    assert "latest" not in tag


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_healthcheck(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", SERVICES)
def test_services_wait_for_health_and_ask_only_for_what_exists(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        assert needed in SERVICES
        assert how == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_has_a_default(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if any(word in key for word in ("PASSWORD", "KEY", "DATABASE_URL")):
            assert ":?set " in value, f"{name} {key}"


def test_the_sample_runs_only_when_it_is_asked_for_and_next_to_the_api_alone() -> None:
    shop = SERVICES["sample-shop"]
    assert shop["profiles"] == ["sample"]
    assert shop["network_mode"] == "service:api"
    assert "--host" not in shop["command"]
    assert (ROOT / shop["command"][1]).is_file()


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_bound_to_this_machine_alone(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_named_volumes_and_configs_are_declared() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.rpartition(":/")[0] if "${" in volume else volume.partition(":")[0]
            assert source.startswith("${") or source in COMPOSE["volumes"]
        for config in service.get("configs", []):
            assert config["source"] in COMPOSE["configs"]


def test_the_image_installs_from_the_pinned_versions_and_runs_without_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert all("-c constraints.txt" in line for line in lines if "pip install" in line)
    assert "USER wellkept" in lines
