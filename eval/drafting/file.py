"""Accepted cases, written into a golden set."""

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from eval.golden.case import Case
from eval.golden.file import read, write
from kb.errors import ConfigError


def append(path: Path, case: Case) -> None:
    """Adds a case to the golden set at `path`, which is made where there is none. All that stood
    in it stays byte for byte; who reads it meanwhile sees it with the case or without.

    Raises `ConfigError` when the file can't be read as a golden set or not be written.
    """
    before = path.read_bytes() if path.exists() else b""
    if before and case.id in {it.id for it in read(path)}:
        raise ConfigError(f"golden set {path} has a case {case.id} already")
    newline = b"\r\n" if before.endswith(b"\r\n") else b"\n"
    line = write([case]).strip().encode() + newline
    gap = newline if before and not before.endswith(b"\n") else b""
    try:
        _replace(path.resolve(), before + gap + line)
    except OSError as error:
        raise ConfigError(f"golden set {path} can't be written: {error.strerror}") from None


def with_free_id(case: Case, taken: Collection[str]) -> Case:
    """The case, with a number behind its id where that is taken."""
    name, number = case.id, 1
    while name in taken:
        number += 1
        name = f"{case.id}-{number}"
    return replace(case, id=name)


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        new = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            new.chmod(mode)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
