"""When the files of a folder were first and last changed, from git."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.git import GitError, run_git

_DATE = "\x02"
_LOG = ("log", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", "--name-only")


@dataclass(frozen=True, slots=True)
class Dates:
    """When a file was first and last committed."""

    created_at: datetime
    updated_at: datetime


def read_history(root: Path) -> Mapping[str, Dates]:
    """Dates by path relative to `root`, for every file that git has ever tracked below it.

    Empty without git, outside of a work tree, or where git refuses to read it.
    """
    try:
        return _dates(run_git(root, *_LOG, f"--format={_DATE}%at", "--", "."))
    except GitError:
        return {}


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
