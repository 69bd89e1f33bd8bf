"""A backend over real HTTP that breaks as it is told, at any point of a call.

    with ShopBackend() as shop:
        shop.faults = [Fault.STALL_AFTER]      # for the next writing calls, one each
        shop.refunds                           # what took place

It does not know what an idempotency key is for: a refund that is asked for twice is made twice.
Only its lookup tells of keys.
"""

import json
import time
from collections.abc import Mapping
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Self

TOKEN = "t0ken-that-must-not-leak"
STALL_S = 0.6


class Fault(Enum):
    """What goes wrong, and whether the refund is made by then."""

    REFUSED = "refused"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"
    BACK_SOON = "back soon"
    ERROR_BEFORE = "error before"
    ERROR_AFTER = "error after"
    GATEWAY_AFTER = "gateway after"
    STALL_BEFORE = "stall before"
    STALL_AFTER = "stall after"
    DROP_BEFORE = "drop before"
    DROP_AFTER = "drop after"
    MALFORMED = "malformed"
    MISFIT = "misfit"
    REDIRECT = "redirect"
    OTHERS = "others"
    LATE = "late"


_AFTER = {
    Fault.LATE,
    Fault.ERROR_AFTER,
    Fault.GATEWAY_AFTER,
    Fault.STALL_AFTER,
    Fault.DROP_AFTER,
    Fault.MALFORMED,
    Fault.MISFIT,
    Fault.REDIRECT,
}
_SILENT = {
    Fault.LATE,
    Fault.STALL_BEFORE,
    Fault.STALL_AFTER,
    Fault.DROP_BEFORE,
    Fault.DROP_AFTER,
}
_STATUS = {
    Fault.REFUSED: 409,
    Fault.BUSY: 429,
    Fault.UNAVAILABLE: 503,
    Fault.BACK_SOON: 503,
    Fault.ERROR_BEFORE: 500,
    Fault.ERROR_AFTER: 500,
    Fault.GATEWAY_AFTER: 502,
}


class ShopBackend:
    """Orders and refunds on a free local port. `refunds` holds what was made, oldest first;
    `calls` the method, path and headers of every request."""

    def __init__(self) -> None:
        self.refunds: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.lookup_faults: list[Fault] = []
        self.calls: list[tuple[str, str, Mapping[str, str]]] = []
        self.lock = Lock()
        self._http = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def refund(self, order: str, key: str, body: Mapping[str, Any]) -> dict[str, Any]:
        with self.lock:
            made = {
                "id": f"R-{len(self.refunds) + 1}",
                "order_number": order,
                "amount": body["amount"],
                "key": key,
            }
            self.refunds.append(made)
        return shown(made)

    def reset(self) -> None:
        self.refunds, self.faults, self.lookup_faults, self.calls = [], [], [], []


def shown(refund: Mapping[str, Any]) -> dict[str, Any]:
    """A refund as the backend tells of it."""
    return {name: value for name, value in refund.items() if name != "key"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


def _handler(shop: ShopBackend) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shop.calls.append(("GET", self.path, dict(self.headers)))
            parts = self.path.partition("?")[0].strip("/").split("/")
            if parts[0] == "orders":
                self._get_order(parts[1])
            else:
                self._find_refund(parts[-1])

        def do_POST(self) -> None:
            shop.calls.append(("POST", self.path, dict(self.headers)))
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with shop.lock:
                fault = shop.faults.pop(0) if shop.faults else None
            order, key = self.path.split("/")[2], self.headers["Idempotency-Key"]
            if fault is Fault.LATE:
                time.sleep(STALL_S)
            made = shop.refund(order, key, body) if fault is None or fault in _AFTER else {}
            if fault is None:
                self._send(201, made)
            else:
                self._break(fault, made)

        def _get_order(self, number: str) -> None:
            refunded = sum(float(x["amount"]) for x in shop.refunds if x["order_number"] == number)
            if number == "LH-00000":
                self._send(404, {"detail": "no such order"})
            else:
                self._send(200, {"number": number, "status": "delivered", "refunded": refunded})

        def _find_refund(self, key: str) -> None:
            fault = shop.lookup_faults.pop(0) if shop.lookup_faults else None
            if fault is not None:
                self._break(fault, {})
                return
            found = [shown(item) for item in shop.refunds if item["key"] == key]
            if found:
                self._send(200, found[0])
            else:
                self._send(404, {"detail": "no refund with this key"})

        def _break(self, fault: Fault, made: dict[str, Any]) -> None:
            if fault in (Fault.STALL_BEFORE, Fault.STALL_AFTER):
                time.sleep(STALL_S)
            if fault in _SILENT:
                self.close_connection = True
            elif fault is Fault.MALFORMED:
                self._raw(201, b'{"id": "R-1", "amo')
            elif fault is Fault.MISFIT:
                self._send(201, {"id": 7, "total": "much"})
            elif fault is Fault.OTHERS:
                self._send(200, {"refunds": "see elsewhere"})
            elif fault is Fault.REDIRECT:
                self._raw(303, b"", {"Location": f"/refunds/{made['id']}"})
            else:
                more = {"Retry-After": "1"} if fault is Fault.BACK_SOON else {}
                body = {"detail": f"{fault.value} {self.headers.get('Authorization', '')}".strip()}
                self._raw(_STATUS[fault], json.dumps(body).encode(), more)

        def _send(self, status: int, value: Any) -> None:
            self._raw(status, json.dumps(value).encode())

        def _raw(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
            """Not on the console."""

    return Handler


REFUND = {
    "type": "object",
    "required": ["id", "order_number", "amount"],
    "properties": {
        "id": {"type": "string"},
        "order_number": {"type": "string"},
        "amount": {"type": "string", "format": "decimal"},
    },
}
_ORDER_NUMBER = {
    "name": "order_number",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": r"^LH-\d{5}$"},
}
_KEY = {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}


def _content(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": "it", "content": {"application/json": {"schema": schema}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/orders/{order_number}": {
            "get": {
                "operationId": "getOrder",
                "summary": "One order",
                "parameters": [_ORDER_NUMBER],
                "responses": {
                    "200": _content(
                        {
                            "type": "object",
                            "required": ["number", "status"],
                            "properties": {
                                "number": {"type": "string"},
                                "status": {"enum": ["placed", "delivered"]},
                                "refunded": {"type": "number"},
                            },
                        }
                    )
                },
            }
        },
        "/orders/{order_number}/refunds": {
            "post": {
                "operationId": "createRefund",
                "parameters": [_ORDER_NUMBER, _KEY],
                "requestBody": {
                    "required": True,
                    **_content(
                        {
                            "type": "object",
                            "required": ["amount"],
                            "properties": {
                                "amount": {"type": "string", "format": "decimal"},
                                "reason": {"enum": ["faulty", "unwanted"]},
                            },
                        }
                    ),
                },
                "responses": {"201": _content({"$ref": "#/components/schemas/Refund"})},
            }
        },
        "/refunds/by-key/{key}": {
            "get": {
                "operationId": "findRefund",
                "parameters": [
                    {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"200": _content({"$ref": "#/components/schemas/Refund"})},
            }
        },
    },
    "components": {"schemas": {"Refund": REFUND}},
}

ACTIONS = """
[backend.shop]
openapi = "openapi.json"
url = "URL"
token_env = "SHOP_TOKEN"
private = true
timeout_s = 0.3
retries = 2

[action.find_order]
backend = "shop"
operation = "getOrder"
result = "order"

[action.issue_refund]
backend = "shop"
operation = "createRefund"
effect = "money"
identity = "verified"
confirm = true
result = "refund"
limits = { amount_input = "amount", most = 150, per_customer_per_day = 2 }
lookup = "find_refund"
before = "find_order"

[action.find_refund]
backend = "shop"
operation = "findRefund"
result = "refund"
"""


def write_actions(folder: Path, url: str, text: str = ACTIONS) -> Path:
    """The file of actions, with its document beside it."""
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT))
    path = folder / "actions.toml"
    path.write_text(text.replace("URL", url))
    return path
