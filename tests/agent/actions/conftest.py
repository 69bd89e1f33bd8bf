"""A server that answers what it is told to."""

from collections.abc import Iterator

import pytest

from tests.agent.actions.echo import Echo


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as server:
        yield server
