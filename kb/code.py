"""Wellkept's own code as a release pins it: what it answers is made by it too."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_MADE = frozenset({"__pycache__"})


@lru_cache
def code_fingerprint(*packages: str) -> str:
    """SHA-256, in hex, of every file of these packages (code, prompts, lexicons, templates), by
    path, and of these modules; what Python compiles of them is left out. Read once a process,
    since that is the code that runs. The same wherever Wellkept is installed."""
    digest = sha256()
    for package in packages:
        for root in _roots(package):
            for path in sorted(_files(root)):
                name = f"{package}/{path.relative_to(root).as_posix()}"
                content = path.read_bytes()
                digest.update(f"{len(name)}:{name}{len(content)}:".encode())
                digest.update(content)
    return digest.hexdigest()


def _roots(package: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None:
        return []
    if spec.submodule_search_locations is None:
        return [Path(spec.origin)] if spec.origin else []
    return [Path(place) for place in spec.submodule_search_locations]


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for path in root.rglob("*"):
        if path.is_file() and not _MADE.intersection(path.relative_to(root).parts):
            yield path
