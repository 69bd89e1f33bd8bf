"""A small server that speaks the OpenAI protocol over real HTTP and says what a script tells it.

    with OpenAIServer(lambda request: "Hello.") as server:
        client = OpenAI(base_url=server.url, api_key="any")

The script is called for each chat completion, in a thread of the server, with the request's JSON;
what it returns is said: a string, values that are put into JSON (what structured output wants;
a request with tools gets them as the arguments of the tool it asks for), or a `Fault`.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
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


Reply: TypeAlias = str | dict[str, Any] | Fault
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
        self._http = _QuietServer(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL, as a client wants it."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply(self, path: str, request: Request, authorization: str) -> tuple[int, Any]:
        """Status, and JSON, a `Fault` or chunks of a stream."""
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
                time.sleep(content.delay_s)
                if status:
                    self._send(status, content.body.encode(), content.headers)
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
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for event in events:
                self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
                self.wfile.flush()
            self.wfile.write(b"data: [DONE]\n\n")

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
        yield {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }


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
