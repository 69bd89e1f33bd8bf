"""A Qdrant server or cluster: one collection a release, an alias for the live one."""

from contextlib import closing
from urllib.parse import urlsplit

from qdrant_client import QdrantClient, models

from kb.errors import ConfigError, Permanent
from kb.index.collection import Collection, server_errors
from kb.index.passages import BM25, DENSE, PassageIndex
from kb.index.payload import FILTERED
from kb.settings import QdrantSettings, SearchSettings

_DEFAULT_PORTS = {"http": 6333, "https": 443}


class ServerBackend:
    """Implements the port `IndexBackend` on a server. Connects at the first call."""

    def __init__(self, settings: QdrantSettings, search: SearchSettings | None = None) -> None:
        if not settings.url:
            raise ConfigError("[qdrant] url is not set; leave it out to use the embedded index")
        self._url = settings.url
        self._prefix = settings.prefix
        self._search = search or SearchSettings()
        parts = urlsplit(settings.url)
        self._client = QdrantClient(
            url=settings.url,
            port=parts.port or _DEFAULT_PORTS.get(parts.scheme, 6333),
            api_key=settings.api_key.get_secret_value() if settings.api_key else None,
            timeout=max(1, round(settings.timeout_s)),
            check_compatibility=False,
        )

    def create(self, release_id: str, dimension: int) -> PassageIndex:
        name = self._collection(release_id)
        with server_errors(self._url):
            if not self._client.collection_exists(name):
                self._make(name, dimension)
            for field in FILTERED:
                self._client.create_payload_index(name, field, models.PayloadSchemaType.KEYWORD)
        return self._index(name)

    def open(self, release_id: str) -> PassageIndex:
        name = self._collection(release_id)
        with server_errors(self._url):
            if not self._client.collection_exists(name):
                raise Permanent(f"there is no collection {name} at {self._url}")
        return self._index(name)

    def names(self) -> set[str]:
        start = self._collection("")
        with server_errors(self._url):
            collections = self._client.get_collections().collections
        return {
            item.name.removeprefix(start) for item in collections if item.name.startswith(start)
        }

    def drop(self, release_id: str) -> None:
        with server_errors(self._url):
            self._client.delete_collection(self._collection(release_id))

    def digest(self, release_id: str) -> str:
        """Raises `Permanent` when there is none."""
        with closing(self.open(release_id)) as index:
            return index.digest()

    def point_live(self, release_id: str) -> None:
        """Moves the alias in one request, which the server carries out as a whole."""
        alias = self._prefix
        with server_errors(self._url):
            known = {item.alias_name for item in self._client.get_aliases().aliases}
            moves: list[models.AliasOperations] = []
            if alias in known:
                moves.append(
                    models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))
                )
            moves.append(
                models.CreateAliasOperation(
                    create_alias=models.CreateAlias(
                        collection_name=self._collection(release_id), alias_name=alias
                    )
                )
            )
            self._client.update_collection_aliases(moves)

    def _collection(self, release_id: str) -> str:
        return f"{self._prefix}-{release_id}"

    def _index(self, name: str) -> PassageIndex:
        engine = Collection(self._client, name, self._search, self._url)
        return PassageIndex(engine, self._search.candidates)

    def _make(self, name: str, dimension: int) -> None:
        self._client.create_collection(
            name,
            vectors_config={
                DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)
            },
            sparse_vectors_config={BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
