"""Small servers that take cases, and fail when they are told to."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """Takes anything and answers 200. `faults` are used up one a request: a status, or
    `drop_before` and `drop_after` for a connection that breaks before or after the request
    counted."""

    url: str = ""
    faults: list[int | str] = field(default_factory=list)
    retry_after: str = ""
    received: list[Received] = field(default_factory=list)

    def answer(self, asked: Received) -> dict[str, Any]:
        """What a request does and what it returns."""
        self.received.append(asked)
        return {}


@dataclass
class FakeZendesk(Receiver):
    """Tickets, comments and groups, as far as the outbox speaks to them."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, asked: Received) -> dict[str, Any]:
        self.received.append(asked)
        assert base64.b64decode(asked.headers["authorization"].split()[1]) == b"me@x.org/token:t0k"
        url = urlsplit(asked.path)
        match (asked.method, url.path.removeprefix("/api/v2").split("/")[1:]):
            case ("GET", ["groups.json"]):
                return {"groups": [{"id": 77, "name": "Billing"}]}
            case ("GET", ["tickets.json"]):
                wanted = parse_qs(url.query)["external_id"][0]
                return {"tickets": [t for t in self.tickets if t["external_id"] == wanted]}
            case ("POST", ["tickets.json"]):
                ticket = {**asked.json["ticket"], "id": 1000 + len(self.tickets)}
                self.tickets.append(ticket)
                return {"ticket": ticket}
            case ("PUT", ["tickets", name]):
                body = asked.json["ticket"]["comment"]["body"]
                self.comments.append((name.removesuffix(".json"), body))
                return {"ticket": {"id": name}}
            case ("GET", ["tickets", name, "comments.json"]):
                return {"comments": [{"body": b} for number, b in self.comments if number == name]}
            case other:
                raise AssertionError(other)


@contextmanager
def serving(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Received(self.command, self.path, headers, self.rfile.read(length))
            fault = receiver.faults.pop(0) if receiver.faults else None
            if fault == "drop_before":
                return
            if isinstance(fault, int):
                self._say(fault, {"error": "try later"})
                return
            answer = receiver.answer(asked)
            if fault != "drop_after":
                self._say(200, answer)

        do_GET = do_POST = do_PUT = _do  # noqa: N815 the names that the server looks for

        def _say(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            if receiver.retry_after and status != 200:
                self.send_header("Retry-After", receiver.retry_after)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
