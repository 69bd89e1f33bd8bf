"""Finds plug-ins: every module of a folder that ends in an object named `plugin`, and files of
the operator's."""

import sys
from hashlib import sha256
from importlib import import_module
from importlib.abc import SourceLoader
from importlib.util import module_from_spec, spec_from_loader
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from kb.errors import ConfigError


def discover(package: str) -> dict[str, Any]:
    """Name to plug-in, by name. A module without `plugin` raises `ConfigError`."""
    folder = import_module(package)
    found = {}
    for module in sorted(iter_modules(folder.__path__), key=lambda item: item.name):
        loaded = import_module(f"{package}.{module.name}")
        if not hasattr(loaded, "plugin"):
            raise ConfigError(f"{package}/{module.name}.py has no object named 'plugin'")
        found[module.name] = loaded.plugin
    return found


def load_text(name: str, text: str) -> ModuleType:
    """The module that a Python text makes, run once a process for the same text. `name` is the
    file's, for messages. Raises `ConfigError` when it can't be run."""
    known = f"wellkept_file_{sha256(text.encode()).hexdigest()[:16]}"
    if known in sys.modules:
        return sys.modules[known]
    spec = spec_from_loader(known, _Text(name, text))
    if spec is None:
        raise ConfigError(f"{name} can't be loaded")
    module = module_from_spec(spec)
    sys.modules[known] = module
    try:
        _Text(name, text).exec_module(module)
    except Exception as error:
        del sys.modules[known]
        raise ConfigError(f"{name} can't be loaded: {type(error).__name__}: {error}") from error
    return module


class _Text(SourceLoader):
    """Loads a module from memory."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 the parent's signature
        return self._name

    def get_data(self, path: str) -> bytes:  # noqa: ARG002 the parent's signature
        return self._text.encode()
