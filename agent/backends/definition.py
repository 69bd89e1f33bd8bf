"""What the operator wrote of a backend and of one action, and what opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.action import Action, ActionSpec
from kb.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Backend:
    """A `[backend.NAME]`. `definition` is the text of the file that it names (`file`): an OpenAPI
    document or a plug-in; both are empty for plain HTTP. `token_env` names the variable that
    holds the token: it goes along as a bearer token, or by itself in the header `token_header`.
    Only a `private` one may be at an address that is not the open internet's."""

    name: str
    url: str = ""
    file: str = ""
    definition: str = ""
    token_env: str = ""
    token_header: str = ""
    private: bool = False
    timeout_s: float = 10.0
    retries: int = 2


@dataclass(frozen=True, slots=True)
class Definition:
    """An `[action.NAME]`: `spec` with what the file says of it; inputs and outputs only where the
    file states them. `operation` names it on the backend; plain HTTP has `method` and `path`."""

    spec: ActionSpec
    operation: str = ""
    method: str = ""
    path: str = ""


class UnknownOperation(ConfigError):
    """The backend has no operation of this name. `known` are the names that it has."""

    def __init__(self, operation: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no operation '{operation}'")
        self.operation = operation
        self.known = tuple(known)


class OpenBackend(Protocol):
    """A backend whose definition has been read. Nothing was called."""

    def action(self, definition: Definition) -> Action:
        """Raises `UnknownOperation`, or `ConfigError` for one that can't be called."""
        ...

    def close(self) -> None:
        """Lets every connection go."""
        ...


class BackendPlugin(Protocol):
    """What a file of `agent/actions` ends in, as `plugin`."""

    def __call__(self, backend: Backend) -> OpenBackend:
        """Raises `ConfigError` when its definition can't be read."""
        ...
