"""Operations of an OpenAPI document, chosen by their operationId."""

from dataclasses import replace

from agent.action import ActionRefused, ActionSpec, CallFailed, OutcomeUnknown, Value, Values
from agent.backends.client import Client, Outgoing
from agent.backends.definition import Backend, Definition, UnknownOperation
from agent.backends.document import Document
from agent.backends.shape import Shape, named
from agent.backends.values import Unfit, fitted
from agent.backends.wire import filled, headers, joined, written
from kb.errors import ConfigError


class OpenApiBackend:
    """The operations of one document, at one address."""

    def __init__(self, backend: Backend) -> None:
        self._who = f"backend '{backend.name}'"
        try:
            self._document = Document(backend.definition, backend.file)
            url = backend.url or self._document.server
        except (AttributeError, KeyError, TypeError) as error:
            raise ConfigError(f"{backend.file} is not well formed: {error!r}") from None
        self._client = Client(replace(backend, url=url))

    def action(self, definition: Definition) -> "OpenApiAction":
        name = definition.operation or definition.spec.name
        if name not in self._document.operations:
            raise UnknownOperation(name, self._document.operations)
        try:
            shape = Shape(self._document.operation(name), self._document)
            spec = _completed(definition.spec, shape)
        except (AttributeError, KeyError, TypeError) as error:
            raise ConfigError(f"operation '{name}' is not well formed: {error!r}") from None
        return OpenApiAction(spec, shape, self._client, self._who)

    def close(self) -> None:
        self._client.close()


class OpenApiAction:
    """One operation. What is sent and what comes back fit the document's schemas."""

    def __init__(self, spec: ActionSpec, shape: Shape, client: Client, who: str) -> None:
        self._spec, self._shape, self._client, self._who = spec, shape, client, who

    @property
    def spec(self) -> ActionSpec:
        return self._spec

    def __call__(self, arguments: Values, key: str) -> Values:
        spec = self._spec
        request = self._request(arguments, key)
        status, value = self._client.call(
            request, key, writes=spec.writes, timeout_s=spec.timeout_s
        )
        return self._output(status, value)

    def _request(self, arguments: Values, key: str) -> Outgoing:
        """Raises `ActionRefused` for arguments that the document does not allow."""
        placed: dict[str, dict[str, Value]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
        for name, place in self._shape.places.items():
            if name in arguments:
                value = self._shape.wire(place, arguments[name])
                self._refuse(name, self._shape.place_misfit(name, value))
                placed[place.where][place.name] = joined(value) if not place.exploded else value
        body = self._shape.body(arguments)
        if self._shape.operation.body is not None:
            self._refuse("", self._shape.body_misfit(body))
        return Outgoing(
            self._shape.operation.method,
            filled(self._shape.operation.path, placed["path"]),
            {name: written(value) for name, value in placed["query"].items()},
            headers({**placed["header"], **dict.fromkeys(self._shape.keys, key)}),
            body,
            self._shape.operation.form,
        )

    def _refuse(self, name: str, misfit: str) -> None:
        if misfit:
            raise ActionRefused(f"{name or 'the request'} does not fit: {misfit}")

    def _output(self, status: int, value: Value) -> Values:
        """The declared fields. What does not fit is not passed on: a writing call may have
        taken place then."""
        misfit = self._shape.answer_misfit(status, value)
        try:
            if not misfit:
                return _declared(self._spec, value)
        except Unfit as error:
            misfit = str(error)
        told = f"{self._who} gave an answer {status} that does not fit its document: {misfit}"
        raise OutcomeUnknown(told) if self._spec.writes else CallFailed(told)


def _declared(spec: ActionSpec, value: Value) -> Values:
    return {} if value is None else fitted(spec.outputs, named(value), strict=False)


def _completed(spec: ActionSpec, shape: Shape) -> ActionSpec:
    """With what the document says and the file does not."""
    return replace(
        spec,
        description=spec.description or " ".join(shape.operation.summary.split()),
        inputs=spec.inputs or shape.inputs(),
        outputs=spec.outputs or shape.outputs(),
    )


plugin = OpenApiBackend
