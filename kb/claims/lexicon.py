"""The words of product documentation: `lexicon.toml` beside this file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lexicon() -> dict[str, Any]:
    text = files("kb.claims").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def states() -> dict[str, dict[str, Any]]:
    """The states of `states.toml`, by name: phrasings of both poles, parted by commas."""
    text = files("kb.claims").joinpath("states.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(key: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_lexicon()[key].split())


def groups(key: str) -> list[list[str]]:
    """The entries of a list of lists, each as its words, in order."""
    return [entry.split() for entry in _lexicon()[key]]


def pairs(key: str) -> list[tuple[list[str], list[str]]]:
    """The entries of a list of opposites: the words of both sides."""
    return [(left.split(), right.split()) for left, right in _lexicon()[key]]


def table(key: str) -> dict[str, Any]:
    """A table of phrases or names."""
    found: dict[str, Any] = _lexicon()[key]
    return found
