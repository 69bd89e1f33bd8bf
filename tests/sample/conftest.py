"""The sample's shop, running on a port of its own, laid out anew for each test."""

from collections.abc import Iterator

import httpx
import pytest

from larkspur.server import Running, serve


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    with serve() as shop:
        yield shop


@pytest.fixture
def shop(running: Running) -> Running:
    running.reset()
    return running


@pytest.fixture
def client(shop: Running) -> httpx.Client:
    return shop.http


def key(number: int = 1) -> dict[str, str]:
    """The header of an idempotency key."""
    return {"Idempotency-Key": f"key-of-a-test-{number}"}
