"""What an endpoint tells about its model, over real HTTP."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from typing import Any

import pytest

from agent.models.reported import reported


@contextmanager
def endpoint(body: Any, status: int = 200) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Its base URL, and the headers of the requests that came."""
    headers: list[Mapping[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers.append(dict(self.headers))
            sent = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
            """Not on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/", headers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def listing(**told: Any) -> dict[str, Any]:
    return {"data": [{"id": "other"}, {"id": "m", **told}]}


def test_the_models_own_entry_is_told_without_what_nobody_can_compare() -> None:
    body = listing(owned_by="us", created=1_700_000_000, permission=[{"id": "p-1"}])
    with endpoint(body) as (url, headers):
        told = reported(url, "m", "key-1")
    assert told == {"id": "m", "owned_by": "us", "created": 1_700_000_000}
    assert headers[0]["Authorization"] == "Bearer key-1"


def test_a_time_that_is_that_of_the_request_is_left_out() -> None:
    with endpoint(listing(created=int(time()), root="v1")) as (url, _):
        assert reported(url, "m") == {"id": "m", "root": "v1"}


@pytest.mark.parametrize("body", [{"data": []}, {"data": "none"}, ["?"], {}, {"data": [{}]}])
def test_an_endpoint_that_does_not_list_it_tells_nothing(body: Any) -> None:
    with endpoint(body) as (url, _):
        assert reported(url, "m") is None


def test_an_endpoint_that_fails_or_is_not_there_tells_nothing() -> None:
    with endpoint({}, status=500) as (url, _):
        assert reported(url, "m") is None
    assert reported("http://127.0.0.1:9/v1", "m") is None
    assert reported("no address", "m") is None
