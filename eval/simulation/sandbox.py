"""Backends that a simulation may break: started, reset before each run, and looked at after it.

A backend is fit for it when it is started by a command, and then offers, on the port it was given
and to callers on this machine, without a token:

    POST /sandbox/reset    {"now": time, "patch": {table: {row: {column: value} or null}}}
    PUT  /sandbox/faults   {"faults": [{"operation", "call", "kind", "seconds"}]}
    GET  /sandbox/state    {table: {row: {column: value}}}
    GET  /sandbox/calls    [{"operation"}], since the reset, in order
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from socket import socket
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO, Annotated, Any, TypeAlias

import httpx
from pydantic import Field, JsonValue

from eval.simulation.reading import SANDBOX_FILE, load_yaml, parsed
from eval.simulation.scenario import Failure, Part, Text, Values
from kb.environment import lend_secret
from kb.errors import ConfigError, Transient

State: TypeAlias = Mapping[str, Mapping[str, Values]]
_STARTS_WITHIN_S = 30.0
_ANSWERS_WITHIN_S = 10.0
_PAUSE_S = 0.05


class BackendFile(Part):
    """How one backend is started. `{port}` in the command is the port to listen on; `python`
    stands for the running interpreter. `token_env` is the variable that the backend and its
    actions read their token from: each simulation makes its own. `port` is where a server that
    is tried (`--url`) looks for it; else any free one is taken."""

    start: tuple[Text, ...] = Field(min_length=1)
    token_env: Text | None = None
    port: Annotated[int, Field(gt=0, lt=65536)] | None = None


class SandboxFile(Part):
    """`sandbox.yaml`: the backends by the names that the actions give them, and what time it is
    in the scenarios."""

    now: datetime
    backends: Mapping[str, BackendFile] = {}


def read_sandbox(folder: Path) -> SandboxFile:
    """What `sandbox.yaml` in the folder of scenarios says. Raises `ConfigError`."""
    file = folder / SANDBOX_FILE
    if not file.is_file():
        raise ConfigError(f"{file}: no such file; it says how the backends are started")
    wrong: list[str] = []
    found = parsed(SandboxFile, load_yaml(file), str(file), wrong)
    if found is None:
        raise ConfigError("\n  ".join(wrong))
    if found.now.tzinfo is None:
        raise ConfigError(f"{file}: now needs a time zone, as in 2026-11-20T15:00:00Z")
    return found


class Sandbox:
    """Running backends by name. State is of all of them: tables of the same name are no use to
    anybody who reads a difference, so that the first backend's stands."""

    def __init__(self, urls: Mapping[str, str], clients: Sequence[httpx.Client]) -> None:
        self.urls = urls
        self._clients = clients

    def reset(self, now: datetime, patch: Mapping[str, Any]) -> None:
        """As the seed has it at that time, with the patch. Faults are gone."""
        for client in self._clients:
            self._ask(client, "POST", "reset", {"now": now.isoformat(), "patch": dict(patch)})

    def fail(self, failures: Sequence[Failure]) -> None:
        """These go wrong from now on, and nothing else."""
        faults: list[JsonValue] = [
            item.model_dump(mode="json", exclude_none=True) for item in failures
        ]
        for client in self._clients:
            self._ask(client, "PUT", "faults", {"faults": faults})

    def state(self) -> State:
        """Every row of every table, as it stands."""
        tables: dict[str, Mapping[str, Values]] = {}
        for client in self._clients:
            tables = {**self._ask(client, "GET", "state", None), **tables}
        return tables

    def operations(self) -> list[str]:
        """Names of the operations that were called since the reset, in order."""
        return [
            str(call["operation"])
            for client in self._clients
            for call in self._ask(client, "GET", "calls", None)
        ]

    @staticmethod
    def _ask(client: httpx.Client, method: str, what: str, body: JsonValue | None) -> Any:
        try:
            answer = client.request(method, f"/sandbox/{what}", json=body)
        except httpx.HTTPError as error:
            raise Transient(f"the sandbox backend at {client.base_url} is gone: {error}") from None
        if answer.is_error:
            raise ConfigError(
                f"the sandbox backend refuses {method} /sandbox/{what} with "
                f"{answer.status_code}: {answer.text[:300]}"
            )
        return answer.json() if answer.content else None


@contextmanager
def started(file: SandboxFile, folder: Path, *, served: bool = False) -> Iterator[Sandbox]:
    """Every backend of the file until the block ends: each on a free port with a token that is
    made here, or, for a server that is tried, on its own port with the operator's token. Raises
    `ConfigError` with what it printed when one does not start."""
    with ExitStack() as stack:
        urls, clients = {}, []
        for name, backend in file.backends.items():
            if backend.token_env and not served:
                # The actions of this process and the backend read the same variable.
                lend_secret(backend.token_env, token_urlsafe(24))
            port = _port(name, backend, served=served)
            url = stack.enter_context(_process(name, backend, folder, port))
            client = httpx.Client(base_url=url, timeout=_ANSWERS_WITHIN_S)
            clients.append(stack.enter_context(client))
            urls[name] = url
        yield Sandbox(urls, clients)


def first_state(folder: Path) -> State:
    """How the backends of the folder's `sandbox.yaml` begin. Raises `ConfigError`."""
    file = read_sandbox(folder)
    with started(file, folder) as sandbox:
        sandbox.reset(file.now, {})
        return sandbox.state()


@contextmanager
def _process(name: str, backend: BackendFile, folder: Path, port: int) -> Iterator[str]:
    command = [part.replace("{port}", str(port)) for part in backend.start]
    if command[0] == "python":
        command[0] = sys.executable
    with TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 the operator's own command
                command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said
            )
        except OSError as error:
            raise ConfigError(f"backend {name} can't be started: {command[0]}: {error}") from None
        try:
            _wait_for(port, process, name, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            process.wait()


def _port(name: str, backend: BackendFile, *, served: bool) -> int:
    if not served:
        return _free_port()
    if backend.port is None:
        raise ConfigError(f"{SANDBOX_FILE}: backend {name} needs a port for --url")
    return backend.port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", name: str, said: IO[bytes]) -> None:
    until = monotonic() + _STARTS_WITHIN_S
    while monotonic() < until:
        if process.poll() is not None:
            said.seek(0)
            last = said.read().decode(errors="replace").strip()[-500:]
            raise ConfigError(f"backend {name} ended at once: {last or 'it said nothing'}")
        with socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(_PAUSE_S)
    raise ConfigError(f"backend {name} does not listen after {_STARTS_WITHIN_S:.0f} s")


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
