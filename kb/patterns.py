"""Path patterns of the settings, in the syntax of .gitignore."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pathspec import PathSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from kb.errors import ConfigError


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether any pattern matches: a bare name at any depth, one with a slash from the root.
    Raises `ConfigError` for what is no pattern."""
    return any(_compiled(pattern).match_file(path) for pattern in patterns)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> PathSpec[GitIgnoreSpecPattern]:
    try:
        return PathSpec.from_lines(GitIgnoreSpecPattern, [pattern])
    except (ValueError, re.error) as error:
        raise ConfigError(f"'{pattern}' is no path pattern: {error}") from None
