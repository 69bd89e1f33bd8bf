"""A small server that speaks the OpenAI protocol over real HTTP and says what a script tells it.

    with OpenAIServer(lambda request: "Hello.") as server:
        client = OpenAI(base_url=server.url, api_key="any")

The script is called for each chat completion, in a thread of the server, with the request's JSON;
what it returns is said: a string, values that are put into JSON (what structured output wants;
a request with tools gets them as the arguments of the tool it asks for), a `Fault`, or a `Slowly`
for a stream that is slow, breaks off, stalls, or holds what nobody asked for.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import Event, Lock, Thread
from typing import Any, Self, TypeAlias

Request: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """What a server does when it misbehaves: waits `delay_s`, then answers with `status` and
    `body` as they stand, or hangs up without a word when `status` is 0."""

    status: int = 500
    body: str = '{"error": {"message": "out of order"}}'
    delay_s: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Slowly:
    """A stream that is sent piece by piece: nothing for `first_s`, then `between_s` between the
    pieces. After the pieces it sends `raw` as it stands, sends `signs` comments `between_s` apart
    (signs of life without a word), stays silent for `stall_s`, and ends as a stream should, or
    hangs up with `drop`. `usage` are the tokens (read, written) that it reports at the end."""

    pieces: Sequence[str | dict[str, Any]] = ()
    first_s: float = 0.0
    between_s: float = 0.0
    raw: str = ""
    signs: int = 0
    stall_s: float = 0.0
    drop: bool = False
    usage: tuple[int, int] | None = None


Reply: TypeAlias = str | dict[str, Any] | Fault | Slowly
Script: TypeAlias = Callable[[Request], Reply]


class OpenAIServer:
    """Chat completions (whole and streamed), embeddings and models on a free local port.

    `requests` holds the JSON of every chat request so far, in order of arrival, and
    `authorizations` the header that came with each.
    """

    def __init__(self, script: Script, model: str = "scripted") -> None:
        self.requests: list[Request] = []
        self.authorizations: list[str] = []
        self._script, self._model, self._lock = script, model, Lock()
        self._closing = Event()
        self._http = _QuietServer(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL, as a client wants it."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def pause(self, seconds: float) -> None:
        """Waits, unless the server is about to close."""
        self._closing.wait(seconds)

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply(self, path: str, request: Request, authorization: str) -> tuple[int, Any]:
        """Status, and JSON, a `Fault`, a `Slowly` or chunks of a stream."""
        if path.endswith("/models"):
            return 200, {"object": "list", "data": [{"id": self._model, "object": "model"}]}
        if path.endswith("/embeddings"):
            return 200, _embeddings(request)
        if not path.endswith("/chat/completions"):
            return 404, {"error": {"message": f"no such path: {path}"}}
        with self._lock:
            self.requests.append(request)
            self.authorizations.append(authorization)
        said = self._script(request)
        if isinstance(said, Fault):
            return said.status, said
        if isinstance(said, Slowly):
            return 200, said
        message = _message(said, request)
        return 200, _stream(message) if request.get("stream") else _completion(message)


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


def _handler(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self._answer(json.loads(self.rfile.read(length)))

        def _answer(self, request: Request) -> None:
            self.close_connection = True
            authorization = self.headers.get("Authorization", "")
            status, content = server.reply(self.path, request, authorization)
            if isinstance(content, Fault):
                server.pause(content.delay_s)
                if status:
                    self._send(status, content.body.encode(), content.headers)
            elif isinstance(content, Slowly):
                self._send_slowly(content)
            elif isinstance(content, dict):
                self._send(status, json.dumps(content).encode(), {})
            else:
                self._send_events(content)

        def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            sent = {"Content-Type": "application/json", "Connection": "close", **headers}
            for name, value in sent.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _send_events(self, events: Iterator[dict[str, Any]]) -> None:
            self._begin_events()
            for event in events:
                self._write(f"data: {json.dumps(event)}\n\n")
            self._write("data: [DONE]\n\n")

        def _send_slowly(self, told: Slowly) -> None:
            self._begin_events()
            server.pause(told.first_s)
            for place, piece in enumerate(told.pieces):
                server.pause(told.between_s if place else 0.0)
                delta = {"content": piece} if isinstance(piece, str) else piece
                self._write(f"data: {json.dumps(_chunk(delta))}\n\n")
            self._write(told.raw)
            for _ in range(told.signs):
                server.pause(told.between_s)
                self._write(": still here\n\n")
            server.pause(told.stall_s)
            if told.drop:
                self.connection.shutdown(SHUT_RDWR)
                return
            if told.usage:
                self._write(f"data: {json.dumps(_usage(*told.usage))}\n\n")
            self._write("data: [DONE]\n\n")

        def _begin_events(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Connection", "close")
            self.end_headers()

        def _write(self, text: str) -> None:
            data = text.encode()
            if data:
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()
            if text.startswith("data: [DONE]"):
                self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
            """Not on the console."""

    return Handler


def _message(said: str | dict[str, Any], request: Request) -> dict[str, Any]:
    content = said if isinstance(said, str) else json.dumps(said)
    tools = request.get("tools") or []
    if not tools or isinstance(said, str):
        return {"role": "assistant", "content": content}
    name = tools[0]["function"]["name"]
    call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": content}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _completion(message: dict[str, Any]) -> dict[str, Any]:
    reason = "tool_calls" if message.get("tool_calls") else "stop"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _stream(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The message word by word."""
    words = (message["content"] or "").split(" ")
    pieces = [word if place == 0 else f" {word}" for place, word in enumerate(words)]
    for delta, reason in [*(({"content": piece}, None) for piece in pieces), ({}, "stop")]:
        yield _chunk(delta, reason)


def _chunk(delta: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
    }


def _usage(read: int, written: int) -> dict[str, Any]:
    tokens = {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }
    return {**_chunk({}), "choices": [], "usage": tokens}


def _embeddings(request: Request) -> dict[str, Any]:
    """Vectors of eight dimensions that depend on the text alone."""
    texts = [request["input"]] if isinstance(request["input"], str) else request["input"]
    data = [
        {
            "object": "embedding",
            "index": index,
            "embedding": [byte / 255 for byte in sha256(str(text).encode()).digest()[:8]],
        }
        for index, text in enumerate(texts)
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "data": data, "model": "scripted", "usage": usage}
