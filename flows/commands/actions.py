"""`wellkept actions`: what procedures may do on backends, and what was done."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.calls import call_lines, call_to_json, spec_line, spec_to_json
from flows.faults import fault_line, fault_to_json
from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results, say
from flows.person import this_person
from kb.errors import ConfigError, Permanent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.action import Call
    from agent.execution.mending import Mending
    from agent.ports import Ledger
    from kb.build import Workspace
    from kb.settings import Settings
    from kb.types import Asset

app = typer.Typer(
    no_args_is_help=True, help="List and check actions; see, settle and undo their calls."
)

FOUND, LATER = 1, 3


class Status(StrEnum):
    """What became of a call."""

    PENDING = "pending"
    DONE = "done"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    OVER_LIMIT = "over_limit"
    FAILED = "failed"
    UNKNOWN = "unknown"


File = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="Default: \\[actions] path.", show_default=False),
]


@app.command("list")
def list_actions(
    file: File = None, home: Home = None, config: Config = None, as_json: Json = False
) -> None:
    """List the actions with their effect, who may have them done, and their limits."""
    from agent.execution.catalog import open_catalog

    catalog = open_catalog(_source(file, settings_of(home, config)))
    if as_json:
        print_json([spec_to_json(spec) for spec in catalog.specs.values()])
    else:
        for spec in catalog.specs.values():
            results.print(spec_line(spec), markup=False)
    catalog.close()


@app.command()
def lint(
    file: File = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Tell everything that is wrong with the file of actions; exit 1 when there is an error."""
    from agent.execution.catalog import lint as faults_of
    from agent.procedure import Gravity

    faults = faults_of(_source(file, settings_of(home, config)))
    if as_json:
        print_json([fault_to_json(item) for item in faults])
    else:
        for item in faults:
            results.print(fault_line(item), markup=False)
        errors = sum(item.gravity is Gravity.ERROR for item in faults)
        say(f"{errors} errors, {len(faults) - errors} warnings")
    if any(strict or item.gravity is Gravity.ERROR for item in faults):
        raise typer.Exit(FOUND)


@app.command()
def log(
    conversation: Annotated[str | None, typer.Option(help="Of one conversation.")] = None,
    action: Annotated[str | None, typer.Option(help="Of one action.")] = None,
    status: Annotated[
        list[Status] | None, typer.Option(help="May be repeated.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 100,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show the audit log: who had what done, with the state before and after."""
    from agent.action import CallStatus

    ledger = _ledger(_workspace(settings_of(home, config)))
    statuses = [CallStatus(item.value) for item in status] if status else None
    _show(ledger.calls(conversation, statuses, action, limit), "no calls", as_json=as_json)


@app.command()
def unknown(
    look_up: Annotated[
        bool, typer.Option("--look-up", help="Ask the backends, and settle what they tell.")
    ] = False,
    file: File = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """List calls of which nobody knows whether they took place; exit 1 when any are left."""
    mending = _mending(file, settings_of(home, config))
    found = mending.unknown()
    if look_up:
        for call in found:
            say(_settled(mending, call))
        found = mending.unknown()
    _show(found, "no call is unknown", as_json=as_json)
    mending.catalog.close()
    if found:
        raise typer.Exit(FOUND)


@app.command()
def undo(
    call_id: Annotated[str, typer.Argument(metavar="CALL", help="Its id; `log` shows it.")],
    by: Annotated[
        str | None,
        typer.Option(help="Who decides this; default: the user of this machine."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--actions", help="File of actions; default: \\[actions] path.")
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Take a call back by the action that its own names as undo; exit 3 when it could not be."""
    mending = _mending(file, settings_of(home, config))
    result = mending.undo(call_id, by or this_person())
    mending.catalog.close()
    kept = mending.ledger.find(result.call_id)
    _show([kept] if kept else [], "", as_json=as_json)
    if not result.done:
        raise typer.Exit(LATER)


def _source(file: Path | None, settings: "Settings") -> "Path | Sequence[Asset]":
    """The file, else the one that the settings name, else what the live release pins."""
    path = file or settings.actions.path
    if path is not None:
        return path
    from kb.build import Workspace

    work = Workspace(settings)
    live = None if work.is_new else work.releases.live()
    assets = work.releases.assets(live.id) if live else []
    if not any(item.kind == "actions" for item in assets):
        raise ConfigError("no actions; name a file, or set [actions] path")
    return assets


def _workspace(settings: "Settings") -> "Workspace":
    """Of a home that is there: none is made for a question."""
    from kb.build import Workspace

    work = Workspace(settings)
    if work.is_new:
        raise Permanent(f"home {settings.home} has no calls yet; name another with --home")
    return work


def _ledger(work: "Workspace") -> "Ledger":
    from agent.execution.ledger import SqlLedger

    return SqlLedger(work.database)


def _mending(file: Path | None, settings: "Settings") -> "Mending":
    from agent.execution.catalog import open_catalog
    from agent.execution.executor import Executor
    from agent.execution.mending import Mending

    catalog = open_catalog(_source(file, settings))
    ledger = _ledger(_workspace(settings))
    return Mending(catalog, ledger, Executor(catalog, ledger))


def _settled(mending: "Mending", call: "Call") -> str:
    """What looking it up came to; one that can't be looked up keeps no other from it."""
    try:
        call = mending.settle(call.id)
    except Permanent as error:
        return f"{call.id}  {call.action}  {error}"
    return f"{call.id}  {call.action}  {call.status.value}  {call.reason}"


def _show(calls: "Sequence[Call]", none: str, *, as_json: bool) -> None:
    if as_json:
        print_json([call_to_json(call) for call in calls])
        return
    for call in calls:
        for line in call_lines(call):
            results.print(line, markup=False)
    if not calls and none:
        say(none)
