"""What the server adapter makes of a server that refuses, fails or is not there."""

import socket
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from qdrant_client import QdrantClient

from kb.errors import ConfigError, Permanent, Transient, WellkeptError
from kb.index.server import ServerBackend
from kb.settings import QdrantSettings
from kb.types import Filters
from tests.contracts.indexes import ALL, DIMENSION, direction, directions
from tests.contracts.qdrant_rest import QdrantRest


@pytest.fixture
def server() -> Iterator[QdrantRest]:
    with QdrantRest(api_key="right") as running:
        yield running


def backend(url: str, key: str | None = "right") -> ServerBackend:
    return ServerBackend(QdrantSettings(url=url, api_key=SecretStr(key) if key else None))


@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
@pytest.mark.parametrize("key", [None, "wrong"])
def test_a_wrong_key_names_the_setting(server: QdrantRest, key: str | None) -> None:
    with pytest.raises(ConfigError, match="WELLKEPT_QDRANT_API_KEY"):
        backend(server.url, key).names()


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with pytest.raises(Transient, match=url):
        backend(url, None).names()


@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, Transient), (503, Transient), (507, Transient), (422, Permanent), (403, ConfigError)],
)
def test_a_failing_server_says_who_must_act(
    server: QdrantRest, status: int, kind: type[WellkeptError]
) -> None:
    index = backend(server.url).create("r1", DIMENSION)
    index.upsert(ALL, directions(ALL))
    server.status = status
    for act in (
        lambda: index.search("token", direction("x"), 3, Filters()),
        lambda: index.upsert(ALL, directions(ALL)),
        lambda: index.delete([ALL[0].id]),
        lambda: index.vectors([ALL[0].id]),
        index.ids,
    ):
        with pytest.raises(kind):
            act()


@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
def test_outside_readers_follow_the_live_release_by_an_alias(server: QdrantRest) -> None:
    made = backend(server.url)
    reader = QdrantClient(url=server.url, api_key="right", check_compatibility=False)
    for name, items in [("r1", ALL[:1]), ("r2", ALL)]:
        made.create(name, DIMENSION).upsert(items, directions(items))
        made.point_live(name)
        assert reader.count("wellkept").count == len(items)
    assert [item.collection_name for item in reader.get_aliases().aliases] == ["wellkept-r2"]
    reader.close()


def test_no_url_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(ConfigError, match="url"):
        ServerBackend(QdrantSettings())
