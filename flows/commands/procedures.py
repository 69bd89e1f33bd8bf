"""`wellkept procedures`: what operators wrote for the agent to carry out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.faults import fault_line, fault_to_json
from flows.options import Config, Json, settings_of
from flows.output import deliver, print_json, require_folder_of, results, say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from agent.action import ActionSpec
    from agent.procedure import Fault, Procedure
    from kb.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Check, draw, play and test procedures.")

FOUND = 1
ActionsFile = Annotated[
    Path | None,
    typer.Option(
        "--actions", help="File of actions; default: \\[actions] path.", show_default=False
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--path", help="Folder of procedures; default: \\[procedures] path.", show_default=False
    ),
]


@app.command()
def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; default: \\[procedures] path.", show_default=False),
    ] = None,
    actions: ActionsFile = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Tell everything that is wrong with procedures; exit 1 when there is an error."""
    settings = settings_of(None, config)
    specs = specs_of(settings, actions)
    compiled, faults = _compiled(paths or [_folder(settings, None)], specs)
    if as_json:
        print_json([fault_to_json(fault) for fault in faults])
    else:
        for fault in faults:
            results.print(fault_line(fault), markup=False)
        say(_summary(len(compiled), faults))
    if _fails(faults, strict=strict):
        raise typer.Exit(FOUND)


@app.command("list")
def list_procedures(
    folder: Folder = None, actions: ActionsFile = None, config: Config = None, as_json: Json = False
) -> None:
    """List the procedures that compile."""
    settings = settings_of(None, config)
    compiled, faults = _compiled([_folder(settings, folder)], specs_of(settings, actions))
    if as_json:
        print_json([_brief(item) for item in compiled])
    else:
        for item in compiled:
            results.print(
                f"{item.name}  {item.version}  {item.identity.label}  {len(item.steps)} steps  "
                f"{item.title}",
                markup=False,
            )
    if _fails(faults, strict=False):
        say("some do not compile; `wellkept procedures lint` tells why")
        raise typer.Exit(FOUND)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, or its file.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the flowchart here (SVG).")
    ] = None,
    folder: Folder = None,
    actions: ActionsFile = None,
    config: Config = None,
) -> None:
    """Print a procedure's steps with where each leads, and draw them."""
    from agent.procedures.drawing import draw
    from agent.procedures.outline import outline

    if out is not None:
        require_folder_of(out)
    procedure = named(name, folder, actions, settings_of(None, config))
    results.print(f"{procedure.title} ({procedure.name} {procedure.version})", markup=False)
    for line in outline(procedure):
        results.print(line, markup=False)
    if out is not None:
        deliver(draw(procedure), out)
        say(f"drawn to {out}")


def named(
    name: str, folder: Path | None, actions: Path | None, settings: "Settings"
) -> "Procedure":
    """The procedure of this name or file. Raises `ConfigError` when there is none, or when it
    does not compile."""
    from agent.procedures.library import files_in
    from agent.procedures.nearest import did_you_mean

    file = Path(name)
    if file.suffix != ".md":
        files = {item.stem: item for item in files_in(_folder(settings, folder))}
        if name not in files:
            hint = did_you_mean(name, files)
            raise ConfigError(f"there is no procedure {name}" + (f"; {hint}" if hint else ""))
        file = files[name]
    compiled, faults = _compiled([file], specs_of(settings, actions))
    if not compiled:
        raise ConfigError(
            "it does not compile:\n" + "\n".join(fault_line(fault) for fault in faults)
        )
    return compiled[0]


def specs_of(settings: "Settings", actions: Path | None = None) -> "dict[str, ActionSpec]":
    """What the actions take and give; none when no file of actions is named."""
    from agent.execution.catalog import open_catalog

    path = actions or settings.actions.path
    if path is None:
        return {}
    catalog = open_catalog(path)
    specs = dict(catalog.specs)
    catalog.close()
    return specs


def _folder(settings: "Settings", folder: Path | None) -> Path:
    path = folder or settings.procedures.path
    if path is None:
        raise ConfigError("no procedures; name a folder, or set [procedures] path")
    return path


def _compiled(
    paths: Sequence[Path], specs: "dict[str, ActionSpec]"
) -> "tuple[list[Procedure], list[Fault]]":
    from agent.procedures.library import compile_folder

    compiled: list[Procedure] = []
    faults: list[Fault] = []
    for path in paths:
        more, found = compile_folder(path, specs)
        compiled += more
        faults += found
    return compiled, faults


def _fails(faults: "Sequence[Fault]", *, strict: bool) -> bool:
    from agent.procedure import Gravity

    return any(strict or fault.gravity is Gravity.ERROR for fault in faults)


def _summary(compiled: int, faults: "Sequence[Fault]") -> str:
    from agent.procedure import Gravity

    errors = sum(1 for fault in faults if fault.gravity is Gravity.ERROR)
    return f"{compiled} procedures compile; {errors} errors, {len(faults) - errors} warnings"


def _brief(item: "Procedure") -> dict[str, Any]:
    return {
        "name": item.name,
        "title": item.title,
        "version": item.version,
        "who": item.identity.label,
        "steps": len(item.steps),
        "actions": list(item.actions),
        "channels": list(item.channels),
        "audience": list(item.audience),
    }
