"""What every test runs under: no network but this machine, no telemetry, seeds set."""

import random
from pathlib import Path

import numpy as np
import pytest

from kb.environment import contain_prefect, quiet_libraries


@pytest.fixture(scope="session", autouse=True)
def _quiet(tmp_path_factory: pytest.TempPathFactory) -> None:
    quiet_libraries()
    contain_prefect(tmp_path_factory.mktemp("libraries"))


@pytest.fixture(autouse=True)
def _seeds() -> None:
    random.seed(7)
    np.random.seed(7)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings_in_environment():
        monkeypatch.delenv(name)


def settings_in_environment() -> list[str]:
    """Variables of Wellkept that this machine happens to have, the real servers' apart."""
    import os

    kept = {"WELLKEPT_QDRANT_URL", "WELLKEPT_QDRANT_API_KEY"}
    return [name for name in os.environ if name.startswith("WELLKEPT_") and name not in kept]


SAMPLE = Path(__file__).parent.parent / "sample"
