"""`wellkept findings`: what is wrong, and what is to become of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.listing import table, whole
from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results, say
from flows.person import this_person
from kb.errors import ConfigError, Permanent
from kb.findings import FindingKind, FindingStatus

if TYPE_CHECKING:
    from kb.ports import FindingStore

app = typer.Typer(no_args_is_help=True, help="List findings, and say what becomes of them.")


class Level(StrEnum):
    """Severities by name."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Stand(StrEnum):
    """Statuses by name, or any."""

    OPEN = "open"
    ACCEPTED = "accepted"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"
    FIXED = "fixed"
    ANY = "any"


Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Ids or their beginnings; - reads them from stdin."),
]
By = Annotated[
    str | None,
    typer.Option(help="Who decides this; default: the user of this machine.", show_default=False),
]
Reason = Annotated[str, typer.Option(help="Why; it is kept with the finding.")]


@app.command("list")
def list_findings(
    kind: Annotated[
        FindingKind | None, typer.Option(help="Of one kind.", show_default=False)
    ] = None,
    owner: Annotated[str | None, typer.Option(help="One owner's.", show_default=False)] = None,
    status: Annotated[
        list[Stand] | None,
        typer.Option(help="May be repeated; default: open and accepted.", show_default=False),
    ] = None,
    severity: Annotated[
        Level | None, typer.Option(help="Of one severity.", show_default=False)
    ] = None,
    article: Annotated[
        str | None, typer.Option(metavar="PATH", help="An article's, or a folder's.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many.", show_default=False)
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """List the findings of the last release, most harmful first."""
    from kb.findings import Severity
    from kb.report.wire import to_json
    from kb.selection import Selection, require_owner

    every = _store(home, config).all()
    require_owner(owner, every)
    level = Severity[severity.name] if severity else None
    found = Selection(kind, owner, _statuses(status), level, article).of(every)
    shown = found[:limit]
    if as_json:
        print_json([to_json(item) for item in shown])
    else:
        for line in table(shown, every):
            results.print(line, markup=False)
    if len(shown) < len(found):
        say(f"{len(shown)} of {len(found)} findings; --limit shows more")
    elif not found:
        say("no findings")


@app.command()
def show(
    finding_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or its beginning.")],
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show one finding with its quotes and everything that became of it."""
    from kb.report.wire import change_to_json, to_json
    from kb.selection import named

    store = _store(home, config)
    (found,) = named([finding_id], store.all())
    history = store.history(found.id)
    if as_json:
        print_json({**to_json(found), "history": [change_to_json(item) for item in history]})
    else:
        results.print("\n".join(whole(found, history)), markup=False)


@app.command()
def accept(
    ids: Ids,
    reason: Reason = "",
    by: By = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Say that findings will be mended; each closes when its text has changed."""
    _change(_store(home, config), ids, FindingStatus.ACCEPTED, by, reason, as_json=as_json)


@app.command()
def dismiss(
    ids: Ids,
    reason: Annotated[str, typer.Option(help="Why it is no finding; it is kept with it.")],
    by: By = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Say that findings are none; each stays dismissed until what is claimed changes."""
    _change(_store(home, config), ids, FindingStatus.DISMISSED, by, reason, as_json=as_json)


@app.command()
def snooze(
    ids: Ids,
    until: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="The day on which they are open again, in UTC."),
    ],
    reason: Reason = "",
    by: By = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Let findings wait until a day."""
    store = _store(home, config)
    day = until.date()
    _change(store, ids, FindingStatus.SNOOZED, by, reason, day, as_json=as_json)


@app.command()
def reopen(
    ids: Ids,
    reason: Reason = "",
    by: By = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Open findings again that were accepted, snoozed or dismissed."""
    _change(_store(home, config), ids, FindingStatus.OPEN, by, reason, as_json=as_json)


def _store(home: Any, config: Any) -> "FindingStore":
    """Of a home that is there: none is made for a question."""
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    if work.is_new:
        raise Permanent(
            f"home {work.settings.home} has no findings yet; run `wellkept release PATH` first, "
            "or name another with --home"
        )
    return work.findings


def _change(
    store: "FindingStore",
    ids: Sequence[str],
    status: FindingStatus,
    by: str | None,
    reason: str,
    until: date | None = None,
    *,
    as_json: bool,
) -> None:
    """All of them or none."""
    from kb.lifecycle import wakes_at
    from kb.report.wire import to_json
    from kb.selection import named

    found = named(_given(ids), store.all())
    waking = wakes_at(until) if until else None
    changed = store.set_statuses(
        [item.id for item in found], status, by or this_person(), reason, datetime.now(UTC), waking
    )
    if as_json:
        print_json([to_json(item) for item in changed])
        return
    for item in changed:
        when = f" until {item.snoozed_until:%Y-%m-%d}" if item.snoozed_until else ""
        results.print(f"{item.id}  {item.status.value}{when}  {item.title}", markup=False)


def _given(ids: Sequence[str]) -> list[str]:
    """The ids, with `-` replaced by the first word of each line of stdin."""
    given: list[str] = []
    for name in ids:
        if name == "-":
            given += [
                words[0] for line in typer.get_text_stream("stdin") if (words := line.split())
            ]
        else:
            given.append(name)
    if not given:
        raise ConfigError("no id; name one or more, or pipe them to -")
    return given


def _statuses(chosen: Sequence[Stand] | None) -> set[FindingStatus] | None:
    if not chosen:
        return {status for status in FindingStatus if status.is_active}
    if Stand.ANY in chosen:
        return None
    return {FindingStatus(item.value) for item in chosen}
