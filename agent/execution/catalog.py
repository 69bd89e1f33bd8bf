"""The actions of a file, opened: what procedures may call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from agent.action import Action, ActionSpec, Effect
from agent.assets import ACTIONS, DEFINITION
from agent.backends.definition import (
    Backend,
    BackendPlugin,
    Definition,
    OpenBackend,
    UnknownOperation,
)
from agent.execution.bound import BoundAction
from agent.execution.file import ActionTable, BackendTable, Tables, nearest, read
from agent.execution.rules import faults_in
from agent.identity import IdentityLevel
from agent.procedure import Fault, Gravity
from kb.errors import ConfigError
from kb.registry import discover
from kb.types import Asset

_MOST_TRIES = 5
"""Guesses of a one-time code in a conversation, where the file does not say."""


@dataclass(frozen=True)
class Catalog:
    """Actions by name. `faults` are warnings: what is wrong and does not keep it from working."""

    actions: Mapping[str, Action] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    backends: tuple[OpenBackend, ...] = ()

    @property
    def specs(self) -> dict[str, ActionSpec]:
        """What each takes, gives and asks for."""
        return {name: action.spec for name, action in self.actions.items()}

    def close(self) -> None:
        """Lets every connection go."""
        for backend in self.backends:
            backend.close()


def open_catalog(
    source: Path | Sequence[Asset],
    urls: Mapping[str, str] | None = None,
    timeout_s: float | None = None,
) -> Catalog:
    """The actions that a file defines, or the texts that a release pins; without any, an empty
    catalog. `urls` put a backend, by its name, at another address, and `timeout_s` shortens every
    time-out: for trials. Raises `ConfigError` with everything that is wrong. Calls nothing."""
    catalog, faults = _opened(source, urls or {}, timeout_s)
    errors = [item for item in faults if item.gravity is Gravity.ERROR]
    if errors:
        catalog.close()
        raise ConfigError("; ".join(map(_line, errors)))
    return replace(catalog, faults=tuple(faults))


def lint(source: Path | Sequence[Asset]) -> list[Fault]:
    """What is wrong, errors and warnings, in the order of the file. Raises `ConfigError` only
    when there is no file to read."""
    catalog, faults = _opened(source, {}, None)
    catalog.close()
    return sorted(faults, key=lambda item: item.line)


def _opened(
    source: Path | Sequence[Asset], urls: Mapping[str, str], timeout_s: float | None
) -> tuple[Catalog, list[Fault]]:
    texts = _FolderTexts(source) if isinstance(source, Path) else _PinnedTexts(source)
    if texts.actions is None:
        return Catalog(), []
    tables, faults = read(texts.actions, texts.path)
    backends = dict(_backends(tables, texts, urls, faults))
    actions = dict(_actions(tables, backends, timeout_s, faults))
    faults += faults_in(tables, {name: action.spec for name, action in actions.items()})
    return Catalog(actions, (), tuple(item.opened for item in backends.values())), faults


class _FolderTexts:
    """The file, and what lies beside it."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._folder = path.parent
        self.actions: str | None = _text(path)

    def read(self, name: str) -> str:
        return _text(self._folder / name)


class _PinnedTexts:
    """The texts of a release."""

    path = "actions.toml"

    def __init__(self, assets: Sequence[Asset]) -> None:
        self._texts = {item.name: item.text for item in assets if item.kind == DEFINITION}
        found = [item.text for item in assets if item.kind == ACTIONS]
        self.actions = found[0] if found else None

    def read(self, name: str) -> str:
        if name not in self._texts:
            raise ConfigError(f"the release holds no {name}; release again")
        return self._texts[name]


@dataclass(frozen=True)
class _Opened:
    table: BackendTable
    opened: OpenBackend


@cache
def plugins() -> dict[str, BackendPlugin]:
    """Every way to define actions, by name."""
    return discover("agent.actions")


def _backends(
    tables: Tables,
    texts: "_FolderTexts | _PinnedTexts",
    urls: Mapping[str, str],
    faults: list[Fault],
) -> Iterator[tuple[str, _Opened]]:
    for name in urls.keys() - tables.backends.keys():
        known = nearest(name, tables.backends)
        faults.append(Fault(tables.path, 0, "unknown-backend", f"no backend '{name}'", known))
    for name, table in tables.backends.items():
        where = f"backend.{name}"
        plugin = plugins().get(table.plugin_name)
        if plugin is None:
            message = f"[{where}] kind '{table.kind}' is not known"
            faults.append(
                tables.fault(
                    where, "unknown-kind", message, suggestion=nearest(table.kind, plugins())
                )
            )
            continue
        try:
            text = texts.read(table.file) if table.file else ""
            yield name, _Opened(table, plugin(_backend(name, table, text, urls)))
        except ConfigError as error:
            faults.append(tables.fault(where, "backend", f"[{where}] {error}"))


def _backend(name: str, table: BackendTable, text: str, urls: Mapping[str, str]) -> Backend:
    return Backend(
        name=name,
        url=urls.get(name, table.url),
        file=table.file,
        definition=text,
        token_env=table.token_env,
        token_header=table.token_header,
        private=table.private,
        timeout_s=table.timeout_s,
        retries=table.retries,
    )


def _actions(
    tables: Tables,
    backends: Mapping[str, _Opened],
    timeout_s: float | None,
    faults: list[Fault],
) -> Iterator[tuple[str, Action]]:
    lookups = {table.lookup for table in tables.actions.values()}
    for name, table in tables.actions.items():
        where = f"action.{name}"
        if table.backend not in tables.backends:
            message = f"[{where}] names the backend '{table.backend}', which is not there"
            known = nearest(table.backend, tables.backends)
            faults.append(tables.fault(where, "unknown-backend", message, suggestion=known))
        if table.backend not in backends:
            continue
        try:
            found = backends[table.backend]
            spec = _spec(name, table, found.table, timeout_s)
            action = found.opened.action(
                Definition(spec, table.operation, table.method, table.path)
            )
            yield name, BoundAction(action, table.bind, looks_up=name in lookups)
        except UnknownOperation as error:
            message = f"[{where}] {error}"
            known = nearest(error.operation, error.known)
            faults.append(tables.fault(where, "unknown-operation", message, suggestion=known))
        except (ConfigError, ValueError) as error:
            faults.append(tables.fault(where, "definition", f"[{where}] {error}"))


def _spec(
    name: str, table: ActionTable, backend: BackendTable, timeout_s: float | None
) -> ActionSpec:
    limits = table.limits.limits()
    if table.verifies and limits.tries_per_conversation is None:
        limits = replace(limits, tries_per_conversation=_MOST_TRIES)
    longest = table.timeout_s or backend.timeout_s
    return ActionSpec(
        name=name,
        description=table.description,
        inputs=tuple(item.parameter(key) for key, item in table.inputs.items()),
        outputs=tuple(item.parameter(key) for key, item in table.outputs.items()),
        result=table.result,
        effect=Effect(table.effect),
        identity=IdentityLevel[table.identity.upper()],
        confirm=table.confirm,
        limits=limits,
        undo=table.undo,
        lookup=table.lookup,
        before=table.before,
        verifies=table.verifies,
        timeout_s=min(longest, timeout_s) if timeout_s else longest,
        retries=backend.retries if table.retries is None else table.retries,
    )


def _line(fault: Fault) -> str:
    where = f"{fault.path}:{fault.line}" if fault.line else fault.path
    hint = f"; {fault.suggestion}" if fault.suggestion else ""
    return f"{where}: {fault.message}{hint}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {error}") from None
