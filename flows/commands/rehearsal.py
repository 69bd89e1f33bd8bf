"""`wellkept procedures try` and `test`: plays procedures without customers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.procedures import ActionsFile, Folder
from flows.options import Config, Json, settings_of
from flows.output import print_json, results, say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from agent.action import ActionSpec, CallRequest
    from agent.ports import Actions, Understanding
    from agent.procedure import Procedure
    from agent.rehearsal.script import Difference, Given
    from agent.rehearsal.stage import Stage
    from agent.types import Turn
    from kb.settings import Settings

FOUND = 1
read_line = input
TESTS = ".test.md"


def rehearse_all(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Procedures; default: all.", show_default=False),
    ] = None,
    folder: Folder = None,
    actions: ActionsFile = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Play the conversations written beside procedures (NAME.test.md); exit 1 when one goes
    otherwise than written."""
    from agent.rehearsal.reading import read
    from agent.rehearsal.rehearse import rehearse

    settings = settings_of(None, config)
    path, procedures, specs = _loaded(settings, folder, actions)
    understanding = _understanding(settings)
    found: list[tuple[str, Difference]] = []
    played = 0
    for file in _files(path, procedures, names):
        procedure = procedures[file.name.removesuffix(TESTS)]
        scripts = read(file.read_text(encoding="utf-8"), str(file))
        played += len(scripts)
        others = [item for item in procedures.values() if item is not procedure]
        differences = rehearse(procedure, scripts, specs, others, understanding)
        found += [(str(file), item) for item in differences]
    _print(found, as_json=as_json)
    wrong = len({(file, item.script) for file, item in found})
    say(f"{played} conversations played, {played - wrong} as written, {wrong} otherwise")
    if found:
        raise typer.Exit(FOUND)


def play(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    pretend: Annotated[
        bool, typer.Option("--pretend", help="Ask you what each call returns; call nothing.")
    ] = False,
    customer: Annotated[
        str | None,
        typer.Option("--customer", help="Be this customer, verified.", show_default=False),
    ] = None,
    folder: Folder = None,
    actions: ActionsFile = None,
    config: Config = None,
) -> None:
    """Play a procedure in the terminal, as its customer. Without --pretend its actions are
    carried out on the backends of the actions file."""
    settings = settings_of(None, config)
    _, procedures, specs = _loaded(settings, folder, actions)
    if name not in procedures:
        raise ConfigError(f"there is no procedure {name}; there are {', '.join(procedures)}")
    say("you are the customer; an empty line ends it")
    with _actions(settings, actions, specs, pretend=pretend) as backend:
        stage = _stage(settings, list(procedures.values()), backend, customer)
        for turn in _turns(stage):
            _show(turn)


def _loaded(
    settings: "Settings", folder: Path | None, actions: Path | None
) -> "tuple[Path, dict[str, Procedure], Mapping[str, ActionSpec]]":
    """Raises `ConfigError` for a procedure that does not compile."""
    from agent.procedures.library import compile_folder
    from flows.commands.procedures import specs_of

    path = folder or settings.procedures.path
    if path is None:
        raise ConfigError("no procedures; name a folder with --path, or set [procedures] path")
    specs = specs_of(settings, actions)
    compiled, faults = compile_folder(path, specs)
    errors = [fault for fault in faults if fault.gravity == "error"]
    if errors:
        first = errors[0]
        raise ConfigError(
            f"{first.path}:{first.line}: {first.message}; `wellkept procedures lint` tells all"
        )
    return path, {item.name: item for item in compiled}, specs


def _files(
    path: Path, procedures: "Mapping[str, Procedure]", names: Sequence[str] | None
) -> list[Path]:
    folder = path if path.is_dir() else path.parent
    files = {name: folder / f"{name}{TESTS}" for name in names or procedures}
    missing = [name for name in names or () if not files[name].is_file() or name not in procedures]
    if missing:
        raise ConfigError(f"{files[missing[0]]}: there are no conversations of {missing[0]}")
    return [file for file in files.values() if file.is_file()]


def _understanding(settings: "Settings") -> "Understanding":
    from agent.dialogue.understanding import Rules
    from kb.build import Workspace

    encoder = Workspace(settings).encoder
    return Rules(encoder.encode_queries)


def _print(found: "Sequence[tuple[str, Difference]]", *, as_json: bool) -> None:
    if as_json:
        print_json([_to_json(file, item) for file, item in found])
        return
    for file, item in found:
        results.print(f"{file}:{item.line}: {item.script}: the agent {item.message}", markup=False)
        if item.said:
            results.print(f"    it says: {item.said}", markup=False)


def _to_json(file: str, item: "Difference") -> dict[str, Any]:
    return {
        "path": file,
        "line": item.line,
        "conversation": item.script,
        "message": item.message,
        "said": item.said,
    }


@contextmanager
def _actions(
    settings: "Settings",
    actions: Path | None,
    specs: "Mapping[str, ActionSpec]",
    *,
    pretend: bool,
) -> "Iterator[Actions]":
    """The backends, with a ledger that is forgotten; or what somebody types."""
    from tempfile import TemporaryDirectory

    from agent.execution.catalog import open_catalog
    from agent.execution.executor import Executor
    from agent.execution.ledger import SqlLedger
    from agent.rehearsal.pretended import Pretended
    from kb.store.database import Database

    path = actions or settings.actions.path
    if pretend or path is None:
        yield Pretended(specs, _typed)
        return
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/calls.db")
        database.upgrade()
        catalog = open_catalog(path)
        try:
            yield Executor(catalog, SqlLedger(database))
        finally:
            catalog.close()
            database.close()


def _typed(request: "CallRequest") -> "Given | None":
    """What a call comes to, asked until it can be read."""
    from agent.rehearsal.reading import Unreadable, answer

    given = ", ".join(f"{name} = {value}" for name, value in request.arguments.items())
    say(f"  `{request.action}` is called" + (f" with {given}" if given else ""))
    while True:
        line = _line("  it returns (JSON; is not found; is refused; fails): ")
        if line is None:
            return None
        try:
            return answer(request.action, line)
        except Unreadable as error:
            say(f"  {error}")


def _stage(
    settings: "Settings",
    procedures: "Sequence[Procedure]",
    actions: "Actions",
    customer: str | None,
) -> "Stage":
    from agent.identity import ANONYMOUS, Identity, IdentityLevel
    from agent.rehearsal.stage import Stage

    identity = ANONYMOUS
    if customer:
        identity = Identity(IdentityLevel.VERIFIED, customer, by="--customer")
    return Stage(
        procedures,
        actions,
        identity,
        understanding=_understanding(settings),
        settings=settings.handover,
    )


def _turns(stage: "Stage") -> "Iterator[Turn]":
    while line := _line("customer: "):
        yield stage.say(line)


def _show(turn: "Turn") -> None:
    for item in turn.attempts:
        given = ", ".join(f"{name} = {value}" for name, value in item.arguments.items())
        results.print(f"  `{item.action}` ({given}): {item.status} {item.result}", markup=False)
    results.print(f"agent: {turn.text}", markup=False)
    say(f"  {turn.decision}: {turn.reason}")


def _line(prompt: str) -> str | None:
    try:
        return read_line(prompt).strip() or None
    except EOFError:
        return None
