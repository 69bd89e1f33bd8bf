"""A thin REST server over qdrant-client's own in-memory engine.

It speaks the endpoints that the server adapter uses, over real HTTP on a free local port:

    with QdrantRest(api_key="secret") as server:
        QdrantClient(url=server.url, api_key="secret")
"""

import socket
import time
from collections.abc import Awaitable, Callable
from threading import Lock, Thread
from typing import Any, Self

import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from qdrant_client import QdrantClient, models


class QdrantRest:
    """While `status` is set every request fails with it."""

    def __init__(self, api_key: str | None = None) -> None:
        self.status: int | None = None
        self._api_key = api_key
        self._socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(self._app(), log_level="critical", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def guard(
            request: Request, answer: Callable[[Request], Awaitable[Response]]
        ) -> Response:
            if self._api_key and request.headers.get("api-key") != self._api_key:
                return _refused(401, "Invalid API key or JWT")
            return _refused(self.status, "as told") if self.status else await answer(request)

        @app.exception_handler(ValueError)
        async def refuse(request: Request, error: ValueError) -> Response:
            return _refused(404 if "not found" in str(error) else 400, str(error))

        engine = _OneAtATime(QdrantClient(":memory:"))
        app.include_router(_collections(engine))
        app.include_router(_points(engine))
        return app


class _OneAtATime:
    """The in-memory engine is not made for threads."""

    def __init__(self, client: QdrantClient) -> None:
        self._client = client
        self._lock = Lock()

    def __call__(self, method: str, *values: Any, **named: Any) -> Any:
        with self._lock:
            return getattr(self._client, method)(*values, **named)


def _answer(result: Any) -> Response:
    return JSONResponse({"result": jsonable_encoder(result), "status": "ok", "time": 0.0})


def _refused(status: int, error: str) -> Response:
    return JSONResponse({"status": {"error": error}, "time": 0.0}, status)


_DONE = {"operation_id": 0, "status": "completed"}


def _collections(engine: _OneAtATime) -> APIRouter:
    routes = APIRouter()

    @routes.get("/collections")
    def every() -> Response:
        return _answer(engine("get_collections"))

    @routes.get("/collections/{name}/exists")
    def exists(name: str) -> Response:
        return _answer({"exists": engine("collection_exists", name)})

    @routes.put("/collections/{name}")
    def create(name: str, body: models.CreateCollection) -> Response:
        return _answer(
            engine(
                "create_collection",
                name,
                vectors_config=body.vectors,
                sparse_vectors_config=body.sparse_vectors,
            )
        )

    @routes.put("/collections/{name}/index")
    def index(name: str, body: models.CreateFieldIndex) -> Response:
        """The in-memory engine filters without one, and says so in a warning."""
        return _answer(_DONE)

    @routes.delete("/collections/{name}")
    def drop(name: str) -> Response:
        return _answer(engine("delete_collection", name))

    @routes.get("/aliases")
    def aliases() -> Response:
        return _answer(engine("get_aliases"))

    @routes.post("/collections/aliases")
    def move(body: models.ChangeAliasesOperation) -> Response:
        return _answer(engine("update_collection_aliases", body.actions))

    return routes


def _points(engine: _OneAtATime) -> APIRouter:
    routes = APIRouter(prefix="/collections/{name}/points")

    @routes.put("")
    def upsert(name: str, body: models.PointsList) -> Response:
        return _answer(engine("upsert", name, body.points))

    @routes.post("")
    def retrieve(name: str, body: models.PointRequest) -> Response:
        return _answer(
            engine(
                "retrieve",
                name,
                body.ids,
                with_payload=body.with_payload or False,
                with_vectors=body.with_vector or False,
            )
        )

    @routes.post("/delete")
    def delete(name: str, body: models.PointIdsList) -> Response:
        return _answer(engine("delete", name, body))

    @routes.post("/scroll")
    def scroll(name: str, body: models.ScrollRequest) -> Response:
        points, offset = engine(
            "scroll",
            name,
            limit=body.limit,
            offset=body.offset,
            with_payload=body.with_payload or False,
        )
        return _answer({"points": points, "next_page_offset": offset})

    @routes.post("/count")
    def count(name: str, body: models.CountRequest) -> Response:
        return _answer(engine("count", name))

    @routes.post("/query")
    def query(name: str, body: models.QueryRequest) -> Response:
        return _answer(_query(engine, name, body))

    @routes.post("/query/batch")
    def batch(name: str, body: models.QueryRequestBatch) -> Response:
        return _answer([_query(engine, name, request) for request in body.searches])

    return routes


def _query(engine: _OneAtATime, name: str, body: models.QueryRequest) -> Any:
    return engine(
        "query_points",
        name,
        body.query,
        using=body.using,
        prefetch=body.prefetch,
        query_filter=body.filter,
        limit=body.limit,
        with_payload=bool(body.with_payload),
        with_vectors=body.with_vector or False,
    )
