"""Folders as they were when a branch left another, from git.

The copies stand in a repository of their own, which borrows the objects of the first: the dates
of files read as they did then, and nothing is written to the user's repository.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.errors import ConfigError
from kb.git import GitError, run_git

_DEEPER = (
    "fetch the whole history first (fetch-depth: 0 of actions/checkout; git fetch --unshallow)"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`roots` are the copies, one for each folder and in their order; a folder that was not there
    is an empty one. `renamed` tells, by path in a root of now, its path then, each with the
    number of its root."""

    roots: tuple[Path, ...]
    renamed: Mapping[tuple[int, str], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Repository:
    """A git work tree by its top folder."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> "Repository | None":
        """The work tree that a folder stands in; None when in none."""
        try:
            return cls(Path(run_git(folder, "rev-parse", "--show-toplevel")[:-1]))
        except GitError:
            return None

    def git(self, *arguments: str) -> str:
        return run_git(self.top, *arguments)

    def fork(self, revision: str) -> str:
        """The newest commit that HEAD and a revision share. Raises `ConfigError` when there is no
        such revision, or nothing shared."""
        commit = self._commit(revision)
        try:
            return self.git("merge-base", commit, "HEAD").strip()
        except GitError:
            hint = f"; {_DEEPER}" if self._is_shallow() else ""
            raise ConfigError(
                f"{self.top}: {revision!r} and the work tree share no commit{hint}"
            ) from None

    def _commit(self, revision: str) -> str:
        name = f"{revision}^{{commit}}"
        try:
            return self.git("rev-parse", "--verify", "--quiet", "--end-of-options", name).strip()
        except GitError:
            hint = _DEEPER if self._is_shallow() else "is it fetched? (git fetch origin)"
            raise ConfigError(f"{self.top}: there is no revision {revision!r}; {hint}") from None

    def _is_shallow(self) -> bool:
        return self.git("rev-parse", "--is-shallow-repository").strip() == "true"

    def renames(self, commit: str) -> dict[str, str]:
        """Path now to path then, of the files that commits since have renamed."""
        fields = self.git(
            *("diff", "-z", "--name-status", "--find-renames", "--diff-filter=R"),
            *("--no-ext-diff", "--no-textconv", commit, "HEAD"),
        ).split("\0")
        return dict(zip(fields[2::3], fields[1::3], strict=False))

    def copy(self, commit: str, folders: Sequence[str], into: Path) -> None:
        """Those of the folders (relative to the top) that the commit holds, below `into`."""
        objects = self._path("objects")
        object_format = self.git("rev-parse", "--show-object-format").strip()
        run_git(into, "init", "--quiet", "--template=", f"--object-format={object_format}")
        info = into / ".git" / "objects" / "info"
        info.mkdir(parents=True, exist_ok=True)
        (info / "alternates").write_text(f"{objects}\n", encoding="utf-8")
        shallow = self._path("shallow")
        if shallow.exists():
            (into / ".git" / "shallow").write_bytes(shallow.read_bytes())
        run_git(into, "update-ref", "--no-deref", "HEAD", commit)
        there = [folder for folder in folders if self._holds(commit, folder)]
        if there:
            run_git(into, "--literal-pathspecs", "checkout", "--quiet", commit, "--", *there)

    def _path(self, name: str) -> Path:
        return self.top / self.git("rev-parse", "--git-path", name)[:-1]

    def _holds(self, commit: str, folder: str) -> bool:
        listing = ("ls-tree", "-z", "--name-only", commit, "--", folder)
        return folder == "." or bool(self.git("--literal-pathspecs", *listing))


def place_in_repository(root: Path) -> str:
    """A folder's path from the top of its repository, or from here outside of any; `.` for the
    top itself."""
    real = root.resolve()
    repository = Repository.around(real)
    base = repository.top.resolve() if repository else Path.cwd()
    return real.relative_to(base).as_posix() if real.is_relative_to(base) else real.as_posix()


@contextmanager
def as_of(roots: Sequence[Path], revision: str) -> Iterator[Snapshot]:
    """The roots as they were at the newest commit that the work tree shares with `revision`,
    until the block ends. Raises `ConfigError` outside of a repository, for a revision that is not
    there, and for a clone that is too shallow."""
    placed = [_placed(root) for root in roots]
    with TemporaryDirectory(prefix="wellkept-") as folder:
        copies: dict[Path, Path] = {}
        renames: dict[Path, dict[str, str]] = {}
        for number, repository in enumerate(dict.fromkeys(found for found, _ in placed)):
            top = repository.top
            copies[top] = Path(folder) / str(number) / top.name
            copies[top].mkdir(parents=True)
            commit = repository.fork(revision)
            renames[top] = repository.renames(commit)
            wanted = [below for found, below in placed if found == repository]
            _copy(repository, commit, wanted, copies[top])
        then = tuple(copies[found.top] / below for found, below in placed)
        for root in then:
            root.mkdir(parents=True, exist_ok=True)
        yield Snapshot(then, _by_root(placed, renames))


def _placed(root: Path) -> tuple[Repository, str]:
    real = root.resolve()
    if not real.is_dir():
        raise ConfigError(f"{root}: no such folder")
    repository = Repository.around(real)
    if repository is None:
        raise ConfigError(f"{root} is in no git repository, or git is not installed")
    return repository, real.relative_to(repository.top.resolve()).as_posix()


def _copy(repository: Repository, commit: str, folders: Sequence[str], into: Path) -> None:
    try:
        repository.copy(commit, folders, into)
    except GitError as error:
        raise ConfigError(
            f"{repository.top}: git could not read {commit[:12]}: {error}; {_DEEPER}"
        ) from None


def _by_root(
    placed: Sequence[tuple[Repository, str]], renames: Mapping[Path, Mapping[str, str]]
) -> dict[tuple[int, str], tuple[int, str]]:
    found: dict[tuple[int, str], tuple[int, str]] = {}
    for repository, _ in placed:
        for now, then in renames[repository.top].items():
            new, old = _root_of(now, repository, placed), _root_of(then, repository, placed)
            if new and old:
                found[new] = old
    return found


def _root_of(
    path: str, repository: Repository, placed: Sequence[tuple[Repository, str]]
) -> tuple[int, str] | None:
    for number, (found, below) in enumerate(placed):
        if found == repository and below == ".":
            return number, path
        if found == repository and path.startswith(f"{below}/"):
            return number, path[len(below) + 1 :]
    return None
