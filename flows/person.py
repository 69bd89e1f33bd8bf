"""Who works at this machine."""

from getpass import getuser

from kb.errors import ConfigError


def this_person() -> str:
    """The user's name. Raises `ConfigError` where the machine does not tell."""
    try:
        return getuser()
    except (KeyError, OSError):
        raise ConfigError("this machine does not tell who you are; say it with --by") from None
