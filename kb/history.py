"""When the files of a folder were first and last changed, from git."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from os import defpath, devnull
from pathlib import Path
from shutil import which

_DATE = "\x02"
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
)
"""Whatever the folder's own configuration says, nothing of it is run."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When a file was first and last committed."""

    created_at: datetime
    updated_at: datetime


def read_history(root: Path) -> Mapping[str, Dates]:
    """Dates by path relative to `root`, for every file that git has ever tracked below it.

    Empty without git, outside of a work tree, or where git refuses to read it.
    """
    git = which("git")
    if git is None:
        return {}
    command = [git, *_SAFE, "-C", str(root), "log", "-z", "--no-renames", "--no-ext-diff"]
    command += ["--no-textconv", "--relative", "--name-only", f"--format={_DATE}%at", "--", "."]
    environment = {
        "PATH": defpath,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        done = subprocess.run(  # noqa: S603 a fixed command, and no shell
            command, env=environment, capture_output=True, timeout=_TIMEOUT_S, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return {}
    return _dates(done.stdout.decode("utf-8", errors="surrogateescape"))


def _dates(log: str) -> dict[str, Dates]:
    """The log names the newest commit first."""
    found: dict[str, Dates] = {}
    moment: datetime | None = None
    for part in log.split("\0"):
        text = part.lstrip("\n")
        if text.startswith(_DATE):
            stamp, _, text = text[1:].partition("\n")
            moment = datetime.fromtimestamp(int(stamp), UTC)
        if text and moment:
            known = found.get(text)
            found[text] = Dates(moment, known.updated_at if known else moment)
    return found
