"""An outbox of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent.outbox.cases import Office, Open, office
from tests.agent.outbox.servers import FakeZendesk, Receiver, serving


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    made: list[Office] = []

    def start(**settings: object) -> Office:
        made.append(office(tmp_path, **settings))
        return made[-1]

    yield start
    for one in made:
        one.database.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as running:
        yield running


@pytest.fixture
def zendesk() -> Iterator[FakeZendesk]:
    made = FakeZendesk()
    with serving(made):
        yield made
