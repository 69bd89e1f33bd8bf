"""Plain HTTP: method, path, inputs and outputs stand in the file of actions itself.

Inputs named in the path go there; the others go into the query of a GET or DELETE, and into a
JSON object for every other method.
"""

from agent.action import ActionSpec, CallFailed, OutcomeUnknown, Value, Values
from agent.backends.client import Client, Outgoing
from agent.backends.definition import Backend, Definition
from agent.backends.shape import named
from agent.backends.values import Unfit, fitted
from agent.backends.wire import filled, holes, written
from kb.errors import ConfigError

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_IN_QUERY = ("GET", "DELETE")


class HttpBackend:
    """One address."""

    def __init__(self, backend: Backend) -> None:
        self._client = Client(backend)
        self._who = f"backend '{backend.name}'"

    def action(self, definition: Definition) -> "HttpAction":
        method, path, spec = definition.method.upper(), definition.path, definition.spec
        if method not in _METHODS or not path.startswith("/"):
            raise ConfigError(
                f"say its method ({', '.join(_METHODS)}) and its path, which begins with a slash"
            )
        required = {item.name for item in spec.inputs if item.required}
        if missing := [name for name in holes(path) if name not in required]:
            raise ConfigError(f"its path names {missing[0]}, which is no required input")
        return HttpAction(spec, method, path, self._client, self._who)

    def close(self) -> None:
        self._client.close()


class HttpAction:
    """One method on one path. What comes back fits the outputs that are stated."""

    def __init__(self, spec: ActionSpec, method: str, path: str, client: Client, who: str) -> None:
        self._spec, self._method, self._path = spec, method, path
        self._client, self._who = client, who

    @property
    def spec(self) -> ActionSpec:
        return self._spec

    def __call__(self, arguments: Values, key: str) -> Values:
        spec = self._spec
        _, value = self._client.call(
            self._request(arguments), key, writes=spec.writes, timeout_s=spec.timeout_s
        )
        try:
            return fitted(spec.outputs, named(value), strict=False)
        except Unfit as error:
            told = f"{self._who} gave an answer that does not fit the outputs: {error}"
            raise (OutcomeUnknown(told) if spec.writes else CallFailed(told)) from None

    def _request(self, arguments: Values) -> Outgoing:
        rest: dict[str, Value] = {
            name: value for name, value in arguments.items() if name not in holes(self._path)
        }
        path = filled(self._path, arguments)
        if self._method in _IN_QUERY:
            return Outgoing(self._method, path, {name: written(rest[name]) for name in rest})
        return Outgoing(self._method, path, body=rest)


plugin = HttpBackend
