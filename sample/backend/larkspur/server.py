"""Running the shop: as a command, or beside a test."""

import argparse
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from threading import Thread
from typing import Any

import httpx
import uvicorn

from larkspur.app import create_app
from larkspur.document import write
from larkspur.storage import Patch, Storage

TOKEN_VARIABLE = "LARKSPUR_SHOP_TOKEN"  # noqa: S105 the name of a variable
SAMPLE_TOKEN = "larkspur-sample"  # noqa: S105 documented, and good on this machine alone
SAMPLE_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Running:
    """A sandbox that answers at `url` to `token`; `http` calls it as the support agent does."""

    url: str
    token: str
    http: httpx.Client

    def state(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Every row by table and id."""
        found: dict[str, dict[str, dict[str, Any]]] = self.http.get("/sandbox/state").json()
        return found

    def reset(self, now: datetime = SAMPLE_NOW, patch: Patch | None = None) -> None:
        """The seed laid out relative to `now`, with the rows of `patch`; no faults."""
        body = {"now": now.isoformat(), "patch": patch or {}}
        self.http.post("/sandbox/reset", json=body).raise_for_status()

    def calls(self) -> list[str]:
        """Operations that were called since the last reset, oldest first."""
        return [call["operation"] for call in self.http.get("/sandbox/calls").json()]

    def fail(self, *faults: dict[str, Any]) -> None:
        """Plans faults instead of those that were planned before; see `larkspur.faults.Fault`."""
        self.http.put("/sandbox/faults", json={"faults": faults}).raise_for_status()


@contextmanager
def serve(now: datetime = SAMPLE_NOW, token: str = SAMPLE_TOKEN) -> Iterator[Running]:
    """A sandbox of its own on a free port, its clock standing at `now`."""
    storage = Storage(now=now)
    listener = _listen("127.0.0.1", 0)
    server = _server(storage, token, sandboxed=True)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    headers = {"Authorization": f"Bearer {token}"}
    try:
        with httpx.Client(base_url=url, headers=headers, trust_env=False) as http:
            yield Running(url, token, http)
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        storage.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until interrupted, or writes the document."""
    given = _parser().parse_args(arguments)
    if given.write_openapi:
        write()
        return
    token = os.environ.get(TOKEN_VARIABLE)  # noqa: TID251 no part of Wellkept
    local = _is_local(given.host)
    if not local and (given.sandbox or not token):
        sys.exit(f"{given.host} can be reached from elsewhere: set {TOKEN_VARIABLE}, no --sandbox")
    now = given.now or (SAMPLE_NOW if given.sandbox else None)
    storage = Storage(given.database, now)
    server = _server(storage, token or SAMPLE_TOKEN, given.sandbox)
    listener = _listen(given.host, given.port)
    host, port = listener.getsockname()[:2]
    print(f"Larkspur Home shop on http://{host}:{port}", file=sys.stderr, flush=True)
    server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio leaves small replies waiting for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        sys.exit(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port")
    listener.listen(128)
    return listener


def _server(storage: Storage, token: str, sandboxed: bool) -> uvicorn.Server:
    app = create_app(storage, token, sandboxed)
    quiet = "critical" if sandboxed else "warning"
    return uvicorn.Server(uvicorn.Config(app, log_level=quiet, access_log=False, ws="none"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010, help="0 takes a free one")
    parser.add_argument(
        "--database", default=":memory:", help="SQLite file; unset: forgotten at the end"
    )
    parser.add_argument(
        "--now", type=_time, help="the clock stands there (2026-11-20T15:00:00Z); unset: it runs"
    )
    parser.add_argument(
        "--sandbox", action="store_true", help="reset, state and faults under /sandbox"
    )
    parser.add_argument(
        "--write-openapi", action="store_true", help="write openapi.json anew, and end"
    )
    return parser


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _is_local(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback
