"""Runs git for reading: nothing that a folder's own configuration names is run, and nothing is
fetched. So a repository of another user, as a container's checkout often is, is read too."""

import subprocess
from os import defpath, devnull
from pathlib import Path
from shutil import which

_TIMEOUT_S = 60
_SAFE = (
    "-c",
    f"core.hooksPath={devnull}",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.pager=",
    "-c",
    "log.showSignature=false",
    "-c",
    "log.mailmap=false",
    "-c",
    "safe.directory=*",
)
_ENVIRONMENT = {
    "PATH": defpath,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


class GitError(Exception):
    """git is not installed, refused, or took too long; the message is its own."""


def run_git(folder: Path, *arguments: str) -> str:
    """What git prints, names of files that are no UTF-8 with surrogates. Raises `GitError`."""
    git = which("git")
    if git is None:
        raise GitError("git is not installed")
    command = [git, *_SAFE, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 no shell, and arguments that callers check
            command, env=_ENVIRONMENT, capture_output=True, timeout=_TIMEOUT_S, check=True
        )
    except subprocess.CalledProcessError as error:
        raise GitError(error.stderr.decode(errors="replace").strip()) from None
    except (subprocess.SubprocessError, OSError) as error:
        raise GitError(str(error)) from None
    return done.stdout.decode("utf-8", errors="surrogateescape")
