"""The metrics, opened once: ragas takes two seconds to import."""

from pathlib import Path

import pytest

from eval.scoring.suite import Suite, open_suite
from kb.settings import Settings
from tests.eval.turns import WordEncoder


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Every metric that needs no language model."""
    home: Path = tmp_path_factory.mktemp("home")
    return open_suite(Settings(home=home), WordEncoder())
