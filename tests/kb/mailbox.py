"""Small servers that take what a notifier sends: a webhook and a mail server."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Inbox:
    """What arrived at `port` of this machine; the first `failures` requests are refused."""

    port: int = 0
    failures: int = 0
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    tries: int = 0


@contextmanager
def webhook(failures: int = 0) -> Iterator[Inbox]:
    """Takes JSON at any path."""
    inbox = Inbox(failures=failures)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.tries += 1
            refused = inbox.tries <= inbox.failures
            if not refused:
                inbox.posts.append((self.path, json.loads(body)))
            self.send_response(503 if refused else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    yield from _serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler), inbox)


@contextmanager
def mail_server() -> Iterator[Inbox]:
    """Takes mail as SMTP servers do, without encryption or sign-in."""
    inbox = Inbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline():
                word = line.split()[0].upper() if line.split() else b""
                if word == b"DATA":
                    self._say("354 go on")
                    inbox.mails.append(self._mail())
                self._say("221 bye" if word == b"QUIT" else "250 well")
                if word == b"QUIT":
                    return

        def _mail(self) -> str:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.decode())
            return "".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    yield from _serving(server, inbox)


def _serving(server: socketserver.TCPServer, inbox: Inbox) -> Iterator[Inbox]:
    inbox.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
