"""A backend with fences, for cases that act: `python painter.py PORT`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SEED = {"1": {"colour": "grey", "owner": "c-1"}}


class Painter(BaseHTTPRequestHandler):
    fences: dict[str, Any] = {}  # noqa: RUF012 one process, one yard

    def do_GET(self) -> None:
        if self.path == "/sandbox/state":
            return self._answer({"fences": self.fences})
        return self._answer([])

    def do_PUT(self) -> None:
        self._read()
        self._answer({})

    def do_POST(self) -> None:
        asked = self._read()
        if self.path == "/sandbox/reset":
            if set(asked["patch"]) - {"fences"}:
                return self._answer({"error": f"unknown table {sorted(asked['patch'])}"}, 422)
            rows = json.loads(json.dumps(SEED))
            for name, columns in asked["patch"].get("fences", {}).items():
                rows[name] = {**rows.get(name, {}), **columns}
            Painter.fences = rows
            return self._answer({})
        own = next(row for row in self.fences.values() if row["owner"] == asked["owner"])
        own["colour"] = asked["colour"]
        return self._answer({"colour": own["colour"]})

    def _read(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, content: Any, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
        """Nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Painter).serve_forever()
