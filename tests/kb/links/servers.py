"""HTTP servers on this machine, and names that lead to them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from time import monotonic, sleep

from kb.addresses import Address
from kb.links.addresses import NoSuchName


@dataclass(frozen=True)
class Page:
    """What a path answers; `head` is the status to HEAD where it differs."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    head: int | None = None
    delay_s: float = 0.0
    body: bytes = b"hello"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    at: float


@dataclass
class Site:
    """A running server and what it was asked."""

    port: int
    pages: dict[str, Page]
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self) -> list[tuple[str, str]]:
        return [(request.method, request.path) for request in self.requests]


@contextmanager
def serving(pages: Mapping[str, Page]) -> Iterator[Site]:
    """A site of these pages by path; others are 404."""
    site = Site(0, dict(pages))

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            seen = Request(self.command, self.path, dict(self.headers), monotonic())
            site.requests.append(seen)
            page = site.pages.get(self.path, Page(404))
            sleep(page.delay_s)
            status = page.head if self.command == "HEAD" and page.head else page.status
            self.send_response(status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.body)

        do_HEAD = do_GET = answer  # noqa: N815 names that the server looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its signature
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Names:
    """A name server: what each name leads to, in the order in which it is asked; the last answer
    stays. Other names do not exist."""

    def __init__(self, **names: list[str]) -> None:
        self._names = {name.replace("_", "."): list(found) for name, found in names.items()}
        self.asked: list[str] = []

    async def __call__(self, name: str) -> list[Address]:
        self.asked.append(name)
        found = self._names.get(name)
        if found is None:
            raise NoSuchName(name)
        return [ip_address(found.pop(0) if len(found) > 1 else found[0])]
