"""Actions that are written in Python, in a file beside the file of actions.

`operation` (by default the action's own name) names in that file either

- a function `f(arguments, key) -> mapping`: inputs and outputs stand in the file of actions, and
  what it is given and what it returns fit them; or
- an object that is an `agent.action.Action`: its own spec states inputs and outputs, the file of
  actions the rules.

`arguments` are the inputs by name, `key` is the idempotency key. Either raises
`agent.action.ActionRefused` with the reason for a no, `NothingFound`, `kb.errors.Transient` when
nothing took place and it may be tried again, and `OutcomeUnknown` when it may have. Anything else
that is raised is a fault of the plug-in: then a writing call has an unknown outcome.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from types import ModuleType
from typing import cast

from agent.action import ActionSpec, CallFailed, OutcomeUnknown, Values
from agent.backends.definition import Backend, Definition, UnknownOperation
from agent.backends.values import Unfit, fitted
from kb.errors import Transient
from kb.registry import load_text

Function = Callable[[Values, str], Values]


class PythonBackend:
    """The objects of one file."""

    def __init__(self, backend: Backend) -> None:
        self._module = load_text(backend.file, backend.definition)
        self._file = backend.file

    def action(self, definition: Definition) -> "PythonAction":
        name = definition.operation or definition.spec.name
        found = getattr(self._module, name, None)
        if name.startswith("_") or not callable(found) or isinstance(found, type):
            raise UnknownOperation(name, _names(self._module))
        spec = definition.spec
        stated = getattr(found, "spec", None)
        if isinstance(stated, ActionSpec):
            inputs, outputs = spec.inputs or stated.inputs, spec.outputs or stated.outputs
            spec = replace(
                spec,
                description=spec.description or stated.description,
                inputs=inputs,
                outputs=outputs,
            )
        return PythonAction(spec, cast(Function, found), f"{self._file}: {name}")

    def close(self) -> None:
        """Nothing is held."""


class PythonAction:
    """One function. It gets no more than its time: what it does after that is not waited for."""

    def __init__(self, spec: ActionSpec, function: Function, where: str) -> None:
        self._spec, self._function, self._where = spec, function, where

    @property
    def spec(self) -> ActionSpec:
        return self._spec

    def __call__(self, arguments: Values, key: str) -> Values:
        output = self._returned(arguments, key)
        try:
            if not isinstance(output, Mapping):
                raise Unfit("it is no mapping")
            return fitted(self._spec.outputs, output, strict=False)
        except Unfit as error:
            told = f"{self._where} returned what does not fit its outputs: {error}"
            raise (OutcomeUnknown(told) if self._spec.writes else CallFailed(told)) from None

    def _returned(self, arguments: Values, key: str) -> Values:
        done: SimpleQueue[tuple[Values, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                done.put((self._function(arguments, key), None))
            except Exception as error:  # noqa: BLE001 it is raised again where it is waited for
                done.put(({}, error))

        Thread(target=run, daemon=True).start()
        try:
            output, error = done.get(timeout=self._spec.timeout_s)
        except Empty:
            told = f"{self._where} did not return within {self._spec.timeout_s:g} s"
            raise (OutcomeUnknown(told) if self._spec.writes else Transient(told)) from None
        if error is not None:
            raise error
        return output


def _names(module: ModuleType) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_") and not isinstance(value, type)
    ]


plugin = PythonBackend
