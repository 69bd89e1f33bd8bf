"""Finds plug-ins: every module of a folder that ends in an object named `plugin`."""

from importlib import import_module
from pkgutil import iter_modules
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
