"""A backend with one table, for trials of trials: `python shop.py PORT`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Shop(BaseHTTPRequestHandler):
    rows: dict[str, Any] = {}  # noqa: RUF012 one process, one shop
    faults: list[Any] = []  # noqa: RUF012 as above

    def do_GET(self) -> None:
        answers = {
            "/sandbox/state": {"orders": self.rows, "faults": dict(enumerate(self.faults))},
            "/sandbox/calls": [{"operation": "getOrder"}],
        }
        self._answer(answers.get(self.path))

    def do_POST(self) -> None:
        asked = self._read()
        Shop.rows = {"1": {"placed_at": asked["now"]}, **asked["patch"].get("orders", {})}
        self._answer({})

    def do_PUT(self) -> None:
        Shop.faults = self._read()["faults"]
        self._answer(None if any(it["kind"] == "slow" for it in self.faults) else {})

    def _read(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
        """Not on the console."""


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Shop).serve_forever()
