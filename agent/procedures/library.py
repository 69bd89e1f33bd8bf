"""The procedures of a release, of older releases, and of a folder."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from agent.action import ActionSpec
from agent.assets import PROCEDURE
from agent.procedure import Fault, Gravity, Procedure
from agent.procedures.compile import compile_procedure
from kb.errors import ConfigError, Permanent
from kb.ports import ReleaseStore
from kb.types import Asset


class Library:
    """The `Procedures` of one release. Texts that conversations began with are kept by the store
    even when their release is dropped; each is compiled against the actions as they are now,
    because those are the ones that will be called."""

    def __init__(
        self,
        assets: Iterable[Asset],
        releases: ReleaseStore,
        specs: Mapping[str, ActionSpec],
    ) -> None:
        """Raises `Permanent` when a procedure does not compile: its release went live through a
        gate that should have refused it."""
        self._releases = releases
        self._specs = specs
        mine = sorted(
            (item for item in assets if item.kind == PROCEDURE), key=lambda item: item.name
        )
        self._live = {item.name: _compiled(item, specs) for item in mine}
        self._older: dict[tuple[str, str], Procedure | None] = {}

    def all(self) -> Sequence[Procedure]:
        """By name."""
        return list(self._live.values())

    def get(self, name: str, version: str) -> Procedure | None:
        """The procedure with the text of this version. None when that text is not kept, or does
        not compile against the actions of now."""
        live = self._live.get(name)
        text = version.split(".")[0]
        if live is not None and live.version.split(".")[0] == text:
            return live
        if (name, text) not in self._older:
            self._older[name, text] = self._read(name, text)
        return self._older[name, text]

    def _read(self, name: str, text: str) -> Procedure | None:
        asset = self._releases.asset(PROCEDURE, name, text)
        if asset is None:
            return None
        procedure, _ = compile_procedure(name, asset.text, self._specs)
        return procedure


def compile_folder(
    path: Path, specs: Mapping[str, ActionSpec]
) -> tuple[list[Procedure], list[Fault]]:
    """Every Markdown file of a folder but the conversations beside them (`*.test.md`), or one
    file; by name. Raises `ConfigError` for a path that is not there or can't be read."""
    procedures: list[Procedure] = []
    faults: list[Fault] = []
    for file in files_in(path):
        text = _read(file)
        procedure, found = compile_procedure(file.stem, text, specs, str(file))
        faults += found
        if procedure is not None:
            procedures.append(procedure)
    return procedures, faults


def files_in(path: Path) -> list[Path]:
    """The files of procedures at `path`, by name. Raises `ConfigError`."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ConfigError(f"procedures {path}: no such file or folder")
    return [item for item in sorted(path.glob("*.md")) if not item.name.endswith(".test.md")]


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} can't be read: {error}") from None


def _compiled(asset: Asset, specs: Mapping[str, ActionSpec]) -> Procedure:
    procedure, faults = compile_procedure(asset.name, asset.text, specs)
    if procedure is None:
        first = next(fault for fault in faults if fault.gravity is Gravity.ERROR)
        raise Permanent(
            f"procedure {asset.name} does not compile: line {first.line}: {first.message}; "
            "`wellkept procedures lint` shows all of it"
        )
    return procedure
