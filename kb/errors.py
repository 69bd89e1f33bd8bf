"""Exceptions say who must act.

    WellkeptError
    ├── ConfigError   the operator: a setting, a file or a package is wrong
    ├── Transient     nobody: the same call may succeed later
    └── Permanent     the author of the input: this input never succeeds

Every adapter maps its vendor's exceptions to these in one place.
A message says what is wrong and what to do about it.
"""


class WellkeptError(Exception):
    """Root of every error that Wellkept raises on purpose."""


class ConfigError(WellkeptError):
    """The operator must change a setting, a file or an installed package."""


class Transient(WellkeptError):
    """The same call may succeed later: a network fault, a lock, a full disk."""


class Permanent(WellkeptError):
    """This input never succeeds: a broken file, an unreadable encoding."""
