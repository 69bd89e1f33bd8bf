"""`wellkept canary`: a candidate tried on a share of the customers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, results

if TYPE_CHECKING:
    from agent.canary.canary import Canary, Reading
    from agent.canary.decide import Decision
    from kb.build import Workspace

app = typer.Typer(
    no_args_is_help=True,
    help="Try a candidate on a share of the customers, and promote or withdraw it by rule.",
)


@app.command()
def start(
    release: Annotated[
        str | None,
        typer.Argument(
            metavar="[RELEASE]",
            help="A candidate that has passed; default: the newest.",
            show_default=False,
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also one that was withdrawn before.")
    ] = False,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Give a candidate of `wellkept release --hold` to a share of the customers."""
    from agent.canary.decide import canary_to_json
    from agent.canary.decide import start as begin

    canary = begin(_work(home, config), release, again=again)
    if as_json:
        print_json(canary_to_json(canary))
        return
    share = f"{canary.rules.share:.0%} of the customers"
    results.print(f"{share} get {canary.release_id}, the others {canary.live_id}", markup=False)


@app.command()
def status(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """Say how the running canary stands, signal by signal, and what is missing to decide."""
    from agent.canary.decide import canary_to_json, look
    from agent.canary.store import Canaries

    work = _work(home, config)
    found = look(work)
    past = [item for item in Canaries(work.database).all() if item.ended_at]
    if as_json:
        print_json({**found.to_json(), "past": [canary_to_json(item) for item in past]})
        return
    for line in _lines(found):
        results.print(line, markup=False)
    for item in past[:1] if found.canary is None else ():
        results.print(_ended(item), markup=False)


@app.command()
def decide(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """Look once and do what the rule says; the server does so by itself. Exit 1 when the
    candidate was withdrawn."""
    from agent.canary.canary import Action
    from agent.canary.decide import decide as decide_now

    found = decide_now(_work(home, config))
    if as_json:
        print_json(found.to_json())
    else:
        for line in _lines(found):
            results.print(line, markup=False)
    raise typer.Exit(1 if found.action is Action.WITHDRAW else 0)


@app.command()
def promote(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """Make the candidate live now, for everybody, and end the canary."""
    from agent.canary.decide import promote_now

    live = promote_now(_work(home, config))
    if as_json:
        print_json({"live": live.id})
    else:
        results.print(f"{live.id} is live", markup=False)


@app.command()
def stop(home: Home = None, config: Config = None, as_json: Json = False) -> None:
    """End the canary: everybody gets the live release, and the candidate stays a candidate."""
    from agent.canary.decide import canary_to_json
    from agent.canary.decide import stop as end

    canary = end(_work(home, config))
    if as_json:
        print_json(canary_to_json(canary))
    else:
        results.print(f"everybody gets {canary.live_id}", markup=False)


def _work(home: Home, config: Config) -> "Workspace":
    from kb.build import Workspace

    return Workspace(settings_of(home, config))


def _lines(found: "Decision") -> Iterator[str]:
    canary = found.canary
    if canary is None:
        yield "No canary is running; `wellkept canary start` begins one."
        return
    yield (
        f"Candidate  {canary.release_id}, with {canary.rules.share:.0%} of the customers since "
        f"{canary.started_at:%Y-%m-%d %H:%M} UTC"
    )
    yield f"Live       {canary.live_id}"
    yield from (_signal(item) for item in found.readings)
    for name, label in ((canary.live_id, "live"), (canary.release_id, "candidate")):
        if name in found.turn_ms:
            yield f"  median turn with the {label}: {found.turn_ms[name]:.0f} ms"
    yield f"Decision   {found.action.value}: {found.reason}"


def _signal(item: "Reading") -> str:
    shares = [
        f"{count.k}/{count.n} ({count.share:.1%})" if count.share is not None else "0/0"
        for count in (item.live, item.candidate)
    ]
    apart = item.difference
    told = f"{apart.estimate:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})" if apart else "unknown"
    name = item.signal.replace("_", " ")
    return f"  {name:<18} live {shares[0]:<20} candidate {shares[1]:<18} difference {told}"


def _ended(canary: "Canary") -> str:
    return f"The last one: {canary.release_id} was {canary.status.value}: {canary.reason}"
