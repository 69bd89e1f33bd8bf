"""The procedures of a release: compiled before it is built, played before it goes live."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.faults import fault_line
from kb.build import Workspace
from kb.errors import ConfigError
from kb.types import Asset

if TYPE_CHECKING:
    from agent.action import ActionSpec
    from agent.ports import Understanding
    from agent.procedure import Procedure
    from eval.gate.rehearsals import Rehearsed

_SHOWN = 20


def require_procedures(assets: Sequence[Asset], folder: Path | None) -> None:
    """Raises `ConfigError` with every error when actions or a procedure do not hold together:
    nothing is built then, and what is live goes on."""
    compile_assets(assets, folder)


def compile_assets(
    assets: Sequence[Asset], folder: Path | None
) -> tuple[list["Procedure"], Mapping[str, "ActionSpec"]]:
    """The procedures and the actions that they may call. `folder` is where operators find the
    files. Raises `ConfigError`."""
    from agent.assets import PROCEDURE
    from agent.execution.catalog import open_catalog
    from agent.procedure import Gravity
    from agent.procedures.compile import compile_procedure

    specs = open_catalog(assets).specs
    procedures, faults = [], []
    for asset in assets:
        if asset.kind != PROCEDURE:
            continue
        path = str((folder or Path()) / f"{asset.name}.md")
        compiled, found = compile_procedure(asset.name, asset.text, specs, path)
        procedures += [compiled] if compiled else []
        faults += [fault_line(fault) for fault in found if fault.gravity is Gravity.ERROR]
    if faults:
        more = f"\n  and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        shown = "\n  ".join(faults[:_SHOWN])
        raise ConfigError(f"procedures do not compile:\n  {shown}{more}")
    return procedures, specs


def rehearse_release(work: Workspace, release_id: str) -> list["Rehearsed"]:
    """Plays the conversations that lie beside the procedures against those that the release
    holds. Raises `ConfigError` for a conversation that can't be read."""
    folder = work.settings.procedures.path
    if folder is None:
        return []
    from agent.dialogue.understanding import Rules

    procedures, specs = compile_assets(work.releases.assets(release_id), folder)
    understanding = Rules(lambda texts: work.encoder.encode_queries(texts))
    return [
        played
        for procedure in procedures
        for played in _rehearse(procedure, procedures, specs, understanding, folder)
    ]


def _rehearse(
    procedure: "Procedure",
    procedures: Sequence["Procedure"],
    specs: Mapping[str, "ActionSpec"],
    understanding: "Understanding",
    folder: Path,
) -> Iterator["Rehearsed"]:
    from agent.rehearsal.reading import read
    from agent.rehearsal.rehearse import rehearse
    from eval.gate.rehearsals import Rehearsed

    path = folder / f"{procedure.name}.test.md"
    if not path.exists():
        return
    others = [item for item in procedures if item.name != procedure.name]
    for script in read(path.read_text(encoding="utf-8"), str(path)):
        differences = rehearse(procedure, [script], specs, others, understanding)
        yield Rehearsed(procedure.name, script.title, tuple(differences))
