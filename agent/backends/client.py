"""Calls over HTTP: what is sent, and what a failure on the way means for what was asked."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from typing import Any, NoReturn
from weakref import finalize

import httpx

from agent.action import CallFailed, OutcomeUnknown, Value
from agent.backends.answers import Incoming, opened
from agent.backends.definition import Backend
from kb.addresses import Address, is_public
from kb.configuration import secret
from kb.errors import ConfigError, Transient

KEY_HEADER = "Idempotency-Key"
_MOST_BYTES = 1_000_000
"""A longer answer is no answer of one operation."""
_CONCEALED = "[secret]"
# Servers commonly close an idle connection after five seconds: a call that is sent into a closing
# one has an unknown outcome, so it is let go well before.
_LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=10, keepalive_expiry=2.0)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request. `path` begins with a slash and is quoted; `query` values are texts or lists
    of them; `body` is sent as JSON, or as a form; None sends none."""

    method: str
    path: str
    query: Mapping[str, str | list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Value = None
    form: bool = False


class Client:
    """Connections to one backend, safe to use from several threads.

    Redirects are not followed, proxies and the rest of the environment are not heeded. Unless the
    backend is private, every address of its name must be of the open internet, and the connection
    goes to an address that was checked. Nothing that is raised holds the token.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._url = _base(backend)
        self._http = httpx.Client(
            transport=httpx.HTTPTransport(limits=_LIMITS, trust_env=False)
            if backend.private
            else _OpenInternet(backend.name),
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            trust_env=False,
        )
        # An agent that is let go takes its connections along, whether or not it was closed.
        finalize(self, self._http.close)

    def close(self) -> None:
        self._http.close()

    def call(
        self, request: Outgoing, key: str, *, writes: bool, timeout_s: float
    ) -> tuple[int, Value]:
        """Status and value of an answer that says that it was done. Raises what else its status
        means (see `agent.backends.answers`); `Transient` when the request certainly did nothing,
        `OutcomeUnknown` when it was sent for something that `writes` and no whole answer came,
        and `CallFailed` when it can't be sent like this."""
        answer = self._send(request, key, writes=writes, timeout_s=timeout_s)
        return answer.status, opened(answer, self._who(), writes=writes)

    def _send(self, request: Outgoing, key: str, *, writes: bool, timeout_s: float) -> Incoming:
        deadline = monotonic() + timeout_s
        try:
            with self._http.stream(
                request.method,
                f"{self._url}{request.path}",
                params=dict(request.query) or None,
                headers={**request.headers, KEY_HEADER: key, **self._authorization()},
                timeout=timeout_s,
                **_content(request),
            ) as response:
                body = _read(response, deadline)
        except _NOT_SENT as error:
            raise Transient(self._told("can't be reached", error)) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
            raise CallFailed(self._told("can't be asked this", error)) from None
        except httpx.TimeoutException:
            self._interrupted(f"did not answer within {timeout_s:g} s", writes=writes)
        except httpx.HTTPError as error:
            self._interrupted(self._conceal(f"broke off: {error}"), writes=writes)
        except _TooLong:
            self._interrupted(f"answered with more than {_MOST_BYTES:,} bytes", writes=writes)
        if not response.is_success:
            body = self._conceal(body.decode(errors="replace")).encode()
        value, readable = _parsed(body)
        return Incoming(response.status_code, value, readable, "Retry-After" in response.headers)

    def _conceal(self, text: str) -> str:
        """The text without the token, should anybody repeat it."""
        token = self._token()
        return text.replace(token, _CONCEALED) if token else text

    def _authorization(self) -> dict[str, str]:
        name = self._backend.token_env
        if not name:
            return {}
        token = self._token()
        if not token:
            raise CallFailed(f"{self._who()} needs a token; set {name} in the environment")
        header = self._backend.token_header
        return {header: token} if header else {"Authorization": f"Bearer {token}"}

    def _token(self) -> str:
        name = self._backend.token_env
        return (secret(name) or "").strip() if name else ""

    def _interrupted(self, what: str, *, writes: bool) -> NoReturn:
        message = f"{self._who()} {what}"
        raise OutcomeUnknown(message) if writes else Transient(message)

    def _told(self, what: str, error: Exception) -> str:
        return self._conceal(f"{self._who()} {what}: {error}")

    def _who(self) -> str:
        return f"backend '{self._backend.name}'"


class _OpenInternet(httpx.HTTPTransport):
    """Connects to addresses that were checked, so that a name that changes its mind gains
    nothing. One client has one name, so that connections are not mixed up."""

    def __init__(self, backend: str) -> None:
        super().__init__(limits=_LIMITS, trust_env=False)
        self._backend = backend

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.raw_host.decode("ascii")
        request.extensions = {**request.extensions, "sni_hostname": name}
        request.url = request.url.copy_with(host=str(self._checked(name)))
        return super().handle_request(request)

    def _checked(self, name: str) -> Address:
        addresses = _addresses(name)
        if not all(map(is_public, addresses)):
            raise CallFailed(
                f"backend '{self._backend}': {name} is an address of a private network; "
                f"if it is meant to be, say `private = true` in [backend.{self._backend}]"
            )
        return addresses[0]


class _TooLong(Exception):
    """The answer is longer than is read."""


def _addresses(name: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(name.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{name} can't be looked up: {error}") from None
    return [ip_address(str(item[4][0]).partition("%")[0]) for item in found]


def _base(backend: Backend) -> str:
    try:
        url = httpx.URL(backend.url)
    except httpx.InvalidURL as error:
        raise ConfigError(f"[backend.{backend.name}] url: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigError(
            f"[backend.{backend.name}] url must be like https://shop.example.com, with http or "
            "https and a host"
        )
    if url.userinfo or url.query or url.fragment:
        raise ConfigError(
            f"[backend.{backend.name}] url must hold neither a password nor a query; name the "
            "variable of the token with token_env"
        )
    return str(url).rstrip("/")


def _content(request: Outgoing) -> dict[str, Any]:
    if request.body is None:
        return {}
    return {"data" if request.form else "json": request.body}


def _read(response: httpx.Response, deadline: float) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _MOST_BYTES:
            raise _TooLong
        if monotonic() > deadline:
            raise httpx.ReadTimeout("the answer is not whole in time")
    return bytes(body)


def _parsed(body: bytes) -> tuple[Value, bool]:
    """The JSON in it; and whether it is some."""
    if not body.strip():
        return None, True
    try:
        return json.loads(body, parse_constant=_refuse), True
    except (ValueError, RecursionError):
        return None, False


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number in JSON")
