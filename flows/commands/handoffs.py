"""`wellkept handoffs`: conversations that people have, and how they get there and back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results, say
from kb.errors import Permanent

if TYPE_CHECKING:
    from agent.outbox.courier import Courier
    from agent.outbox.delivery import Delivery
    from agent.store import Conversations
    from agent.types import Handoff
    from kb.build import Workspace

app = typer.Typer(
    no_args_is_help=True, help="List cases that people have, give them back, deliver them."
)
FOUND, LATER = 1, 3

CaseId = Annotated[str, typer.Argument(metavar="ID", help="Its id, as the list shows it.")]


class Stand(StrEnum):
    """Whether a person has it."""

    OPEN = "open"
    CLOSED = "closed"
    ANY = "any"


@app.command("list")
def list_handoffs(
    state: Annotated[Stand, typer.Option(help="Those that a person has, or had.")] = Stand.OPEN,
    team: Annotated[str | None, typer.Option(help="One team's.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """List the cases, newest first, each with what of it has not reached people."""
    from agent.outbox.queue import Queue

    work = _workspace(home, config)
    closed = None if state is Stand.ANY else state is Stand.CLOSED
    found = _cases(work).handoffs(limit, closed=closed, team=team)
    waiting = Queue(work.database).unfinished()
    if as_json:
        print_json([_to_json(item, waiting) for item in found])
        return
    for item in found:
        results.print(_line(item, waiting), markup=False)
    if not found:
        say("no cases")


@app.command()
def show(case_id: CaseId, home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """Show everything that a person needs of one case."""
    from agent.outbox.payload import case
    from agent.outbox.queue import Queue
    from agent.outbox.render import whole

    work = _workspace(home, config)
    found = _known(_cases(work), case_id)
    waiting = Queue(work.database).unfinished(case_id)
    if as_json:
        print_json(_to_json(found, waiting))
        return
    results.print(whole(case(found)), markup=False)
    for item in waiting:
        results.print(f"\nNot delivered by {item.way}: {_standing(item)}", markup=False)


@app.command("give-back")
def give_back(case_id: CaseId, home: Home = None, config: Config = None) -> None:
    """Let the agent answer in this conversation again."""
    cases = _cases(_workspace(home, config))
    _known(cases, case_id)
    cases.give_back(case_id, datetime.now(UTC))
    say(f"{case_id} was given back: the agent answers again")


@app.command()
def deliver(
    again: Annotated[
        bool, typer.Option("--again", help="Also what was given up, from the beginning.")
    ] = False,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Deliver what waits in the outbox, once. The server does so by itself.

    Exit code 1: something was given up for good; 3: something is to be tried again later.
    """
    courier = _courier(_workspace(home, config))
    revived = courier.queue.again(datetime.now(UTC)) if again else 0
    done = courier.deliver()
    left = courier.queue.unfinished()
    lost = [item for item in left if item.given_up_at]
    if as_json:
        print_json(
            {
                "delivered": done.delivered,
                "revived": revived,
                "waiting": len(left) - len(lost),
                "given_up": [_delivery_json(item) for item in lost],
            }
        )
    else:
        say(f"{done.delivered} delivered, {len(left) - len(lost)} waiting, {len(lost)} given up")
        for item in left:
            say(f"{item.handoff_id} by {item.way}: {_standing(item)}")
    if left:
        raise typer.Exit(FOUND if lost else LATER)


def _workspace(home: Any, config: Any) -> "Workspace":
    from kb.build import Workspace

    return Workspace(settings_of(home, config))


def _cases(work: "Workspace") -> "Conversations":
    from agent.store import Conversations

    return Conversations(work.database)


def _courier(work: "Workspace") -> "Courier":
    from agent.outbox.courier import Courier

    return Courier(work.database, work.settings.outbox)


def _known(cases: "Conversations", case_id: str) -> "Handoff":
    found = cases.handoff(case_id)
    if found is None:
        raise Permanent(f"there is no handoff {case_id}; `wellkept handoffs list` shows them")
    return found


def _line(item: "Handoff", waiting: Sequence["Delivery"]) -> str:
    stand = "closed" if item.closed_at else "open"
    late = [f"{one.way}: {_standing(one)}" for one in waiting if one.handoff_id == item.id]
    told = f"  NOT DELIVERED by {'; '.join(late)}" if late else ""
    wish = " ".join((item.wish or item.question).split())[:80]
    return (
        f"{item.id}  {item.created_at:%Y-%m-%d %H:%M}  {stand:<6}  {item.team:<12}  "
        f"{item.rule or item.reason}  {wish}{told}"
    )


def _standing(item: "Delivery") -> str:
    if item.given_up_at:
        return f"given up after {item.attempts} tries ({item.error})"
    if not item.attempts:
        return "not tried yet"
    return f"tried {item.attempts} times ({item.error or 'under way'})"


def _to_json(item: "Handoff", waiting: Sequence["Delivery"]) -> dict[str, Any]:
    from agent.outbox.payload import case

    late = [_delivery_json(one) for one in waiting if one.handoff_id == item.id]
    closed = item.closed_at.isoformat() if item.closed_at else None
    return {**case(item), "closed_at": closed, "undelivered": late}


def _delivery_json(item: "Delivery") -> dict[str, Any]:
    return {
        "id": item.id,
        "handoff": item.handoff_id,
        "way": item.way,
        "attempts": item.attempts,
        "error": item.error,
        "given_up": item.given_up_at is not None,
    }
